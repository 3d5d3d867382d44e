package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.terminal.Output;
import java.util.function.Supplier;

/// How the build is shown.
///
/// @param bySteps whether the daemon is to tell of steps
/// @param raw whether a program reads it
record BuildProgress(Supplier<BuildDisplay> display, boolean bySteps, boolean quiet, boolean raw) {
    /// @param builds whether there is more to show than an answer
    static BuildProgress of(Parsed flags, Session session, boolean builds) {
        if (!builds) {
            return new BuildProgress(() -> new BuildDisplay() {}, false, false, false);
        }
        if ("0".equals(System.getenv("DOCKER_BUILDKIT"))) {
            boolean quiet = flags.bool("quiet");
            Output out = session.out();
            return new BuildProgress(
                    () -> quiet ? new BuildDisplay() {} : new ClassicDisplay(out),
                    false,
                    quiet,
                    false);
        }
        String asked = mode(flags);
        Output err = session.err();
        return switch (asked) {
            case "quiet" -> new BuildProgress(() -> new BuildDisplay() {}, true, true, false);
            case "auto" ->
                    new BuildProgress(
                            () -> err.isTerminal() ? new LiveDisplay(err) : new PlainDisplay(err),
                            true,
                            false,
                            false);
            case "plain" -> new BuildProgress(() -> new PlainDisplay(err), true, false, false);
            case "rawjson" -> new BuildProgress(() -> new RawDisplay(err), true, false, true);
            case "tty" -> {
                if (!err.isTerminal()) {
                    throw new Failure("failed to get console: standard error is no terminal");
                }
                yield new BuildProgress(() -> new LiveDisplay(err), true, false, false);
            }
            default ->
                    throw new Failure(
                            "invalid progress mode "
                                    + asked
                                    + ": use auto, plain, tty, rawjson or quiet");
        };
    }

    /// What was asked for, else what BUILDKIT_PROGRESS says.
    private static String mode(Parsed flags) {
        if (flags.bool("quiet")) {
            return "quiet";
        }
        String asked = flags.text("progress");
        String other = System.getenv("BUILDKIT_PROGRESS");
        return asked.equals("auto") && other != null && !other.isEmpty() ? other : asked;
    }
}
