package dev.carafe.build.context;

import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.images.archive.Compression;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.ApplyLimits;
import dev.carafe.snapshots.TarImport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Makes contexts in one folder of the data root. What a crash left there goes at opening.
public final class ContextSpool {
    /// Owners of the client's files mean nothing here.
    private static final TarImport.Options OPTIONS =
            new TarImport.Options(false, true, ApplyLimits.DEFAULT);

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final int BLOCK = 512;
    private static final long MAX_BYTES = 10L << 30;
    private static final int MAX_DOCKERFILE = 16 << 20;

    private final Path folder;
    private final KeptFolders kept;

    /// @param folder this spool's alone
    public ContextSpool(Path folder) {
        this.folder = folder;
        this.kept = new KeptFolders(folder);
        try {
            Files.createDirectories(folder);
            try (Stream<Path> left = Files.list(folder)) {
                left.forEach(BuildContext::delete);
            }
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "open " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Unpacks a tar, maybe compressed. The stream is read to its end and stays the caller's.
    ///
    /// @throws InvalidArgument for what is no tar, or one that leads out of the context
    public BuildContext unpack(InputStream tar) {
        BuildContext context = empty();
        try {
            InputStream plain = Compression.plain(tar);
            TarImport.extract(plain, context.root(), "/", OPTIONS);
            return context;
        } catch (IOException e) {
            context.close();
            throw new InvalidArgument(
                    Subject.NONE, "Error processing tar file: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /// A context with nothing but a Dockerfile.
    public BuildContext ofDockerfile(String name, String text) {
        BuildContext context = empty();
        try {
            Files.writeString(context.folder().resolve(name), text, StandardCharsets.UTF_8);
            return context;
        } catch (IOException e) {
            context.close();
            throw new Internal(Subject.NONE, "write the Dockerfile: " + e.getMessage(), e);
        }
    }

    /// Fetches a context by HTTP: a tar, or a text that is the Dockerfile.
    ///
    /// @param dockerfile the name that a text gets
    /// @param cancellation ends it
    /// @param digest hears the digest of what was fetched
    /// @throws dev.carafe.base.CarafeException when it can't be fetched
    public BuildContext fetch(
            String url, String dockerfile, Cancellation cancellation, Consumer<Digest> digest) {
        String before = "error downloading remote context " + url + ": ";
        return new RemoteFile(url, MAX_BYTES, before)
                .read(
                        cancellation,
                        (headers, bytes, body) -> {
                            SummedStream summed = new SummedStream(body);
                            BufferedInputStream content = new BufferedInputStream(summed);
                            boolean text = isText(content);
                            BuildContext context =
                                    text
                                            ? ofDockerfile(dockerfile, text(content))
                                            : unpack(content);
                            digest.accept(summed.digest());
                            return context.of(
                                    Moments.lastModified(headers)
                                            .orElseGet(() ->
                                                    text
                                                            ? null
                                                            : Moments.newest(context.folder())));
                        });
    }

    private static String text(InputStream content) throws IOException {
        return new String(content.readNBytes(MAX_DOCKERFILE), StandardCharsets.UTF_8);
    }

    /// Servers seldom know what a Dockerfile is. An archive has bytes in its first block that no
    /// text has.
    static boolean isText(BufferedInputStream content) throws IOException {
        content.mark(BLOCK);
        byte[] first = content.readNBytes(BLOCK);
        content.reset();
        for (byte b : first) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return false;
            }
        }
        return first.length > 0;
    }

    /// Removes a folder with all in it, no symlink followed.
    public static void remove(Path folder) {
        BuildContext.delete(folder);
    }

    /// A context that may have in it what a build with the same key left; a fresh one when another
    /// build works with that now.
    ///
    /// @param key whatever tells one client's folder from all others
    public BuildContext kept(String key) {
        Optional<Path> place = kept.take(key);
        if (place.isEmpty()) {
            return empty();
        }
        try {
            if (!Files.isDirectory(place.get())) {
                Files.createDirectory(place.get(), PRIVATE);
            }
            return new BuildContext(
                    place.get(), () -> kept.giveBack(place.get()), kept.sums(place.get()));
        } catch (IOException e) {
            kept.giveBack(place.get());
            throw new Internal(Subject.NONE, "make " + place.get() + ": " + e.getMessage(), e);
        }
    }

    /// Removes what is kept and not in use.
    public void dropKept() {
        kept.drop();
    }

    /// A context with nothing in it.
    public BuildContext empty() {
        return new BuildContext(newFolder());
    }

    /// An empty folder; the caller removes it.
    public Path newFolder() {
        Path place = folder.resolve(Ids.random());
        try {
            Files.createDirectory(place, PRIVATE);
            return place;
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make " + place + ": " + e.getMessage(), e);
        }
    }
}
