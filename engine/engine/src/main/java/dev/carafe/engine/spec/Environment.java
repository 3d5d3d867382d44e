package dev.carafe.engine.spec;

import java.util.ArrayList;
import java.util.List;

/// The environment of a container's process: the engine's few variables, then the container's,
/// which replace them; a bare name takes a variable away.
final class Environment {
    private static final String DEFAULT_PATH =
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Environment() {}

    static List<String> of(List<String> configured, String hostname, boolean tty, String home) {
        List<String> env = new ArrayList<>();
        env.add(DEFAULT_PATH);
        env.add("HOSTNAME=" + hostname);
        if (tty) {
            env.add("TERM=xterm");
        }
        configured.forEach(entry -> put(env, entry));
        return withHome(env, home);
    }

    /// The container's environment with an exec's own entries over it.
    static List<String> over(List<String> base, List<String> added, String home) {
        List<String> env = new ArrayList<>(base);
        added.forEach(entry -> put(env, entry));
        return withHome(env, home);
    }

    /// An empty one is none, as runc has it.
    private static List<String> withHome(List<String> env, String home) {
        env.removeIf(entry -> entry.equals("HOME="));
        if (env.stream().noneMatch(entry -> entry.startsWith("HOME="))) {
            env.add("HOME=" + home);
        }
        return List.copyOf(env);
    }

    private static void put(List<String> env, String entry) {
        int equals = entry.indexOf('=');
        String prefix = equals < 0 ? entry + "=" : entry.substring(0, equals + 1);
        int at = -1;
        for (int i = 0; i < env.size(); i++) {
            if (env.get(i).startsWith(prefix)) {
                at = i;
            }
        }
        if (equals < 0) {
            env.removeIf(e -> e.startsWith(prefix));
        } else if (at >= 0) {
            env.set(at, entry);
        } else {
            env.add(entry);
        }
    }
}
