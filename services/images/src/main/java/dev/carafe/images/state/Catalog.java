package dev.carafe.images.state;

import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which images there are and what they are called: one small JSON file each, mirrored in memory. A
/// change is on the disk before it is in memory. Not thread-safe: the store's lock is held around
/// it.
public final class Catalog {
    private static final System.Logger LOG = System.getLogger(Catalog.class.getName());
    private static final Jsonb JSONB = Jsonb.builder().build();
    private final Path images;
    private final Path names;
    private final Map<Digest, ImageRecord> byId = new HashMap<>();
    private final TreeMap<String, NameRecord> byName = new TreeMap<>();
    private final Set<Path> unreadable = new TreeSet<>();

    public Catalog(Path root) {
        images = root.resolve("images");
        names = root.resolve("names");
        try {
            DurableFile.openFolder(images);
            DurableFile.openFolder(names);
            for (Path file : recordFiles(images)) {
                read(file, ImageRecord.class).ifPresent(record -> byId.put(record.id(), record));
            }
            for (Path file : recordFiles(names)) {
                read(file, NameRecord.class)
                        .ifPresent(record -> byName.put(record.reference(), record));
            }
            dropDanglingNames();
        } catch (IOException e) {
            throw failed("open the image store", e);
        }
    }

    /// A crash between an image's removal and its names' leaves such names.
    private void dropDanglingNames() {
        for (NameRecord name : List.copyOf(byName.values())) {
            if (!byId.containsKey(name.image())) {
                removeName(name.reference());
            }
        }
    }

    private static List<Path> recordFiles(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(".")) {
                    Files.deleteIfExists(file);
                } else if (name.endsWith(".json")) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    /// A file that can't be read is left alone and logged: losing one image is better than losing
    /// the store.
    private <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        byte[] json = Files.readAllBytes(file);
        try {
            return Optional.ofNullable(JSONB.type(type).fromJson(json));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "unreadable image state is ignored: " + file, e);
            unreadable.add(file);
            return Optional.empty();
        }
    }

    /// Files that hold something else than they should.
    public List<Path> unreadable() {
        return List.copyOf(unreadable);
    }

    public void removeUnreadable(Path file) {
        remove(file);
        unreadable.remove(file);
    }

    public Optional<ImageRecord> image(Digest id) {
        return Optional.ofNullable(byId.get(id));
    }

    public List<ImageRecord> images() {
        return List.copyOf(byId.values());
    }

    /// The image that the full name leads to.
    public Optional<Digest> target(String reference) {
        return Optional.ofNullable(byName.get(reference)).map(NameRecord::image);
    }

    /// Every name of the image, in order.
    public List<ImageReference> namesOf(Digest image) {
        return byName.values().stream()
                .filter(name -> name.image().equals(image))
                .map(name -> ImageReference.parse(name.reference()))
                .toList();
    }

    /// Every name of the repository, in order.
    public List<NameRecord> namesIn(String repository) {
        return byName.tailMap(repository, false).values().stream()
                .takeWhile(name -> name.reference().startsWith(repository))
                .filter(name -> ":@".indexOf(name.reference().charAt(repository.length())) >= 0)
                .toList();
    }

    public void putImage(ImageRecord record) {
        write(imageFile(record.id()), JSONB.type(ImageRecord.class).toJsonBytes(record));
        unreadable.remove(imageFile(record.id()));
        byId.put(record.id(), record);
    }

    public void putName(String reference, Digest image) {
        NameRecord record = new NameRecord(NameRecord.VERSION, reference, image);
        write(nameFile(reference), JSONB.type(NameRecord.class).toJsonBytes(record));
        unreadable.remove(nameFile(reference));
        byName.put(reference, record);
    }

    public void removeName(String reference) {
        remove(nameFile(reference));
        byName.remove(reference);
    }

    public void removeImage(Digest id) {
        remove(imageFile(id));
        byId.remove(id);
    }

    /// Forgets an image and its names; their files stay, and are told by {@link #unreadable}.
    public void setAside(Digest id) {
        unreadable.add(imageFile(id));
        namesOf(id).forEach(name -> unreadable.add(nameFile(name.full())));
        byName.values().removeIf(name -> name.image().equals(id));
        byId.remove(id);
    }

    private Path imageFile(Digest id) {
        return images.resolve(id.hex() + ".json");
    }

    /// A name may be longer than a file name may.
    private Path nameFile(String reference) {
        return names.resolve(Digest.of(reference.getBytes(StandardCharsets.UTF_8)).hex() + ".json");
    }

    private static void write(Path file, byte[] json) {
        try {
            DurableFile.write(file, json);
        } catch (IOException e) {
            throw failed("write " + file, e);
        }
    }

    private static void remove(Path file) {
        try {
            DurableFile.delete(file);
        } catch (IOException e) {
            throw failed("remove " + file, e);
        }
    }

    private static Internal failed(String what, IOException cause) {
        return new Internal(Subject.NONE, what + ": " + cause.getMessage(), cause);
    }
}
