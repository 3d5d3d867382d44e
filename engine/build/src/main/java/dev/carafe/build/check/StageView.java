package dev.carafe.build.check;

import dev.carafe.oci.RunConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a stage while its instructions are read, and what stages that begin with it
/// take over. Not thread-safe.
final class StageView {
    private static final String DEFAULT_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> declared = new HashSet<>();
    private boolean complete = true;
    private boolean shell;
    private boolean workdir;

    private StageView() {}

    static StageView ofScratch() {
        StageView view = new StageView();
        view.values.put("PATH", DEFAULT_PATH);
        return view;
    }

    /// @param config null where the image is not known: then it may define anything
    static StageView ofImage(@Nullable RunConfig config) {
        StageView view = ofScratch();
        view.complete = config != null;
        if (config != null) {
            for (String line : config.envOrEmpty()) {
                int equals = line.indexOf('=');
                view.values.put(
                        equals < 0 ? line : line.substring(0, equals),
                        equals < 0 ? "" : line.substring(equals + 1));
            }
            view.shell = config.shell() != null && !config.shell().isEmpty();
        }
        return view;
    }

    StageView next() {
        StageView next = new StageView();
        next.values.putAll(values);
        next.declared.addAll(declared);
        next.complete = complete;
        next.shell = shell;
        next.workdir = workdir;
        return next;
    }

    @Nullable String value(String name) {
        return values.get(name);
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    /// @param value null for none
    void declare(String name, @Nullable String value) {
        declared.add(name);
        if (value != null) {
            values.put(name, value);
        }
    }

    /// Whether nothing is known that could define a name.
    boolean lacks(String name) {
        return complete && !declared.contains(name);
    }

    Collection<String> names() {
        return values.keySet();
    }

    boolean hasShell() {
        return shell;
    }

    void setShell() {
        shell = true;
    }

    /// Whether WORKDIR was there before.
    boolean hadWorkdir() {
        return workdir;
    }

    void setWorkdir() {
        workdir = true;
    }
}
