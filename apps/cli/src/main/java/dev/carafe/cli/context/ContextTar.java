package dev.carafe.cli.context;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A folder as a tar stream, without what `.dockerignore` takes out. Owners are left out: they mean
/// nothing to a build.
final class ContextTar {
    private ContextTar() {}

    static InputStream of(ContextFolder folder) throws IOException {
        List<Part> parts = new ArrayList<>();
        folder.names().forEach(name -> parts.add(() -> entry(folder.root(), name)));
        folder.extra().forEach((name, text) -> parts.add(() -> file(name, text)));
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

    private static InputStream entry(Path root, String name) throws IOException {
        Path path = root.resolve(name);
        ContextFile file = ContextFile.of(path);
        int mode = file.permissions();
        long modified = file.modified().to(TimeUnit.SECONDS);
        return switch (file.kind()) {
            case DIRECTORY -> bytes(new TarHeader(name + "/", '5', "", mode, 0, modified).bytes());
            case SYMLINK -> bytes(new TarHeader(name, '2', file.link(), mode, 0, modified).bytes());
            case FILE -> {
                InputStream content = Files.newInputStream(path);
                long size = Files.size(path);
                byte[] head = new TarHeader(name, '0', "", mode, size, modified).bytes();
                yield new SequenceInputStream(
                        bytes(head), new ExactStream(content, size, TarHeader.padding(size)));
            }
            case OTHER -> bytes(new byte[0]);
        };
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
