package dev.carafe.engine.container;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.logs.JsonFileLog;
import dev.carafe.engine.logs.LogWriter;
import dev.carafe.engine.spec.SpecGenerator;
import dev.carafe.engine.streams.StreamHub;

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
                new StreamHub(rooms.loop(), record.config().tty(), log(record)));
    }

    /// @throws InvalidArgument the log driver is not there
    private LogWriter log(ContainerRecord record) {
        LogConfig log = record.host().log();
        return switch (log.driver()) {
            case "none" -> LogWriter.none();
            case "", "json-file" -> JsonFileLog.open(rooms.files().log(record.id()), log.options());
            default ->
                    throw new InvalidArgument(
                            "logger: no log driver named '" + log.driver() + "' is registered");
        };
    }

    static boolean isLogDriver(String driver) {
        return driver.isEmpty() || driver.equals("json-file") || driver.equals("none");
    }

    String cgroupPath(ContainerRecord record) {
        return SpecGenerator.cgroupPath(cgroupParent, record.host(), record.id());
    }

    String defaultCgroupPath(String id) {
        String path = cgroupParent + "/" + id;
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
