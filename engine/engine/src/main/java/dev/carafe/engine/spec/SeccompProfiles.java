package dev.carafe.engine.spec;

import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.oci.runtime.Seccomp;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Turns profiles into filters for one container: keeps the rules that hold for its capabilities
/// and this machine. The default profile is read once, its filters are kept per set of
/// capabilities. Thread-safe.
public final class SeccompProfiles {
    private static final int KEPT_FILTERS = 64;
    private static final Jsonb JSONB = Jsonb.builder().failOnUnknown(false).build();

    private final Machine machine;
    private final Map<Set<String>, Seccomp> defaults = new ConcurrentHashMap<>();
    private volatile @Nullable SeccompFile builtin;

    /// @param goArch `amd64`, `arm64`
    /// @param scmpArch `SCMP_ARCH_X86_64`, ...
    /// @param kernelMajor of the running kernel, as minor
    public record Machine(String goArch, String scmpArch, int kernelMajor, int kernelMinor) {
        /// The machine that this JVM runs on.
        public static Machine current() {
            String[] kernel = System.getProperty("os.version", "0.0").split("[^0-9]+");
            int minor = kernel.length > 1 && !kernel[1].isEmpty() ? Integer.parseInt(kernel[1]) : 0;
            return switch (System.getProperty("os.arch", "")) {
                case "aarch64" ->
                        new Machine(
                                "arm64", "SCMP_ARCH_AARCH64", Integer.parseInt(kernel[0]), minor);
                default ->
                        new Machine(
                                "amd64", "SCMP_ARCH_X86_64", Integer.parseInt(kernel[0]), minor);
            };
        }
    }

    public SeccompProfiles(Machine machine) {
        this.machine = machine;
    }

    /// The default profile's filter for a container with these capabilities.
    public Seccomp defaultFilter(Set<String> capabilities) {
        Seccomp known = defaults.get(capabilities);
        if (known != null) {
            return known;
        }
        Seccomp filter = filter(builtin(), capabilities);
        if (defaults.size() < KEPT_FILTERS) {
            defaults.put(Set.copyOf(capabilities), filter);
        }
        return filter;
    }

    /// @param json text of a profile
    /// @throws InvalidArgument when it is no profile
    public Seccomp custom(String json, Set<String> capabilities) {
        return filter(parse(json), capabilities);
    }

    /// @throws InvalidArgument when it is no profile
    public static void check(String json) {
        SeccompFile unused = parse(json);
    }

    private SeccompFile builtin() {
        SeccompFile file = builtin;
        if (file == null) {
            file = parse(resource());
            builtin = file;
        }
        return file;
    }

    private static String resource() {
        try (InputStream in =
                SeccompProfiles.class.getResourceAsStream(
                        "/dev/carafe/engine/seccomp-default.json")) {
            if (in == null) {
                throw new Internal("the default seccomp profile is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Internal(
                    Subject.NONE, "read the default seccomp profile: " + e.getMessage(), e);
        }
    }

    private static SeccompFile parse(String json) {
        try {
            return JSONB.type(SeccompFile.class).fromJson(json);
        } catch (JsonException | IllegalStateException e) {
            throw new InvalidArgument(
                    Subject.NONE,
                    "Decoding seccomp profile failed: " + String.valueOf(e.getMessage()),
                    e);
        }
    }

    private Seccomp filter(SeccompFile file, Set<String> capabilities) {
        List<Seccomp.Rule> rules = new ArrayList<>();
        for (SeccompFile.Rule rule : orEmpty(file.syscalls())) {
            if (holds(rule.includes(), capabilities) && !excluded(rule.excludes(), capabilities)) {
                rules.add(rule(rule));
            }
        }
        return new Seccomp(
                file.defaultAction(),
                file.defaultErrnoRet(),
                architectures(file),
                orEmpty(file.flags()),
                null,
                null,
                rules);
    }

    private List<String> architectures(SeccompFile file) {
        List<String> result = new ArrayList<>(orEmpty(file.architectures()));
        for (SeccompFile.Architecture each : orEmpty(file.archMap())) {
            if (each.architecture().equals(machine.scmpArch())) {
                result.add(each.architecture());
                result.addAll(orEmpty(each.subArchitectures()));
            }
        }
        return result;
    }

    private static Seccomp.Rule rule(SeccompFile.Rule rule) {
        List<String> names = new ArrayList<>(orEmpty(rule.names()));
        if (rule.name() != null && !rule.name().isEmpty()) {
            names.add(rule.name());
        }
        List<Seccomp.Arg> args =
                orEmpty(rule.args()).stream()
                        .map(a -> new Seccomp.Arg(a.index(), a.value(), a.valueTwo(), a.op()))
                        .toList();
        return new Seccomp.Rule(names, rule.action(), rule.errnoRet(), args);
    }

    private boolean holds(SeccompFile.@Nullable Condition condition, Set<String> capabilities) {
        if (condition == null) {
            return true;
        }
        List<String> arches = orEmpty(condition.arches());
        return (arches.isEmpty() || arches.contains(machine.goArch()))
                && capabilities.containsAll(orEmpty(condition.caps()))
                && (condition.minKernel() == null || kernelIsAtLeast(condition.minKernel()));
    }

    /// One matching word is enough to leave the rule out.
    private boolean excluded(SeccompFile.@Nullable Condition condition, Set<String> capabilities) {
        if (condition == null) {
            return false;
        }
        return orEmpty(condition.arches()).contains(machine.goArch())
                || orEmpty(condition.caps()).stream().anyMatch(capabilities::contains)
                || (condition.minKernel() != null && kernelIsAtLeast(condition.minKernel()));
    }

    private boolean kernelIsAtLeast(String version) {
        String[] parts = version.split("\\.");
        int major = Integer.parseInt(parts[0]);
        int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        return machine.kernelMajor() > major
                || (machine.kernelMajor() == major && machine.kernelMinor() >= minor);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
