package dev.carafe.network;

import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import dev.carafe.linux.ProcFiles;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of this room: one for each network, durable, and one for each attachment.
///
/// Attachments are not synced to the disk: they are about devices and rules that a power cut ends
/// as well, and a killed daemon's writes are in the kernel. Each names its boot; those of another
/// boot are ignored.
@Json.Import({Endpoint.class, Network.Ipam.class, PortBinding.class, ResolverSettings.class})
final class StateFiles {
    private static final System.Logger LOG = System.getLogger(StateFiles.class.getName());
    private static final Jsonb JSONB = Jsonb.builder().adapter(JsonText.stream()).build();

    private final Path networks;
    private final Path attachments;
    private final String bootId;
    private final JsonType<NetworkRecord> networkType = JSONB.type(NetworkRecord.class);
    private final JsonType<AttachmentRecord> attachmentType = JSONB.type(AttachmentRecord.class);

    StateFiles(Path stateDir, Path runDir) {
        networks = stateDir.resolve("networks");
        attachments = runDir.resolve("attachments");
        bootId = currentBoot();
        try {
            DurableFile.openFolder(networks);
            DurableFile.openFolder(attachments);
        } catch (IOException e) {
            throw failure("make " + networks, e);
        }
    }

    String bootId() {
        return bootId;
    }

    static String currentBoot() {
        return ProcFiles.read("/proc/sys/kernel/random/boot_id").strip();
    }

    void save(NetworkRecord network) {
        try {
            DurableFile.write(
                    networks.resolve(network.id() + ".json"), networkType.toJsonBytes(network));
        } catch (IOException e) {
            throw failure("save network " + network.name(), e);
        }
    }

    void deleteNetwork(String id) {
        try {
            DurableFile.delete(networks.resolve(id + ".json"));
        } catch (IOException e) {
            throw failure("remove network " + id, e);
        }
    }

    /// @throws Internal when one can't be read: a network must not be lost silently
    List<NetworkRecord> networks() {
        List<NetworkRecord> found = new ArrayList<>();
        for (Path file : list(networks)) {
            try {
                found.add(networkType.fromJson(Files.readAllBytes(file)));
            } catch (IOException | JsonException | IllegalStateException | NullPointerException e) {
                throw failure("read " + file, e);
            }
        }
        return found;
    }

    void save(AttachmentRecord attachment) {
        Path file = attachments.resolve(attachment.containerId() + ".json");
        Path temp = attachments.resolve("." + attachment.containerId() + ".tmp");
        try {
            Files.write(temp, attachmentType.toJsonBytes(attachment));
            Files.move(
                    temp,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure("save the network of container " + attachment.containerId(), e);
        }
    }

    void deleteAttachment(String containerId) {
        try {
            Files.deleteIfExists(attachments.resolve(containerId + ".json"));
        } catch (IOException e) {
            throw failure("remove the network of container " + containerId, e);
        }
    }

    /// The attachments of this boot; files of others, and damaged ones, are removed.
    List<AttachmentRecord> attachments() {
        List<AttachmentRecord> found = new ArrayList<>();
        for (Path file : list(attachments)) {
            Optional<AttachmentRecord> record = read(file);
            record.ifPresentOrElse(found::add, () -> drop(file));
        }
        return found;
    }

    private Optional<AttachmentRecord> read(Path file) {
        try {
            AttachmentRecord record = attachmentType.fromJson(Files.readAllBytes(file));
            return Optional.of(record).filter(r -> r.bootId().equals(bootId));
        } catch (IOException | JsonException | IllegalStateException | NullPointerException e) {
            LOG.log(Level.WARNING, "dropping damaged " + file, e);
            return Optional.empty();
        }
    }

    private static void drop(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure("remove " + file, e);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.getFileName().toString().endsWith(".json"))
                    .filter(f -> !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failure("list " + folder, e);
        }
    }

    private static Internal failure(String what, Exception e) {
        return new Internal(Subject.NONE, "cannot " + what + ": " + e.getMessage(), e);
    }
}
