package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.build.steps.BuildOutput;
import dev.carafe.oci.Digest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputQueueTest {
    @Test
    void stagesSpeakOneAfterTheOther() {
        StringBuilder all = new StringBuilder();
        BuildOutput out =
                new BuildOutput() {
                    @Override
                    public void write(boolean stderr, byte[] bytes, int offset, int length) {
                        all.append(stderr ? "!" : "")
                                .append(new String(bytes, offset, length, StandardCharsets.UTF_8));
                    }

                    @Override
                    public void image(Digest id) {
                        all.append(id.shortHex()).append('\n');
                    }
                };
        OutputQueue queue = new OutputQueue(out, 3);
        queue.of(1).line("b1");
        queue.of(1).write(true, "b2\n".getBytes(StandardCharsets.UTF_8), 0, 3);
        queue.of(0).line("a1");
        queue.of(1).image(Digest.of(new byte[0]));
        queue.finish(1);
        queue.of(2).line("c1");
        assertThat(all.toString()).isEqualTo("a1\n");
        queue.of(0).line("a2");
        queue.finish(0);
        queue.of(2).line("c2");
        queue.finish(2);
        assertThat(all.toString()).isEqualTo("a1\na2\nb1\n!b2\ne3b0c44298fc\nc1\nc2\n");
    }
}
