package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Variables;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepNamesTest {
    private static final Variables VARIABLES = Variables.of(Map.of("D", "/opt", "TOKEN", "known"));

    /// A bar stands for a line's end.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
                    run echo $D \"$D\" $HOME '$D'; RUN echo /opt "/opt" $HOME '$D'
                    RUN --mount=type=secret,id=t,env=TOKEN x $TOKEN $D; RUN --mount=type=secret,id=t,env=TOKEN x **** /opt
                    RUN x $TOKEN; RUN x known
                    COPY "a b" ${D}/$NONE; COPY a b /opt/
                    WORKDIR $D; WORKDIR /opt
                    RUN <<E|one|two|E; RUN <<E (one...)
                    RUN <<E|one|E; RUN <<E (one)
                    RUN cat <<E|one|E; RUN cat <<E
                    RUN echo ${D; RUN echo ${D
                    """)
    void variablesHaveTheirValuesButForSecrets(String line, String name) {
        assertThat(
                        StepNames.of(
                                DockerfileParser.instruction(line.replace('|', '\n'), '\\'),
                                new Lexer('\\'),
                                VARIABLES))
                .isEqualTo(name);
    }
}
