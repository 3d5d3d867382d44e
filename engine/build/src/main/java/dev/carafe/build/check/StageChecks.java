package dev.carafe.build.check;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Nearest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// FROM: the arguments that it uses, and its platform.
final class StageChecks {
    private static final String TARGET_PLATFORM = "TARGETPLATFORM";

    private final CheckSubject subject;
    private final Findings findings;
    private final Lexer lexer;

    private StageChecks(CheckSubject subject, Findings findings) {
        this.subject = subject;
        this.findings = findings;
        this.lexer = new Lexer(subject.file().escape());
    }

    static void add(CheckSubject subject, Findings findings) {
        StageChecks checks = new StageChecks(subject, findings);
        List<Stage> stages = subject.file().stages();
        stages.forEach(stage -> checks.byDefault(stage.from()));
        stages.stream().limit(subject.extent().begun()).map(Stage::from).forEach(checks::from);
    }

    /// A base's name must be one also when the client gives nothing.
    private void byDefault(Instruction.From from) {
        String name = new Expansion(lexer, subject.arguments().defaults()::get).of(from.base());
        if (name != null && !isName(name)) {
            findings.addAnyway(
                    Rule.INVALID_DEFAULT_ARG_IN_FROM,
                    from.source(),
                    "Default value for ARG "
                            + from.base()
                            + " results in empty or invalid base image name");
        }
    }

    private static boolean isName(String base) {
        try {
            ImageReference.parse(base);
            return true;
        } catch (InvalidArgument e) {
            return false;
        }
    }

    private void from(Instruction.From from) {
        Expansion base = expansion();
        base.of(from.base());
        undefined(from, base);
        String written = from.platform();
        if (written != null) {
            Expansion platform = expansion();
            String value = platform.of(written);
            undefined(from, platform);
            redundant(from, written, value, platform);
            constant(from, value, platform);
        }
    }

    private Expansion expansion() {
        return new Expansion(lexer, subject.arguments().values()::get);
    }

    private void undefined(Instruction.From from, Expansion expansion) {
        for (String name : expansion.unset()) {
            if (!subject.arguments().values().containsKey(name)) {
                findings.add(
                        Rule.UNDEFINED_ARG_IN_FROM,
                        from.source(),
                        "FROM argument '"
                                + name
                                + "' is not declared"
                                + Nearest.hint(name, subject.arguments().values().keySet()));
            }
        }
    }

    private void redundant(
            Instruction.From from, String written, @Nullable String value, Expansion expansion) {
        boolean only =
                expansion.unset().isEmpty()
                        && expansion.set().size() == 1
                        && expansion.set().contains(TARGET_PLATFORM);
        if (only && Objects.equals(subject.arguments().values().get(TARGET_PLATFORM), value)) {
            findings.add(
                    Rule.REDUNDANT_TARGET_PLATFORM,
                    from.source(),
                    "Setting platform to predefined "
                            + written
                            + " in FROM is redundant as this is the default behavior");
        }
    }

    /// A stage that is called by its platform means it.
    private void constant(Instruction.From from, @Nullable String value, Expansion expansion) {
        if (value == null || !expansion.set().isEmpty() || !expansion.unset().isEmpty()) {
            return;
        }
        String name = from.name() == null ? "" : from.name();
        try {
            Platform platform = Platform.parse(value);
            if (name.contains(platform.os()) || name.contains(platform.architecture())) {
                return;
            }
        } catch (InvalidArgument e) {
            // the build says so
            return;
        }
        findings.add(
                Rule.FROM_PLATFORM_FLAG_CONST_DISALLOWED,
                from.source(),
                "FROM --platform flag should not use constant value " + Lexer.quoted(value));
    }
}
