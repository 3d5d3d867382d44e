package dev.carafe.daemon;

import dev.carafe.base.ByteSize;
import dev.carafe.base.InvalidArgument;
import dev.carafe.daemon.options.Settings;
import dev.carafe.engine.config.ContainerDefaults;
import java.util.List;

/// From options to what containers have that say nothing themselves.
final class ContainerSettings {
    private ContainerSettings() {}

    /// @throws InvalidArgument a value that can't be
    static ContainerDefaults of(Settings settings) {
        ContainerDefaults docker = ContainerDefaults.docker();
        return new ContainerDefaults(
                settings.flag("init", docker.init()),
                settings.text("default-shm-size")
                        .map(t -> ByteSize.parse(t).bytes())
                        .orElse(docker.shmSizeBytes()),
                oneOf(settings, "default-ipc-mode", docker.ipcMode(), "private", "shareable"),
                oneOf(settings, "default-cgroupns-mode", docker.cgroupns(), "private", "host"),
                settings.number("default-stop-timeout").orElse(docker.stopTimeoutSeconds()),
                settings.flag("no-new-privileges", docker.noNewPrivileges()));
    }

    private static String oneOf(Settings settings, String name, String absent, String... words) {
        String word = settings.text(name).orElse(absent);
        if (!word.equals(absent) && !List.of(words).contains(word)) {
            throw new InvalidArgument(
                    "invalid %s: %s; it must be one of %s"
                            .formatted(name, word, String.join(", ", words)));
        }
        return word;
    }
}
