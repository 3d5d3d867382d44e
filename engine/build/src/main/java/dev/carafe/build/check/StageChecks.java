package dev.carafe.build.check;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Nearest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// FROM: names, platforms, and the arguments that it uses.
final class StageChecks {
    private static final List<String> RESERVED = List.of("scratch", "context");
    private static final List<String> PLATFORM_PARTS =
            List.of("PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT");

    private final CheckSubject subject;
    private final Findings findings;
    private final Lexer lexer;
    private final Map<String, @Nullable String> defaults = new HashMap<>();

    private StageChecks(CheckSubject subject, Findings findings) {
        this.subject = subject;
        this.findings = findings;
        this.lexer = new Lexer(subject.file().escape());
    }

    static void add(CheckSubject subject, Findings findings) {
        new StageChecks(subject, findings).run(subject.file());
    }

    private void run(Dockerfile file) {
        for (String part : PLATFORM_PARTS) {
            defaults.put("TARGET" + part, "x");
            defaults.put("BUILD" + part, "x");
        }
        defaults.put("TARGETSTAGE", "x");
        for (Instruction.Arg arg : file.globalArgs()) {
            for (Instruction.Arg.Definition definition : arg.definitions()) {
                defaults.put(definition.name(), expanded(definition.value()));
            }
        }
        Set<String> names = new HashSet<>();
        for (Stage stage : file.stages()) {
            name(stage.from(), names);
            platform(stage.from());
            base(stage.from(), names);
        }
    }

    private @Nullable String expanded(@Nullable String value) {
        try {
            return value == null ? null : lexer.expand(value, defaults::get);
        } catch (InvalidArgument e) {
            return null;
        }
    }

    private void name(Instruction.From from, Set<String> names) {
        String name = from.name();
        if (name == null) {
            return;
        }
        if (!names.add(name)) {
            findings.add(
                    Rule.DUPLICATE_STAGE_NAME,
                    from.source(),
                    "Duplicate stage name "
                            + Lexer.quoted(name)
                            + ", stage names should be unique");
        }
        if (RESERVED.contains(name)) {
            findings.add(
                    Rule.RESERVED_STAGE_NAME,
                    from.source(),
                    "Stage name should not use the same name as reserved stage "
                            + Lexer.quoted(name));
        }
    }

    private void platform(Instruction.From from) {
        String platform = from.platform();
        if (platform == null) {
            return;
        }
        if (platform.equals("$TARGETPLATFORM") || platform.equals("${TARGETPLATFORM}")) {
            findings.add(
                    Rule.REDUNDANT_TARGET_PLATFORM,
                    from.source(),
                    "Setting platform to predefined "
                            + platform
                            + " in FROM is redundant as this is the default behavior");
        } else if (!platform.contains("$") && !namesPlatform(from.name(), platform)) {
            findings.add(
                    Rule.FROM_PLATFORM_FLAG_CONST_DISALLOWED,
                    from.source(),
                    "FROM --platform flag should not use constant value " + Lexer.quoted(platform));
        }
    }

    /// A stage that is called by its platform means it.
    private static boolean namesPlatform(@Nullable String name, String platform) {
        if (name == null) {
            return false;
        }
        for (String part : platform.toLowerCase(Locale.ROOT).split("/")) {
            if (name.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private void base(Instruction.From from, Set<String> names) {
        String written = from.base();
        for (String used : VariableNames.used(written, subject.file().escape())) {
            if (!defaults.containsKey(used)) {
                findings.add(
                        Rule.UNDEFINED_ARG_IN_FROM,
                        from.source(),
                        "FROM argument '"
                                + used
                                + "' is not declared"
                                + Nearest.hint(used, defaults.keySet()));
            }
        }
        boolean declared =
                defaults.keySet().containsAll(VariableNames.used(written, subject.file().escape()));
        String base = expanded(written);
        if (base == null || !declared) {
            return;
        }
        if (!isName(base)) {
            if (written.contains("$")) {
                findings.add(
                        Rule.INVALID_DEFAULT_ARG_IN_FROM,
                        from.source(),
                        "Default value for ARG "
                                + written
                                + " results in empty or invalid base image name");
            }
            return;
        }
        if (!names.contains(base) && !base.equals("scratch") && from.platform() == null) {
            imagePlatform(from, base);
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

    private void imagePlatform(Instruction.From from, String base) {
        subject.images()
                .apply(base)
                .map(config -> config.platform())
                .filter(platform -> !platform.fits(subject.platform()))
                .ifPresent(platform -> mismatch(from, base, platform));
    }

    private void mismatch(Instruction.From from, String base, Platform platform) {
        findings.add(
                Rule.INVALID_BASE_IMAGE_PLATFORM,
                from.source(),
                "Base image "
                        + base
                        + " was pulled with platform "
                        + Lexer.quoted(platform.toString())
                        + ", expected "
                        + Lexer.quoted(subject.platform().toString())
                        + " for current build");
    }
}
