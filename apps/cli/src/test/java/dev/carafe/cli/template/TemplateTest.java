package dev.carafe.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.cli.Resources;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// templates.jsonl holds what Go's engine answered on template-data.json (recorded from docker
/// inspect -f).
class TemplateTest {
    private final Object data = Json.read(Resources.text("template-data.json"));

    static Stream<JsonObject> recorded() {
        return Resources.objects("templates.jsonl");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void answersAsGoDoes(JsonObject row) {
        if (row.containsKey("prints")) {
            assertThat(Template.parse(row.text("template")).executeStrictly(data))
                    .isEqualTo(row.text("prints"));
        } else {
            assertThatThrownBy(() -> Template.parse(row.text("template")).executeStrictly(data))
                    .isInstanceOf(TemplateFailure.class)
                    .hasMessage(row.text("fails"));
        }
    }

    @Test
    void aMissingKeyIsNoValueByDefault() {
        assertThat(Template.parse("{{.Nope}}|{{.M.nope}}|{{with .Nope}}x{{end}}").execute(data))
                .isEqualTo("<no value>|<no value>|");
    }

    @Test
    void positionsCountLinesFromOneAndColumnsFromZero() {
        assertThatThrownBy(() -> Template.parse("a\n  {{.Str.X}}").executeStrictly(data))
                .hasMessage(
                        "template: :2:8: executing \"\" at <.Str.X>: can't evaluate field X in type interface {}");
    }

    @Test
    void aTypedMapGivesItsZeroValueAndANilPointerHasNoFields() {
        GoMap labels = new GoMap("");
        labels.put("a", "1");
        Map<String, Object> root = Map.of("Labels", labels, "Health", new GoNil("*Health"));
        assertThat(
                        Template.parse("[{{index .Labels \"b\"}}]{{.Health}}{{if .Health}}x{{end}}")
                                .execute(root))
                .isEqualTo("[]<nil>");
        assertThatThrownBy(() -> Template.parse("{{.Health.Status}}").execute(root))
                .hasMessage(
                        "template: :1:9: executing \"\" at <.Health.Status>: nil pointer evaluating *Health.Status");
    }

    @Test
    void joinTakesAnyList() {
        assertThat(Template.parse("{{join .L \", \"}}").execute(data)).isEqualTo("a, b, c");
    }

    @Test
    void recursionWithoutEndIsToldAndNotAnOverflow() {
        assertThatThrownBy(() ->
                        Template.parse(
                                        "{{define \"t\"}}{{template \"t\"}}{{end}}{{template \"t\"}}")
                                .execute(data))
                .hasMessageContaining("exceeded maximum template depth");
    }

    @Test
    void aVariableOfARangeIsGoneAfterIt() {
        assertThatThrownBy(() -> Template.parse("{{range $i, $v := .L}}{{end}}{{$v}}"))
                .hasMessage("template: :1: undefined variable \"$v\"");
    }

    @Test
    void oneTemplateServesManyRows() {
        Template template = Template.parse("{{$x := .}}{{$x}};");
        assertThat(List.of(template.execute("a"), template.execute("b")))
                .containsExactly("a;", "b;");
    }
}
