package dev.carafe.engine.volumes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.MountRequest;
import dev.carafe.engine.config.StorageConfig;
import dev.carafe.engine.spec.MountDraft;
import dev.carafe.engine.spec.PlannedMount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Decides, at create, what a container's mounts are: volumes are made, sources checked. In
/// Docker's order: volumes of other containers, then binds, then mounts, then tmpfs; anonymous
/// volumes fill what is left.
public final class MountPlanner {
    private final Volumes volumes;
    private final BindPropagation propagation;
    private final Function<String, List<PlannedMount>> mountsOf;
    private final UnaryOperator<String> imageId;

    /// @param dataRoot the engine's own folder
    /// @param mountsOf mounts of another container by its reference (`--volumes-from`)
    /// @param imageId of an image by its reference; throws when there is none
    public MountPlanner(
            Volumes volumes,
            Path dataRoot,
            Function<String, List<PlannedMount>> mountsOf,
            UnaryOperator<String> imageId) {
        this.propagation = new BindPropagation(dataRoot);
        this.volumes = volumes;
        this.mountsOf = mountsOf;
        this.imageId = imageId;
    }

    /// @throws InvalidArgument with Docker's sentence when a mount can't be
    public List<PlannedMount> plan(ContainerConfig config, StorageConfig storage) {
        Map<String, PlannedMount> byTarget = new LinkedHashMap<>();
        storage.volumesFrom()
                .forEach(from -> volumesFrom(from).forEach(m -> byTarget.put(m.destination(), m)));
        List<PlannedMount> asked = new ArrayList<>();
        storage.binds()
                .forEach(text -> asked.add(bind(BindText.parse(text), storage.volumeDriver())));
        storage.mounts().forEach(mount -> asked.add(mount(mount)));
        storage.tmpfs().forEach((target, options) -> asked.add(tmpfs(target, options)));
        Map<String, PlannedMount> own = new LinkedHashMap<>();
        for (PlannedMount mount : asked) {
            if (own.put(mount.destination(), mount) != null) {
                throw new InvalidArgument("Duplicate mount point: " + mount.destination());
            }
        }
        byTarget.putAll(own);
        for (String target : config.volumes()) {
            String clean = BindText.clean(target, target);
            if (!byTarget.containsKey(clean)) {
                byTarget.put(clean, anonymous(clean));
            }
        }
        return List.copyOf(byTarget.values());
    }

    private List<PlannedMount> volumesFrom(String text) {
        int colon = text.lastIndexOf(':');
        String mode = colon < 0 ? "" : text.substring(colon + 1);
        String ref = colon < 0 ? text : text.substring(0, colon);
        if (!List.of("", "ro", "rw", "z", "Z").contains(mode)) {
            throw new InvalidArgument("invalid mode: " + mode);
        }
        return mountsOf.apply(ref).stream()
                .filter(m -> m.listed() && !m.isTmpfs())
                .map(m ->
                        m.draft()
                                .mode(mode)
                                .writable(m.writable() && !mode.equals("ro"))
                                .copyUp(false)
                                .createSource(false)
                                .planned())
                .toList();
    }

    private PlannedMount bind(BindText text, String driver) {
        if (text.source().startsWith("/")) {
            Path source = Path.of(text.source()).normalize();
            return PlannedMount.bind(source.toString(), text.target())
                    .mode(text.mode())
                    .writable(text.writable())
                    .propagation(propagation.of(text.propagation(), source))
                    .createSource(true)
                    .idmap(text.idmap())
                    .planned();
        }
        return volume(volumes.create(text.source(), driver, Map.of(), Map.of()), text.target())
                .mode(text.mode().isEmpty() ? "z" : text.mode())
                .writable(text.writable())
                .copyUp(!text.noCopy())
                .idmap(text.idmap())
                .planned();
    }

    private PlannedMount anonymous(String target) {
        return volume(volumes.create(null, "", Map.of(), Map.of()), target)
                .copyUp(true)
                .anonymous(true)
                .planned();
    }

    private MountDraft volume(Volume volume, String target) {
        return PlannedMount.volume(volume.name(), volumes.data(volume.name()).toString(), target)
                .driver(volume.driver());
    }

    private PlannedMount mount(MountRequest mount) {
        MountChecks.check(mount);
        String target = BindText.clean(mount.target(), mount.target());
        return switch (mount.type()) {
            case "bind" -> bindMount(mount, target);
            case "volume", "" -> volumeMount(mount, target);
            case "tmpfs" -> tmpfsMount(mount, target);
            case "image" -> imageMount(mount, target);
            default -> throw new IllegalStateException("not checked: " + mount.type());
        };
    }

    /// Whoever writes into a volume, or makes an image, may make links in it: where the path leads
    /// is found out at each start, inside it.
    private static String subpath(String type, String path) {
        if (path.startsWith("/") || List.of(path.split("/")).contains("..")) {
            throw new InvalidArgument(
                    "invalid mount config for type \""
                            + (type.isEmpty() ? "volume" : type)
                            + "\": subpath must be a relative path within the volume");
        }
        return path;
    }

    private PlannedMount bindMount(MountRequest mount, String target) {
        MountRequest.BindOptions options = mount.bind();
        boolean create = options != null && options.createMountpoint();
        if (!create && !Files.exists(Path.of(mount.source()))) {
            throw new InvalidArgument(
                    "invalid mount config for type \"bind\": bind source path does not exist: "
                            + mount.source());
        }
        Path source = Path.of(mount.source()).normalize();
        MountDraft draft =
                PlannedMount.bind(source.toString(), target)
                        .writable(!mount.readOnly())
                        .propagation(
                                propagation.of(
                                        options == null ? "" : options.propagation(), source))
                        .createSource(create);
        if (options != null) {
            draft.recursive(!options.nonRecursive())
                    .flatReadOnly(options.readOnlyNonRecursive())
                    .idmap(options.idmap());
        }
        return draft.planned();
    }

    private PlannedMount volumeMount(MountRequest mount, String target) {
        MountRequest.VolumeOptions options = mount.volume();
        String subpath = options == null ? "" : subpath(mount.type(), options.subpath());
        boolean named = !mount.source().isEmpty();
        Volume volume =
                volumes.create(
                        named ? mount.source() : null,
                        options == null ? "" : options.driver(),
                        options == null ? Map.of() : options.labels(),
                        options == null ? Map.of() : options.driverOptions());
        return volume(volume, target)
                .mode("z")
                .writable(!mount.readOnly())
                .copyUp(options == null || !options.noCopy())
                .anonymous(!named)
                .subpath(subpath)
                .planned();
    }

    /// Read-only whatever was asked, as in Docker.
    private PlannedMount imageMount(MountRequest mount, String target) {
        MountRequest.ImageOptions options = mount.image();
        String subpath = options == null ? "" : subpath(mount.type(), options.subpath());
        return PlannedMount.image(mount.source(), imageId.apply(mount.source()), target)
                .writable(false)
                .propagation("rprivate")
                .subpath(subpath)
                .flatReadOnly(true)
                .planned();
    }

    private static PlannedMount tmpfsMount(MountRequest mount, String target) {
        List<String> options = new ArrayList<>();
        MountRequest.TmpfsOptions tmpfs = mount.tmpfs();
        if (tmpfs != null) {
            if (tmpfs.sizeBytes() > 0) {
                options.add("size=" + tmpfs.sizeBytes());
            }
            options.add("mode=" + Integer.toOctalString(tmpfs.mode() == 0 ? 01777 : tmpfs.mode()));
            tmpfs.options().forEach(o -> options.add(String.join("=", o)));
        }
        return PlannedMount.tmpfs(target).writable(!mount.readOnly()).options(options).planned();
    }

    /// Those of `--tmpfs` do not show among inspect's Mounts.
    private static PlannedMount tmpfs(String target, String options) {
        if (!target.startsWith("/")) {
            throw new InvalidArgument(
                    "invalid mount path: '" + target + "' mount path must be absolute");
        }
        return PlannedMount.tmpfs(BindText.clean(target, target))
                .options(TmpfsText.parse(options))
                .listed(false)
                .planned();
    }
}
