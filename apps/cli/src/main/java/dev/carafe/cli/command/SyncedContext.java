package dev.carafe.cli.command;

import dev.carafe.cli.context.BuildSource;
import dev.carafe.cli.context.ContextFolder;
import dev.carafe.cli.context.ContextListing;
import dev.carafe.cli.context.ContextSender;
import dev.carafe.cli.session.Api;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Stream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A large context that the daemon has before the build begins, because only what changed since the
/// last one had to be sent. It stays the build's while this is open. Small ones, and those for
/// daemons that don't know this, come with the build.
final class SyncedContext implements AutoCloseable {
    private static final Path MACHINE = Path.of("/etc/machine-id");

    private final @Nullable Stream stream;

    private SyncedContext(@Nullable Stream stream) {
        this.stream = stream;
    }

    /// @param build the id of the build that it is for
    static SyncedContext of(Api api, String build, BuildSource source) throws IOException {
        ContextFolder folder = source.folder();
        ContextListing listing = folder == null ? null : ContextListing.of(folder);
        if (folder == null || listing == null || !listing.isLarge()) {
            return new SyncedContext(null);
        }
        String target =
                Query.of("/build/context")
                        .with("buildid", build)
                        .with("key", key(folder.root()))
                        .toString();
        Stream stream;
        try {
            stream = api.hijack(target, null);
        } catch (ApiFailure e) {
            // dockerd, or an older daemon
            return new SyncedContext(null);
        }
        try {
            ContextSender.send(listing, stream.in(), output(stream));
            return new SyncedContext(stream);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private static OutputStream output(Stream stream) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                stream.write(bytes, offset, length);
            }
        };
    }

    /// What tells this folder of this user's and machine's from all others.
    private static String key(Path root) throws IOException {
        String machine = Files.isReadable(MACHINE) ? Files.readString(MACHINE).strip() : "";
        String text = machine + "\0" + System.getProperty("user.name") + "\0" + root;
        try {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sum.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether the daemon has the context.
    boolean isThere() {
        return stream != null;
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }
}
