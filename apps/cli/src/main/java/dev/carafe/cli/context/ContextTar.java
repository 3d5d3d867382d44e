package dev.carafe.cli.context;

import dev.carafe.base.glob.IgnoreRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A folder as a tar stream, without what `.dockerignore` takes out. Owners are left out: they mean
/// nothing to a build.
public final class ContextTar {
    private static final int PERMISSIONS = 07777;

    private final Path root;
    private final IgnoreRules rules;
    private final List<String> always;
    private final List<String> names = new ArrayList<>();

    private ContextTar(Path root, IgnoreRules rules, List<String> always) {
        this.root = root;
        this.rules = rules;
        this.always = always;
    }

    /// The stream; files are opened when their turn comes.
    ///
    /// @param always paths that go along although they are ignored
    /// @param extra files that are in the tar only: path to text
    /// @throws IOException when the folder can't be walked
    public static InputStream of(
            Path root, IgnoreRules rules, List<String> always, Map<String, String> extra)
            throws IOException {
        ContextTar tar = new ContextTar(root, rules, always);
        tar.walk("");
        List<Part> parts = new ArrayList<>();
        tar.names.forEach(name -> parts.add(() -> tar.entry(name)));
        extra.forEach((name, text) -> parts.add(() -> file(name, text)));
        parts.add(() -> new ByteArrayInputStream(new byte[2 * TarHeader.BLOCK]));
        return new SequenceInputStream(opened(parts));
    }

    @FunctionalInterface
    private interface Part {
        InputStream open() throws IOException;
    }

    private static Enumeration<InputStream> opened(List<Part> parts) {
        return new Enumeration<>() {
            private int next;

            @Override
            public boolean hasMoreElements() {
                return next < parts.size();
            }

            @Override
            public InputStream nextElement() {
                try {
                    return parts.get(next++).open();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private void walk(String folder) throws IOException {
        List<Path> children;
        try (Stream<Path> all = Files.list(root.resolve(folder))) {
            children = all.sorted().toList();
        }
        for (Path child : children) {
            String name = child.getFileName().toString();
            String path = folder.isEmpty() ? name : folder + "/" + name;
            boolean directory = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
            boolean taken = !rules.ignores(path) || always.contains(path);
            if (taken) {
                names.add(path);
            }
            if (directory && (taken || rules.mayTakeInBelow(path) || leadsToAlways(path))) {
                walk(path);
            }
        }
    }

    private boolean leadsToAlways(String folder) {
        return always.stream().anyMatch(path -> path.startsWith(folder + "/"));
    }

    private InputStream entry(String name) throws IOException {
        Path path = root.resolve(name);
        Map<String, Object> stat =
                Files.readAttributes(
                        path,
                        "unix:mode,isDirectory,isSymbolicLink,isRegularFile,size,lastModifiedTime",
                        LinkOption.NOFOLLOW_LINKS);
        int mode = ((Integer) Objects.requireNonNull(stat.get("mode"))) & PERMISSIONS;
        FileTime time = (FileTime) Objects.requireNonNull(stat.get("lastModifiedTime"));
        long modified = time.to(TimeUnit.SECONDS);
        if (Boolean.TRUE.equals(stat.get("isDirectory"))) {
            return bytes(new TarHeader(name + "/", '5', "", mode, 0, modified).bytes());
        }
        if (Boolean.TRUE.equals(stat.get("isSymbolicLink"))) {
            String target = Files.readSymbolicLink(path).toString();
            return bytes(new TarHeader(name, '2', target, mode, 0, modified).bytes());
        }
        if (!Boolean.TRUE.equals(stat.get("isRegularFile"))) {
            // a socket or a device is no part of a context
            return bytes(new byte[0]);
        }
        InputStream content = Files.newInputStream(path);
        long size = Files.size(path);
        byte[] head = new TarHeader(name, '0', "", mode, size, modified).bytes();
        return new SequenceInputStream(
                bytes(head), new ExactStream(content, size, TarHeader.padding(size)));
    }

    private static InputStream file(String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = new TarHeader(name, '0', "", 0600, content.length, 0).bytes();
        return new SequenceInputStream(
                bytes(head),
                new ExactStream(bytes(content), content.length, TarHeader.padding(content.length)));
    }

    private static InputStream bytes(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
