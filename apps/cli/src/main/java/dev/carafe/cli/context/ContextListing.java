package dev.carafe.cli.context;

import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a context as the daemon is told of them before it says which it lacks, see {@link
/// ContextSender}.
public final class ContextListing {
    /// Below both a context is sent as it is: asking first would take longer.
    private static final int MANY = 200;

    private static final long LARGE = 1 << 20;
    private static final int PRIVATE = 0600;

    private final Path root;
    private final List<Entry> entries = new ArrayList<>();
    private long bytes;

    /// @param text null where the content is the file's
    private record Entry(String name, ContextFile file, byte @Nullable [] text) {}

    private ContextListing(Path root) {
        this.root = root;
    }

    /// @throws IOException when the folder can't be walked
    public static ContextListing of(ContextFolder folder) throws IOException {
        ContextListing listing = new ContextListing(folder.root());
        for (String name : folder.names()) {
            listing.add(new Entry(name, ContextFile.of(folder.root().resolve(name)), null));
        }
        // as new as can be: what the daemon has under such a name is never the same
        FileTime now = FileTime.from(Instant.now());
        folder.extra()
                .forEach((name, text) -> {
                    byte[] content = text.getBytes(StandardCharsets.UTF_8);
                    ContextFile file =
                            new ContextFile(
                                    ContextFile.Kind.FILE, PRIVATE, content.length, now, "");
                    listing.add(new Entry(name, file, content));
                });
        return listing;
    }

    private void add(Entry entry) {
        if (entry.file().kind() != ContextFile.Kind.OTHER) {
            entries.add(entry);
            bytes += entry.file().size();
        }
    }

    /// Whether it is worth while to ask what the daemon has of it.
    public boolean isLarge() {
        return entries.size() >= MANY || bytes >= LARGE;
    }

    /// Writes the listing.
    void write(DataOutputStream out) throws IOException {
        for (Entry entry : entries) {
            ContextFile file = entry.file();
            Instant modified = file.modified().toInstant();
            out.writeByte(
                    switch (file.kind()) {
                        case FILE -> 'f';
                        case DIRECTORY -> 'd';
                        case SYMLINK -> 'l';
                        case OTHER -> throw new IllegalStateException("no part of a context");
                    });
            text(out, entry.name());
            out.writeInt(file.permissions());
            out.writeLong(file.size());
            out.writeLong(modified.getEpochSecond());
            out.writeInt(modified.getNano());
            text(out, file.link());
        }
        out.writeByte(0);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /// Writes the content of a file, as long as the listing says.
    ///
    /// @param index in the listing
    void content(int index, OutputStream out) throws IOException {
        Entry entry = entries.get(index);
        byte[] text = entry.text();
        try (InputStream file =
                text == null
                        ? Files.newInputStream(root.resolve(entry.name()))
                        : new ByteArrayInputStream(text)) {
            new ExactStream(file, entry.file().size(), 0).transferTo(out);
        }
    }
}
