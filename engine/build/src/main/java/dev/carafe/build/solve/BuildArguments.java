package dev.carafe.build.solve;

import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.words.Lexer;
import dev.carafe.oci.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The values of ARG (Dockerfile reference, "ARG"): what the client gave wins over the default; one
/// declared before the first FROM lends its value to a stage that declares it again.
final class BuildArguments {
    private static final List<String> PROXIES =
            List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");
    private final Map<String, @Nullable String> given;
    private final Map<String, @Nullable String> global;
    private final Map<String, @Nullable String> stage;
    private final Set<String> used;

    private BuildArguments(
            Map<String, @Nullable String> given,
            Map<String, @Nullable String> global,
            Map<String, @Nullable String> stage,
            Set<String> used) {
        this.given = given;
        this.global = global;
        this.stage = stage;
        this.used = used;
    }

    /// With the arguments that describe the platforms.
    static BuildArguments of(
            Map<String, @Nullable String> given, Platform target, @Nullable String targetStage) {
        Map<String, @Nullable String> global = new LinkedHashMap<>();
        platform(global, "TARGET", target);
        platform(global, "BUILD", Platform.host());
        global.put("TARGETSTAGE", targetStage == null ? "default" : targetStage);
        return new BuildArguments(
                bothCases(given), global, new LinkedHashMap<>(), new LinkedHashSet<>());
    }

    /// Programs read one or the other name of a proxy: each value stands under both.
    private static Map<String, @Nullable String> bothCases(Map<String, @Nullable String> given) {
        Map<String, @Nullable String> both = new LinkedHashMap<>(given);
        given.forEach((name, value) -> {
            if (isProxy(name)) {
                both.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
                both.putIfAbsent(name.toUpperCase(Locale.ROOT), value);
            }
        });
        return both;
    }

    private static void platform(
            Map<String, @Nullable String> to, String prefix, Platform platform) {
        String variant = platform.variant();
        to.put(prefix + "PLATFORM", platform.toString());
        to.put(prefix + "OS", platform.os());
        String version = platform.osVersion();
        to.put(prefix + "OSVERSION", version == null ? "" : version);
        to.put(prefix + "ARCH", platform.architecture());
        to.put(prefix + "VARIANT", variant == null ? "" : variant);
    }

    /// For a stage: what is global, and what the stage that it is based on declared.
    BuildArguments forStage(@Nullable BuildArguments base) {
        return new BuildArguments(
                given,
                global,
                base == null ? new LinkedHashMap<>() : new LinkedHashMap<>(base.stage),
                used);
    }

    /// An ARG before the first FROM.
    void declareGlobal(Instruction.Arg arg, char escape) {
        var lexer = new Lexer(escape);
        for (Instruction.Arg.Definition definition : arg.definitions()) {
            String value = isGiven(definition.name()) ? null : definition.value();
            global.put(
                    definition.name(),
                    value == null ? null : lexer.expand(value, this::globalValue));
            use(definition.name());
        }
    }

    /// A value that is about the build itself: what the client gave, declared or not, else the
    /// default of an ARG before the first FROM.
    @Nullable String controlValue(String name) {
        String asked = given.get(name);
        return asked != null ? asked : global.get(name);
    }

    /// Gives an argument a value in the place of what the client gave or the Dockerfile has.
    void settle(String name, String value) {
        given.put(name, value);
    }

    void declare(String name, @Nullable String value) {
        stage.put(name, value);
        use(name);
    }

    private void use(String name) {
        synchronized (used) {
            used.add(name);
        }
    }

    /// A value that FROM may use.
    @Nullable String globalValue(String name) {
        return value(name, global);
    }

    /// The values that FROM may use, by the names that are declared; null for one without a value.
    Map<String, @Nullable String> globals() {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        global.keySet().forEach(name -> values.put(name, globalValue(name)));
        return values;
    }

    /// A value that instructions of the stage may use.
    @Nullable String stageValue(String name) {
        return stage.containsKey(name) || isProxy(name) ? value(name, stage) : null;
    }

    /// The same without proxies that the stage does not declare: BuildKit gives those to commands
    /// only.
    @Nullable String declaredValue(String name) {
        return stage.containsKey(name) ? value(name, stage) : null;
    }

    private @Nullable String value(String name, Map<String, @Nullable String> declared) {
        boolean usable = declared.containsKey(name) || isProxy(name);
        if (!usable) {
            return null;
        }
        String asked = given.get(name);
        if (asked != null) {
            return asked;
        }
        String byDefault = declared.get(name);
        return byDefault != null ? byDefault : global.get(name);
    }

    /// What a RUN step gets besides ENV, sorted: `NAME=value`.
    List<String> forRun(Set<String> env) {
        Map<String, String> values = new TreeMap<>();
        List<String> names = new ArrayList<>(stage.keySet());
        given.keySet().stream().filter(BuildArguments::isProxy).forEach(names::add);
        for (String name : names) {
            String value = stageValue(name);
            if (value != null && !env.contains(name)) {
                values.put(name, value);
            }
        }
        return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }

    /// The names that the stage may use, in the order in which they were declared first.
    List<String> declared() {
        return List.copyOf(stage.keySet());
    }

    /// Those that belong to history and cache key: proxies do not, unless declared.
    List<String> forHistory(List<String> forRun) {
        return forRun.stream()
                .filter(line -> {
                    String name = line.substring(0, line.indexOf('='));
                    return stage.containsKey(name) || !isProxy(name);
                })
                .toList();
    }

    static boolean isProxy(String name) {
        return PROXIES.contains(name)
                || PROXIES.contains(name.toUpperCase(Locale.ROOT))
                        && name.equals(name.toLowerCase(Locale.ROOT));
    }

    boolean isGiven(String name) {
        return given.containsKey(name);
    }

    /// What was given but is declared nowhere, sorted.
    Collection<String> unused() {
        synchronized (used) {
            return given.keySet().stream()
                    .filter(name -> !used.contains(name) && !isProxy(name) && !isControl(name))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isControl(String name) {
        return name.startsWith("BUILDKIT_") || name.equals("SOURCE_DATE_EPOCH");
    }
}
