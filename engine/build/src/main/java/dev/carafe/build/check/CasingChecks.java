package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Upper and lower case of instructions, stage names and protocols.
final class CasingChecks {
    private CasingChecks() {}

    static void add(Dockerfile file, Findings findings) {
        instructions(file, findings);
        for (Stage stage : file.stages()) {
            stage(stage.from().source(), findings);
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Instruction.Expose expose) {
                    expose(expose, findings);
                }
            }
        }
    }

    private static void instructions(Dockerfile file, Findings findings) {
        List<Source> all = new ArrayList<>();
        file.globalArgs().forEach(arg -> all.add(arg.source()));
        for (Stage stage : file.stages()) {
            all.add(stage.from().source());
            stage.instructions().forEach(instruction -> all.add(instruction.source()));
        }
        long lower = all.stream().map(CasingChecks::name).filter(CasingChecks::isLower).count();
        long upper = all.stream().map(CasingChecks::name).filter(CasingChecks::isUpper).count();
        boolean toLower = lower > upper;
        for (Source source : all) {
            String name = name(source);
            if (toLower ? !isLower(name) : !isUpper(name)) {
                findings.add(
                        Rule.CONSISTENT_INSTRUCTION_CASING,
                        source,
                        "Command '"
                                + name
                                + "' should match the case of the command majority ("
                                + (toLower ? "lowercase" : "uppercase")
                                + ")");
            }
        }
    }

    private static String name(Source source) {
        return source.text().split("\\s", 2)[0];
    }

    private static boolean isLower(String word) {
        return word.equals(word.toLowerCase(Locale.ROOT));
    }

    private static boolean isUpper(String word) {
        return word.equals(word.toUpperCase(Locale.ROOT));
    }

    private static void stage(Source source, Findings findings) {
        List<String> words =
                List.of(source.text().split("\\s+")).stream()
                        .filter(word -> !word.startsWith("--"))
                        .toList();
        if (words.size() != 4) {
            return;
        }
        String from = words.get(0);
        String as = words.get(2);
        boolean same = isLower(from) && isLower(as) || isUpper(from) && isUpper(as);
        if (!same) {
            findings.add(
                    Rule.FROM_AS_CASING,
                    source,
                    "'" + as + "' and '" + from + "' keywords' casing do not match");
        }
        if (!isLower(words.get(3))) {
            findings.add(
                    Rule.STAGE_NAME_CASING,
                    source,
                    "Stage name '" + words.get(3) + "' should be lowercase");
        }
    }

    private static void expose(Instruction.Expose expose, Findings findings) {
        for (String port : expose.ports()) {
            int slash = port.indexOf('/');
            if (slash >= 0 && !port.contains("$") && !isLower(port.substring(slash))) {
                findings.add(
                        Rule.EXPOSE_PROTO_CASING,
                        expose.source(),
                        "Defined protocol '"
                                + port
                                + "' in EXPOSE instruction should be lowercase");
            }
            if (port.contains(":") && !port.contains("$")) {
                findings.add(
                        Rule.EXPOSE_INVALID_FORMAT,
                        expose.source(),
                        "EXPOSE instruction should not define an IP address or host-port mapping,"
                                + " found '"
                                + port
                                + "'");
            }
        }
    }
}
