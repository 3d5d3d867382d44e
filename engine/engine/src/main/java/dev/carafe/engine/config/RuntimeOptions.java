package dev.carafe.engine.config;

import dev.carafe.base.InvalidArgument;
import dev.carafe.runtime.ExternalRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The runtimes that containers can ask for: the built-in one, and programs that the daemon's
/// configuration names.
///
/// @param external by name
/// @param byDefault name of the one for containers that do not say
public record RuntimeOptions(Map<String, ExternalRuntime> external, String byDefault) {
    /// Docker's name of the stock runtime, here of the built-in one.
    public static final String STOCK = "runc";

    /// All names of the built-in one.
    public static final List<String> BUILT_IN = List.of("io.containerd.runc.v2", STOCK, "carafe");

    /// @throws InvalidArgument a name can't be, or the default is not there
    public RuntimeOptions {
        external = Map.copyOf(external);
        for (String name : external.keySet()) {
            if (BUILT_IN.contains(name)) {
                throw new InvalidArgument("runtime name '" + name + "' is reserved");
            }
        }
        if (!BUILT_IN.contains(byDefault) && !external.containsKey(byDefault)) {
            throw new InvalidArgument(
                    "specified default runtime '" + byDefault + "' does not exist");
        }
    }

    public static RuntimeOptions builtInOnly() {
        return new RuntimeOptions(Map.of(), STOCK);
    }

    /// What a container gets that asked for this one, empty for the built-in one.
    ///
    /// @param name empty for the default
    /// @throws InvalidArgument there is none of the name
    public Optional<ExternalRuntime> find(String name) {
        String wanted = name.isEmpty() ? byDefault : name;
        if (BUILT_IN.contains(wanted)) {
            return Optional.empty();
        }
        ExternalRuntime runtime = external.get(wanted);
        if (runtime == null) {
            throw new InvalidArgument("unknown or invalid runtime name: " + wanted);
        }
        return Optional.of(runtime);
    }

    /// The name that a container keeps from its creation on; empty for the stock one.
    public String chosen(String name) {
        return name.isEmpty() && !byDefault.equals(STOCK) ? byDefault : name;
    }
}
