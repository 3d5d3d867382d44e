package dev.carafe.snapshots;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Fd;
import dev.carafe.oci.Digest;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Layers on disk, and writable roots over them.
///
/// A **layer** is one tar stream of an image, unpacked once and never changed again; it is named by
/// its {@link ChainId}, which covers the layers below it. A **root** is the writable place of one
/// container over a chain of layers, named by a key that the caller chooses (a container's id).
///
/// ```
/// apply(null, base) -> apply(chain, next) -> prepare(key, chain) -> mount(key) -> diff(key) -> discard(key)
///                                                                                          remove(chain)
/// ```
///
/// Every method is thread-safe; layers may be applied in parallel. What a method announces by
/// returning is durable. Nobody counts users here: who removes a layer knows that no image and no
/// root needs it, except that a layer under another layer or under a root is refused.
///
/// Errors: {@link dev.carafe.base.NotFound} for a layer or key that is not there, {@link
/// java.io.UncheckedIOException} when a stream that the caller gave to write to fails, {@link
/// dev.carafe.base.ResourceExhausted} for a full disk, {@link dev.carafe.base.DataLoss} for a
/// damaged store, {@link dev.carafe.base.Internal} for other refusals of the kernel.
public interface Snapshotter {
    /// Unpacks a layer over `parent` (null for the lowest) and keeps it. The calling thread reads
    /// (and so decompresses) the stream, another one unpacks. When the same layer is there already,
    /// or another thread wins with it, that one is answered.
    ///
    /// @param plainTar uncompressed; read to its end, not closed
    /// @throws dev.carafe.base.InvalidArgument for a stream that is no tar, is cut short, or holds
    ///   a hostile entry; the message has the entry's name, and nothing is left behind
    AppliedLayer apply(@Nullable ChainId parent, InputStream plainTar);

    /// The same, refused with InvalidArgument when the stream's sha256 is not `expected`. When such
    /// a layer is there already, the stream is not read at all.
    AppliedLayer apply(@Nullable ChainId parent, InputStream plainTar, @Nullable Digest expected);

    /// The same for layers that are applied side by side: unpacking starts although the parent is
    /// still on its way.
    ///
    /// @param arrival returns when the parent is there, or throws what this method then throws; run
    ///   at the latest before the layer itself is there, on any thread
    default AppliedLayer apply(
            @Nullable ChainId parent,
            InputStream plainTar,
            @Nullable Digest expected,
            Runnable arrival) {
        arrival.run();
        return apply(parent, plainTar, expected);
    }

    /// Unpacks a layer while nobody knows yet what is below it, or whether it is needed at all: the
    /// layers of an archive that has its table of contents at its end. The calling thread reads the
    /// stream, another one unpacks. The caller closes the result, placed or not.
    ///
    /// @param plainTar uncompressed; read to its end, not closed
    /// @throws dev.carafe.base.InvalidArgument as {@link #apply}
    UnplacedLayer unpack(InputStream plainTar);

    boolean exists(ChainId layer);

    Optional<LayerInfo> layer(ChainId layer);

    /// Every layer, in no order.
    List<ChainId> list();

    /// Removes a layer; its files go away in the background. Removing one that is not there does
    /// nothing.
    ///
    /// @throws dev.carafe.base.Conflict when another layer or a root stands on it
    void remove(ChainId layer);

    /// True while a root stands on the layer, or somebody reads it.
    boolean used(ChainId layer);

    /// Names in the place of the layers that are no whole layers: nothing made here by itself.
    List<String> strays();

    /// Removes one of {@link #strays}, in the background.
    void removeStray(String name);

    /// Writes the layer as the very bytes that were applied: the digest is the layer's diffId.
    ///
    /// @throws dev.carafe.base.DataLoss when the files on disk no longer give these bytes (known
    ///   only at the end)
    void layerTar(ChainId layer, OutputStream tar);

    /// Makes an empty writable root over the chain; null for a root over nothing.
    ///
    /// @param key letters, digits, `_`, `.` and `-`, at most 128, starting with a letter or digit
    /// @throws dev.carafe.base.AlreadyExists when the key is taken
    void prepare(String key, @Nullable ChainId parent);

    /// The same with places to mount on, and the marks that a container needs, between the layers
    /// and the root: what the snapshotter was told to add, as far as the layers have nothing there.
    /// They are no changes of the root.
    ///
    /// @throws dev.carafe.base.AlreadyExists when the key is taken
    default void prepareWithPlaces(String key, @Nullable ChainId parent) {
        prepare(key, parent);
    }

    /// Bounds the bytes of what is written to a root, before it is first mounted.
    ///
    /// @throws dev.carafe.base.InvalidArgument where {@link #boundsRoots} is false
    default void bound(String key, long bytes) {
        throw new InvalidArgument("roots can't be bounded here");
    }

    /// Whether roots can have a bound: a matter of the file system and how it is mounted.
    default boolean boundsRoots() {
        return false;
    }

    boolean isPrepared(String key);

    /// The keys of every root, in no order.
    List<String> keys();

    /// Removes a root with all that was written to it, in the background. One that is not there is
    /// no error. A mount of it that somebody still holds shows nothing sensible from then on.
    void discard(String key);

    /// The root as a detached mount that is in no mount table. The caller closes it; each call
    /// makes a new one.
    RootMount mount(String key);

    /// The same with the owners of a user namespace: a file of the image's root belongs to that
    /// namespace's root, and what is written by it is the image's root's again for every other
    /// mount. The store itself does not change.
    ///
    /// @param userns its maps must also have a place for root of the host, who makes overlayfs's
    ///   own files
    /// @throws dev.carafe.base.Internal also where the file system or the kernel can't (Linux 6.15
    ///   on file systems with idmapped mounts can)
    RootMount mount(String key, Fd userns);

    /// The root's directories, to show and to read; its mount places are there once it was mounted.
    OverlayDirs dirs(String key);

    /// The chain read-only, without any root, as a detached mount. The caller closes it.
    RootMount view(ChainId layer);

    /// Writes what the root changed as a layer: sorted by name, removed files as `.wh.` entries.
    default void diff(String key, OutputStream tar) {
        diff(key, tar, Set.of());
    }

    /// The same without what {@link #changes(String, Set)} leaves out.
    default void diff(String key, OutputStream tar, Set<String> made) {
        diff(key, tar, made, null);
    }

    /// The same with times of change no later than `latest`, for layers that come out equal
    /// whenever they are made; null leaves the times.
    void diff(String key, OutputStream tar, Set<String> made, @Nullable Instant latest);

    /// Makes a layer of what the root changed, the same as applying its {@link #diff} over its
    /// chain; but no file is written again: they become the layer's, and the root is gone.
    ///
    /// @param key of a root that is mounted nowhere
    /// @return empty, with the root as it was, when its files can't be the layer's as they are: a
    ///   socket is among them, or a name that layers give another meaning
    Optional<AppliedLayer> commit(String key);

    /// What the root changed, sorted by path, as `docker diff` shows it: a directory above a change
    /// is changed itself.
    default List<Change> changes(String key) {
        return changes(key, Set.of());
    }

    /// The same, as if the layers had an empty file or directory at each path of `made` where they
    /// have nothing: places that the engine makes to mount on.
    ///
    /// @param made absolute paths inside the root
    List<Change> changes(String key, Set<String> made);

    /// Bytes of the files written to the root, each hard-linked file once, directories not counted.
    long usageBytes(String key);
}
