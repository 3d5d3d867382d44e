package dev.carafe.engine.volumes;

import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The mounts of a container with sources that can be mounted now: what a volume's driver options
/// name, images, and paths inside both, as open descriptors that no link leads elsewhere any more.
public final class OpenedMounts implements AutoCloseable {
    private final Volumes volumes;
    private final Function<String, Optional<Fd>> live;
    private final Function<PlannedMount, Fd> images;
    private final List<PlannedMount> mounts = new ArrayList<>();
    private final List<Fd> held = new ArrayList<>();

    private OpenedMounts(
            Volumes volumes,
            Function<String, Optional<Fd>> live,
            Function<PlannedMount, Fd> images) {
        this.volumes = volumes;
        this.live = live;
        this.images = images;
    }

    /// @param live the mount that running containers have of a volume, if any has it
    /// @param images a mount of an image's files
    /// @throws dev.carafe.base.CarafeException with Docker's sentence when one can't be had
    public static OpenedMounts open(
            List<PlannedMount> planned,
            Volumes volumes,
            Function<String, Optional<Fd>> live,
            Function<PlannedMount, Fd> images) {
        OpenedMounts all = new OpenedMounts(volumes, live, images);
        try {
            planned.forEach(mount -> all.mounts.add(all.opened(mount)));
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /// In the order they were planned; good until this is closed.
    public List<PlannedMount> mounts() {
        return List.copyOf(mounts);
    }

    private PlannedMount opened(PlannedMount mount) {
        if (mount.isImage()) {
            // a mount of its own has the container's owners already
            return mount.from(below(held(images.apply(mount)), mount)).shifted(false);
        }
        if (!mount.isVolume()) {
            return mount;
        }
        String source = source(mount);
        PlannedMount opened = mount.from(below(source, mount));
        // what a volume's options name is the host's
        return source.equals(mount.source()) ? opened : opened.shifted(false);
    }

    private String source(PlannedMount mount) {
        @Nullable Volume volume = volumes.find(mount.name()).orElse(null);
        if (volume == null) {
            return mount.source();
        }
        LocalOptions options = LocalOptions.of(volume.options());
        if (options.isPlain()) {
            volumes.bound(volume);
            return mount.source();
        }
        Optional<Fd> there = options.isBind() ? Optional.empty() : live.apply(volume.name());
        return held(there.orElseGet(() -> LocalMount.of(volume, options, mount.source())));
    }

    private String held(Fd fd) {
        held.add(fd);
        return fd.procPath().toString();
    }

    private String below(String source, PlannedMount mount) {
        String subpath = mount.subpath();
        if (subpath == null) {
            return source;
        }
        String shown = mount.isImage() ? mount.name() : mount.source();
        return inside(source, subpath, shown);
    }

    private String inside(String source, String subpath, String shown) {
        try (Fd root = FileSystem.open(source, FileSystem.O_PATH | FileSystem.O_DIRECTORY)) {
            return held(Subpath.open(root, subpath, FileSystem.O_PATH));
        } catch (ErrnoException e) {
            throw Subpath.refusal(shown, subpath, e);
        }
    }

    @Override
    public void close() {
        held.forEach(Fd::close);
    }
}
