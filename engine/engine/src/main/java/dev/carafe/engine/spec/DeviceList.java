package dev.carafe.engine.spec;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.ResourceConfig.DeviceMapping;
import dev.carafe.oci.runtime.Device;
import dev.carafe.oci.runtime.Resources.DeviceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Device nodes of a container and what it may do with devices.
record DeviceList(List<Device> nodes, List<DeviceRule> rules) {
    private static final Pattern RULE =
            Pattern.compile("([acb]) ([0-9]+|\\*):([0-9]+|\\*) ([rwm]{1,3})");

    static DeviceList of(HostConfig host) {
        List<Device> nodes = new ArrayList<>();
        List<DeviceRule> rules = new ArrayList<>();
        if (host.security().privileged()) {
            nodes.addAll(hostDevices());
            rules.add(new DeviceRule(true, null, null, null, "rwm"));
        } else {
            rules.addAll(defaultRules());
        }
        for (DeviceMapping mapping : host.resources().devices()) {
            add(mapping, nodes, rules);
        }
        for (String rule : host.resources().deviceCgroupRules()) {
            rules.add(parseRule(rule));
        }
        return new DeviceList(nodes, rules);
    }

    /// Everything is refused but making nodes, and the nodes that every container has.
    private static List<DeviceRule> defaultRules() {
        return List.of(
                new DeviceRule(false, null, null, null, "rwm"),
                new DeviceRule(true, "c", null, null, "m"),
                new DeviceRule(true, "b", null, null, "m"),
                character(1, 3L),
                character(1, 5L),
                character(1, 7L),
                character(1, 8L),
                character(1, 9L),
                character(5, 0L),
                character(5, 1L),
                character(5, 2L),
                character(136, null));
    }

    private static DeviceRule character(long major, @Nullable Long minor) {
        return new DeviceRule(true, "c", major, minor, "rwm");
    }

    static DeviceRule parseRule(String text) {
        Matcher m = RULE.matcher(text);
        if (!m.matches()) {
            throw new InvalidArgument("invalid device cgroup rule format: '" + text + "'");
        }
        return new DeviceRule(true, m.group(1), number(m.group(2)), number(m.group(3)), m.group(4));
    }

    private static @Nullable Long number(String text) {
        return text.equals("*") ? null : Long.valueOf(text);
    }

    private static void add(DeviceMapping mapping, List<Device> nodes, List<DeviceRule> rules) {
        Path source = Path.of(mapping.pathOnHost());
        String target =
                mapping.pathInContainer().isEmpty()
                        ? mapping.pathOnHost()
                        : mapping.pathInContainer();
        String access = mapping.permissions().isEmpty() ? "rwm" : mapping.permissions();
        List<Device> found = new ArrayList<>();
        if (Files.isDirectory(source)) {
            for (Device device : devicesBelow(source)) {
                found.add(
                        withPath(
                                device,
                                target + device.path().substring(mapping.pathOnHost().length())));
            }
        } else {
            Device device = HostDevices.at(source);
            if (device != null) {
                found.add(withPath(device, target));
            }
        }
        if (found.isEmpty()) {
            throw new InvalidArgument(
                    "error gathering device information while adding custom device \""
                            + mapping.pathOnHost()
                            + "\": "
                            + (Files.exists(source)
                                    ? "not a device node"
                                    : "no such file or directory"));
        }
        for (Device device : found) {
            nodes.removeIf(node -> node.path().equals(device.path()));
            nodes.add(device);
            rules.add(new DeviceRule(true, device.type(), device.major(), device.minor(), access));
        }
    }

    private static Device withPath(Device d, String path) {
        return new Device(d.type(), path, d.major(), d.minor(), d.fileMode(), d.uid(), d.gid());
    }

    /// All of the host but terminals, shared memory and what each container has of its own.
    private static List<Device> hostDevices() {
        return devicesBelow(Path.of("/dev")).stream()
                .filter(d -> !d.path().equals("/dev/console"))
                .toList();
    }

    private static List<Device> devicesBelow(Path folder) {
        List<Device> devices = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    switch (entry.getFileName().toString()) {
                        case "pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev" -> {}
                        default -> devices.addAll(devicesBelow(entry));
                    }
                } else if (!Files.isSymbolicLink(entry)) {
                    Device device = HostDevices.at(entry);
                    if (device != null) {
                        devices.add(device);
                    }
                }
            }
        } catch (IOException e) {
            throw new InvalidArgument(
                    Subject.NONE, "list devices in " + folder + ": " + e.getMessage(), e);
        }
        return devices;
    }
}
