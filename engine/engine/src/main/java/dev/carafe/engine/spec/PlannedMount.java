package dev.carafe.engine.spec;

import dev.carafe.engine.view.MountPoint;
import dev.carafe.snapshots.OwnerMap;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mount that a client asked for, decided at create and kept with the container.
///
/// @param type `bind`, `volume`, `tmpfs`, `image`
/// @param name of the volume, the image's as asked for, else empty
/// @param source path on the host, the image's id, empty for tmpfs
/// @param mode the bind's options as written, for inspect
/// @param propagation `rprivate`, ...
/// @param options of tmpfs, ready for mount
/// @param recursive whether mounts below the source come along
/// @param copyUp fill the empty volume from the image's directory at first start
/// @param createSource make a missing directory on the host
/// @param anonymous removed with the container when asked
/// @param subpath below the volume, else null
/// @param listed shown in inspect's Mounts
/// @param flatReadOnly read-only is the mount itself, and not what is mounted below it
/// @param shifted whether its files have the owners of the container's user namespace, as those of
///   the image have; null: those of volumes do
/// @param idmap as its option says, see {@link Idmap}; null for none
@Json
public record PlannedMount(
        String type,
        String name,
        String source,
        String destination,
        String driver,
        String mode,
        boolean writable,
        String propagation,
        List<String> options,
        boolean recursive,
        boolean copyUp,
        boolean createSource,
        boolean anonymous,
        @Nullable String subpath,
        boolean listed,
        boolean flatReadOnly,
        @Nullable Boolean shifted,
        @Nullable String idmap) {

    public static MountDraft bind(String source, String destination) {
        return new MountDraft("bind", source, destination);
    }

    /// @param source where the volume's data lie
    public static MountDraft volume(String name, String source, String destination) {
        return new MountDraft("volume", source, destination).name(name);
    }

    public static MountDraft tmpfs(String destination) {
        return new MountDraft("tmpfs", "", destination).recursive(false);
    }

    /// @param name the image's as asked for
    public static MountDraft image(String name, String id, String destination) {
        return new MountDraft("image", id, destination).name(name).recursive(false);
    }

    public boolean isVolume() {
        return type.equals("volume");
    }

    public boolean isImage() {
        return type.equals("image");
    }

    public boolean isTmpfs() {
        return type.equals("tmpfs");
    }

    /// Owners on the disk to those that the host counts; {@link OwnerMap#NONE} where all are who
    /// they are.
    ///
    /// @param container the owners of the container's user namespace
    public OwnerMap owners(OwnerMap container) {
        if (idmap != null) {
            return Idmap.parse(idmap).of(container);
        }
        return (shifted == null ? isVolume() : shifted) ? container : OwnerMap.NONE;
    }

    /// The same, to be changed.
    public MountDraft draft() {
        return new MountDraft(this, source);
    }

    /// The same with or without the owners of the container's user namespace.
    public PlannedMount shifted(boolean wanted) {
        return draft().shifted(wanted).planned();
    }

    /// The same from another path of the host, with nothing left to be found below it.
    public PlannedMount from(String newSource) {
        return new MountDraft(this, newSource).subpath(null).planned();
    }

    /// As inspect shows it.
    public MountPoint view() {
        return new MountPoint(type, name, source, destination, driver, mode, writable, propagation);
    }
}
