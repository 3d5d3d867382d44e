package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.steps.BuildStep;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.oci.ImageReference;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Numbers and names the steps of one stage for the watcher, as BuildKit does: only what makes
/// files counts. Not thread-safe: a stage is one thread.
final class StageWatch {
    private final BuildWatcher watcher;
    private final int stage;
    private final String prefix;
    private int total;
    private int number;
    private @Nullable BuildStep current;
    private boolean cached;

    /// @param name before the numbers, empty where there is one stage only
    StageWatch(BuildWatcher watcher, int stage, String name, int total) {
        this.watcher = watcher;
        this.stage = stage;
        this.prefix = name.isEmpty() ? "" : name + " ";
        this.total = total;
    }

    /// @param image whether the stage begins with an image, whose finding is a step
    /// @param platform to show before the stage's name; empty for none
    static StageWatch of(
            BuildWatcher watcher, List<Stage> stages, int index, boolean image, String platform) {
        Stage stage = stages.get(index);
        String own = stage.from().name();
        String name = stages.size() < 2 ? "" : own == null ? "stage-" + index : own;
        String shown = (platform + " " + name).strip();
        return new StageWatch(watcher, index, shown, (image ? 1 : 0) + count(stage.instructions()));
    }

    private static int count(List<Instruction> instructions) {
        return (int) instructions.stream().filter(StageWatch::counts).count();
    }

    private static boolean counts(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Run r -> true;
            case Instruction.Copy c -> true;
            case Instruction.Add a -> true;
            case Instruction.Workdir w -> true;
            default -> false;
        };
    }

    /// Instructions that come from elsewhere. BuildKit counts all of them.
    void expect(List<Instruction> more) {
        total += more.size();
    }

    /// Runs the finding of the base image.
    void from(Source source, String image, Runnable work) {
        // what a name stands for is looked up each time, and is not worth being called cached
        step(source, "FROM " + full(image), work);
    }

    private static String full(String image) {
        try {
            return ImageReference.parse(image).withDefaultTag().full();
        } catch (InvalidArgument e) {
            // an id
            return image;
        }
    }

    /// Runs an instruction; one that makes no files is no step.
    ///
    /// @param name what the step is called
    void run(Instruction instruction, Supplier<String> name, Runnable work) {
        if (counts(instruction)) {
            step(instruction.source(), name.get(), work);
        } else {
            work.run();
        }
    }

    private void step(Source source, String text, Runnable work) {
        int width = String.valueOf(total).length();
        number++;
        BuildStep step =
                new BuildStep(
                        stage,
                        number,
                        "[" + prefix + String.format("%" + width + "d/%d] ", number, total) + text,
                        source.firstLine(),
                        source.lastLine());
        current = step;
        cached = false;
        watcher.begins(step);
        try {
            work.run();
            watcher.ends(step, cached, null);
        } catch (RuntimeException e) {
            watcher.ends(step, false, e);
            throw e;
        } finally {
            current = null;
        }
    }

    /// The step under way had nothing to do.
    void cached() {
        cached = true;
    }

    void writes(byte[] bytes, int offset, int length) {
        BuildStep step = current;
        if (step != null) {
            watcher.writes(step, bytes, offset, length);
        }
    }
}
