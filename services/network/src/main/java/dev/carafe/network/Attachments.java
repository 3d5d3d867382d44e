package dev.carafe.network;

import dev.carafe.base.AlreadyExists;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Who is on which network, in memory and in files. Thread-safe; one container's changes must not
/// overlap.
final class Attachments {
    private final StateFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, AttachmentRecord> byContainer = new LinkedHashMap<>();

    Attachments(StateFiles files) {
        this.files = files;
        files.attachments().forEach(a -> byContainer.put(a.containerId(), a));
    }

    String bootId() {
        return files.bootId();
    }

    Optional<AttachmentRecord> of(String containerId) {
        lock.lock();
        try {
            return Optional.ofNullable(byContainer.get(containerId));
        } finally {
            lock.unlock();
        }
    }

    List<AttachmentRecord> all() {
        lock.lock();
        try {
            return List.copyOf(byContainer.values());
        } finally {
            lock.unlock();
        }
    }

    /// @throws AlreadyExists when the container has one
    void add(AttachmentRecord record) {
        lock.lock();
        try {
            if (byContainer.putIfAbsent(record.containerId(), record) != null) {
                throw new AlreadyExists(
                        "container " + record.containerId() + " is being attached already");
            }
        } finally {
            lock.unlock();
        }
        files.save(record);
    }

    void replace(AttachmentRecord record) {
        files.save(record);
        lock.lock();
        try {
            byContainer.put(record.containerId(), record);
        } finally {
            lock.unlock();
        }
    }

    void remove(String containerId) {
        files.deleteAttachment(containerId);
        lock.lock();
        try {
            byContainer.remove(containerId);
        } finally {
            lock.unlock();
        }
    }

    /// Those of these containers; the others are forgotten.
    List<AttachmentRecord> keepOnly(Set<String> containers) {
        List<AttachmentRecord> kept = new ArrayList<>();
        for (AttachmentRecord record : all()) {
            if (containers.contains(record.containerId())) {
                kept.add(record);
            } else {
                remove(record.containerId());
            }
        }
        return kept;
    }

    /// Endpoints of a network by container id.
    Map<String, Endpoint> on(String networkId) {
        Map<String, Endpoint> found = new LinkedHashMap<>();
        for (AttachmentRecord record : all()) {
            record.on(networkId).ifPresent(e -> found.put(record.containerId(), e));
        }
        return found;
    }
}
