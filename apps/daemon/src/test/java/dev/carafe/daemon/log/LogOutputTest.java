package dev.carafe.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogOutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LogOutput output =
            new LogOutput(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    private final DaemonLogger logger = new DaemonLogger("dev.carafe.x", output);

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void linesAreDockers() {
        logger.log(Level.WARNING, "a \"b\"\nc");
        assertThat(written())
                .matches("time=\"[0-9T:.-]+Z\" level=warning msg=\"a \\\\\"b\\\\\"\\\\nc\"\\R");
    }

    @Test
    void theLevelCanChange() {
        logger.log(Level.DEBUG, "hidden");
        assertThat(written()).isEmpty();
        output.configure(Level.DEBUG, true);
        logger.log(Level.DEBUG, "seen");
        assertThat(written()).contains("{\"level\":\"debug\",\"msg\":\"seen\",\"time\":\"");
    }

    @Test
    void otherPeoplesDebugIsNotShown() {
        output.configure(Level.DEBUG, false);
        DaemonLogger jdk = new DaemonLogger("java.lang.Runtime", output);
        jdk.log(Level.DEBUG, "Runtime.exit()");
        assertThat(written()).isEmpty();
        jdk.log(Level.WARNING, "seen");
        assertThat(written()).contains("seen");
    }

    @Test
    void aCauseIsShownOnceAndItsTraceOnlyInDebug() {
        logger.log(Level.ERROR, "failed: boom", new IllegalStateException("boom"));
        assertThat(written()).contains("msg=\"failed: boom\"").doesNotContain("\\tat ");
        output.configure(Level.DEBUG, false);
        logger.log(Level.ERROR, "failed", new IllegalStateException("boom"));
        assertThat(written()).contains("\\tat dev.carafe");
    }
}
