package dev.carafe.daemon;

import dev.carafe.base.ByteSize;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.daemon.options.Settings;
import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.config.ResourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From options to what containers have that say nothing themselves.
final class ContainerSettings {
    private static final Pattern ULIMIT =
            Pattern.compile("(\\w+)=(-?\\d{1,18})(?::(-?\\d{1,18}))?");
    private static final Pattern SOFT = Pattern.compile("\\bSoft=(-?\\d{1,18})");
    private static final Pattern HARD = Pattern.compile("\\bHard=(-?\\d{1,18})");

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
                settings.flag("no-new-privileges", docker.noNewPrivileges()),
                settings.list("default-ulimit").stream().map(ContainerSettings::ulimit).toList(),
                settings.text("seccomp-profile").map(ContainerSettings::seccomp).orElse(""),
                RemapSettings.of(settings),
                StorageSettings.rootSizeBytes(settings.list("storage-opt")));
    }

    /// Where specifications of devices lie: dockerd's default, none for an empty text or when the
    /// feature `cdi` is off.
    static List<Path> cdiFolders(Settings settings) {
        if ("false".equals(settings.object("features").get("cdi"))) {
            return List.of();
        }
        List<String> given = settings.list("cdi-spec-dir");
        return (!settings.has("cdi-spec-dir") ? List.of("/etc/cdi", "/var/run/cdi") : given)
                .stream().filter(folder -> !folder.isEmpty()).map(Path::of).toList();
    }

    /// What the containers' security options take: a word, or the text of a profile.
    private static String seccomp(String value) {
        if (value.equals("builtin") || value.equals("default")) {
            return "";
        }
        if (value.equals("unconfined")) {
            return value;
        }
        try {
            return Files.readString(Path.of(value));
        } catch (IOException e) {
            throw new InvalidArgument(
                    Subject.NONE, "opening seccomp profile (" + value + ") failed: " + e, e);
        }
    }

    /// `nofile=1024`, `nofile=1024:2048`; of the file `nofile=Name=nofile,Hard=2048,Soft=1024`.
    static ResourceConfig.Ulimit ulimit(String text) {
        Matcher line = ULIMIT.matcher(text);
        Matcher soft = SOFT.matcher(text);
        Matcher hard = HARD.matcher(text);
        if (line.matches()) {
            long first = Long.parseLong(line.group(2));
            long second = line.group(3) == null ? first : Long.parseLong(line.group(3));
            return new ResourceConfig.Ulimit(line.group(1), first, second);
        }
        int equals = text.indexOf('=');
        if (equals > 0 && soft.find() && hard.find()) {
            return new ResourceConfig.Ulimit(
                    text.substring(0, equals),
                    Long.parseLong(soft.group(1)),
                    Long.parseLong(hard.group(1)));
        }
        throw new InvalidArgument("invalid default-ulimit: " + text + "; give name=soft[:hard]");
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
