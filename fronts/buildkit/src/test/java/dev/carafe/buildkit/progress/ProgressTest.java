package dev.carafe.buildkit.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.build.check.Finding;
import dev.carafe.build.check.Rule;
import dev.carafe.build.steps.BuildStep;
import dev.carafe.build.steps.StepFailed;
import dev.carafe.buildkit.wire.control.StatusResponse;
import dev.carafe.buildkit.wire.control.Vertex;
import dev.carafe.buildkit.wire.control.VertexWarning;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final BuildStep RUN = new BuildStep(0, 2, "[2/2] RUN x", 2, 3);

    private final StatusFeed feed = new StatusFeed();
    private final Progress progress = new Progress("ref", feed);

    private StatusResponse told() throws InterruptedException {
        feed.end();
        StatusResponse.Builder all = StatusResponse.newBuilder();
        feed.follow(all::mergeFrom);
        return all.build();
    }

    @Test
    void aStepBeginsSpeaksAndFails() throws InterruptedException {
        progress.begins(RUN);
        progress.writes(RUN, "out".getBytes(), 0, 3);
        progress.ends(RUN, false, new StepFailed(7, "sh -c x"));
        StatusResponse told = told();
        List<Vertex> vertexes = told.getVertexesList();
        assertThat(vertexes).hasSize(2).allMatch(v -> v.getName().equals("[2/2] RUN x"));
        assertThat(vertexes.get(0).hasCompleted()).isFalse();
        assertThat(vertexes.get(1).getError())
                .isEqualTo("process \"sh -c x\" did not complete successfully: exit code: 7");
        assertThat(told.getLogs(0).getMsg().toStringUtf8()).isEqualTo("out");
        assertThat(progress.failed()).isEqualTo(RUN);
    }

    @Test
    void tooMuchOutputIsClipped() throws InterruptedException {
        progress.begins(RUN);
        byte[] much = new byte[1 << 20];
        for (int i = 0; i < 5; i++) {
            progress.writes(RUN, much, 0, much.length);
        }
        StatusResponse told = told();
        assertThat(told.getLogsCount()).isEqualTo(3);
        assertThat(told.getLogs(2).getMsg().toStringUtf8()).contains("log limit 2MiB reached");
    }

    @Test
    void anEndedFeedLetsLongOutputGo() throws InterruptedException {
        progress.begins(RUN);
        progress.writes(RUN, new byte[1 << 20], 0, 1 << 20);
        feed.end();
        feed.shrink();
        assertThat(told().getLogsCount()).isZero();
        assertThat(told().getVertexesCount()).isEqualTo(1);
    }

    @Test
    void findingsComeWithTheirLinesAndWords() throws InterruptedException {
        progress.finds(
                new Finding(Rule.STAGE_NAME_CASING, 2, 3, "as it is"), "Dockerfile", "FROM a\n");
        feed.end();
        VertexWarning warning = told().getWarnings(0);
        assertThat(warning.getShort().toStringUtf8()).contains("as it is (line 2)");
        assertThat(warning.getLevel()).isEqualTo(1);
        assertThat(warning.getUrl()).isEqualTo(Rule.STAGE_NAME_CASING.url());
        assertThat(warning.getDetail(0).toStringUtf8())
                .isEqualTo(Rule.STAGE_NAME_CASING.description());
        assertThat(warning.getRanges(0).getStart().getLine()).isEqualTo(2);
        assertThat(warning.getRanges(0).getEnd().getLine()).isEqualTo(2);
        assertThat(warning.getRanges(1).getStart().getLine()).isEqualTo(3);
        assertThat(warning.getInfo().getData().toStringUtf8()).isEqualTo("FROM a\n");
    }
}
