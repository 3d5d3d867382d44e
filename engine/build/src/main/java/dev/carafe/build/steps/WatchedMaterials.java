package dev.carafe.build.steps;

import dev.carafe.build.check.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps what one of a build's results was made of, and tells all else to another watcher.
/// Thread-safe.
public final class WatchedMaterials implements BuildWatcher {
    private final BuildWatcher next;
    private final Set<Material> materials = new LinkedHashSet<>();

    public WatchedMaterials(BuildWatcher next) {
        this.next = next;
    }

    /// Each once, in the order of their first use.
    public synchronized List<Material> materials() {
        return List.copyOf(materials);
    }

    @Override
    public synchronized void uses(Material material) {
        materials.add(material);
    }

    @Override
    public void begins(BuildStep step) {
        next.begins(step);
    }

    @Override
    public void writes(BuildStep step, byte[] bytes, int offset, int length) {
        next.writes(step, bytes, offset, length);
    }

    @Override
    public void ends(BuildStep step, boolean cached, @Nullable RuntimeException error) {
        next.ends(step, cached, error);
    }

    @Override
    public void warns(String text) {
        next.warns(text);
    }

    @Override
    public void finds(Finding finding, String name, String content) {
        next.finds(finding, name, content);
    }
}
