package dev.carafe.build.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunMountTest {
    private static RunMount parse(String text) {
        return RunMount.parse(text, UnaryOperator.identity());
    }

    @Test
    void aBindIsTheDefaultAndReadOnly() {
        RunMount mount = parse("from=build,src=/a,dst=/b");
        assertThat(mount.type()).isEqualTo(RunMount.Type.BIND);
        assertThat(mount.from()).isEqualTo("build");
        assertThat(mount.source()).isEqualTo("/a");
        assertThat(mount.target()).isEqualTo("/b");
        assertThat(mount.readOnly()).isTrue();
        assertThat(parse("target=/b,rw").readOnly()).isFalse();
    }

    @Test
    void aCacheCanBeWritten() {
        RunMount mount = parse("type=cache,id=m2,target=/m,sharing=locked,mode=0700,uid=1,gid=2");
        assertThat(mount.readOnly()).isFalse();
        assertThat(mount.sharing()).isEqualTo(RunMount.Sharing.LOCKED);
        assertThat(mount.mode()).isEqualTo(0700);
        assertThat(mount.uid()).isEqualTo(1);
        assertThat(mount.gid()).isEqualTo(2);
    }

    @Test
    void valuesAreExpanded() {
        RunMount mount = RunMount.parse("type=cache,target=$T", v -> v.replace("$T", "/t,1"));
        assertThat(mount.target()).isEqualTo("/t,1");
        assertThat(parse("type=tmpfs,target=/t,size=1m").sizeBytes()).isEqualTo(1 << 20);
        assertThat(parse("\"target=/a,b\"").target()).isEqualTo("/a,b");
        assertThat(parse("type=secret,id=x,env=TOKEN,required").required()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=bnd,target=/x|unsupported mount type \"bnd\" (did you mean bind?)",
                "trget=/x|unexpected key 'trget' in 'trget=/x' (did you mean target?)",
                "target|invalid field 'target' must be a key=value pair",
                "target=/x,ro=maybe|invalid value for ro: maybe",
                "target=/x,mode=0700|mode not allowed for \"bind\" type mounts",
                "type=tmpfs,target=/x,uid=1|uid not allowed for \"tmpfs\" type mounts",
                "target=/x,size=1|unexpected key 'size' for mount type 'bind'",
                "target=/x,required=true|unexpected key 'required' for mount type 'bind'",
                "target=/x,sharing=locked|invalid cache sharing set for bind mount",
                "type=cache,target=/x,sharing=lock|unsupported sharing value \"lock\" (did you"
                        + " mean locked?)",
                "type=cache,target=/x,mode=9|invalid value 9 for mode",
                "type=secret|invalid secret mount. one of source, target required",
                "type=secret,id=a,source=b|both source and id can't be set",
                "type=secret,id=a,from=b|secret mount should not have a from",
            })
    void refusesWhatDoesNotFit(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(message);
    }

    @Test
    void fromCanNotBeAVariable() {
        assertThatThrownBy(() -> RunMount.check("type=cache,from=$A,target=/x"))
                .hasMessage(
                        "'from' doesn't support variable expansion, define alias stage instead");
    }
}
