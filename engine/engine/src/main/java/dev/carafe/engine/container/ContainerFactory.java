package dev.carafe.engine.container;

import dev.carafe.engine.logs.LogSubject;
import dev.carafe.engine.spec.SpecGenerator;

/// Makes the owner of a container from its record: streams and log with it.
final class ContainerFactory {
    private final Rooms rooms;
    private final String cgroupParent;

    ContainerFactory(Rooms rooms, String cgroupParent) {
        this.rooms = rooms;
        this.cgroupParent = cgroupParent;
    }

    Container of(ContainerRecord record) {
        return new Container(
                rooms.files(),
                record,
                rooms.streams()
                        .hub(
                                record.config().tty(),
                                rooms.logs().open(record.host().log(), subject(record))));
    }

    private LogSubject subject(ContainerRecord record) {
        return new LogSubject(
                rooms.files().folder(record.id()),
                record.id(),
                record.name(),
                record.config().image(),
                record.imageId(),
                record.commandLine(),
                record.created(),
                record.config().labels(),
                record.config().env());
    }

    String cgroupPath(ContainerRecord record) {
        return SpecGenerator.cgroupPath(cgroupParent, record.host(), record.id());
    }

    String defaultCgroupPath(String id) {
        String path = cgroupParent + "/" + id;
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
