package dev.carafe.cli.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.session.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildSecretsTest {
    @TempDir Path folder;

    private static BuildSecrets secrets() {
        return new BuildSecrets(Map.of("TOKEN", "t1", "named", "n1")::get);
    }

    private static String sent(BuildSecrets secrets, String id) {
        String text = new String(secrets.bytes(), StandardCharsets.UTF_8);
        return new String(
                Base64.getDecoder().decode(Json.readObject(text).object("Secrets").text(id)),
                StandardCharsets.UTF_8);
    }

    @Test
    void secretsComeFromFilesAndVariables() throws IOException {
        Path file = Files.writeString(folder.resolve("s"), "from a file\n");
        BuildSecrets secrets = secrets();
        secrets.add("id=a,src=" + file);
        secrets.add("id=b,env=TOKEN");
        secrets.add("id=named");
        secrets.add("type=env,id=d,source=TOKEN");
        secrets.add("id=" + file);
        assertThat(sent(secrets, "a")).isEqualTo("from a file\n");
        assertThat(sent(secrets, "b")).isEqualTo("t1");
        assertThat(sent(secrets, "named")).isEqualTo("n1");
        assertThat(sent(secrets, "d")).isEqualTo("t1");
        assertThat(sent(secrets, file.toString())).isEqualTo("from a file\n");
    }

    @Test
    void withoutSecretsNothingIsSent() {
        assertThat(secrets().bytes()).isEmpty();
    }

    @Test
    void whatCanNotBeIsToldBeforeTheBuild() {
        assertThatThrownBy(() -> secrets().add("src=x"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("missing an id");
        assertThatThrownBy(() -> secrets().add("id=x,scr=y"))
                .hasMessageContaining("unexpected key 'scr' in 'scr=y'");
        assertThatThrownBy(() -> secrets().add("id=x,src=" + folder.resolve("none")))
                .hasMessageContaining("no such file or directory");
        assertThatThrownBy(() -> secrets().add("id=x,type=vault"))
                .hasMessageContaining("unsupported secret type \"vault\"");
        assertThatThrownBy(() -> secrets().add("word"))
                .hasMessageContaining("must be a key=value pair");
    }
}
