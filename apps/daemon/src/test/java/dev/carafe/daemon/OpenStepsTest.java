package dev.carafe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.base.InvalidArgument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStepsTest {
    @TempDir Path folder;

    private List<String> swept() {
        List<String> swept = new ArrayList<>();
        new OpenSteps(folder).sweep(swept::add);
        return swept;
    }

    @Test
    void whatHasNotEndedIsRemovedOnceByTheNextDaemon() {
        OpenSteps killed = new OpenSteps(folder);
        killed.begin("a");
        killed.begin("b");
        killed.end("a");
        killed.sweep(id -> {
            throw new AssertionError("it is this daemon's own: " + id);
        });
        assertThat(swept()).containsExactly("b");
        assertThat(swept()).isEmpty();
    }

    @Test
    void whatCanNotBeRemovedIsTriedByTheNextAgain() {
        new OpenSteps(folder).begin("a");
        new OpenSteps(folder)
                .sweep(id -> {
                    throw new InvalidArgument("busy");
                });
        assertThat(swept()).containsExactly("a");
    }
}
