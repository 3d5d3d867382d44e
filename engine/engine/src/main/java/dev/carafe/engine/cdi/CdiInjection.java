package dev.carafe.engine.cdi;

import dev.carafe.base.Internal;
import dev.carafe.engine.cdi.CdiEdits.DeviceNode;
import dev.carafe.engine.cdi.CdiEdits.NamedHook;
import dev.carafe.engine.spec.HostDevices;
import dev.carafe.oci.runtime.Device;
import dev.carafe.oci.runtime.Hooks;
import dev.carafe.oci.runtime.Hooks.Hook;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Resources;
import dev.carafe.oci.runtime.Resources.DeviceRule;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.User;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Puts edits into a runtime spec.
final class CdiInjection {
    private final CdiEdits edits;

    CdiInjection(CdiEdits edits) {
        this.edits = edits;
    }

    /// @throws Internal a device node is not there
    Spec into(Spec spec) {
        Process process = Objects.requireNonNull(spec.process());
        return spec.with()
                .process(process(process))
                .mounts(mounts(spec.mounts()))
                .hooks(hooks(spec.hooks()))
                .linux(linux(Objects.requireNonNull(spec.linux()), process.user()))
                .build();
    }

    private Process process(Process p) {
        User user = p.user();
        List<Long> groups = new ArrayList<>(user.additionalGids());
        edits.groups().stream().filter(g -> g != 0 && !groups.contains(g)).forEach(groups::add);
        return p.with()
                .user(new User(user.uid(), user.gid(), user.umask(), groups))
                .env(env(p.env()))
                .build();
    }

    private List<String> env(List<String> before) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String each : before) {
            byName.put(name(each), each);
        }
        for (String each : edits.env()) {
            byName.put(name(each), each);
        }
        return List.copyOf(byName.values());
    }

    private static String name(String variable) {
        int equals = variable.indexOf('=');
        return equals < 0 ? variable : variable.substring(0, equals);
    }

    /// Parents before children, those of a place as they were.
    private List<Mount> mounts(List<Mount> before) {
        if (edits.mounts().isEmpty()) {
            return before;
        }
        List<Mount> all = new ArrayList<>(before);
        for (Mount mount : edits.mounts()) {
            all.removeIf(each -> each.destination().equals(mount.destination()));
            all.add(mount);
        }
        all.sort(Comparator.comparingInt(m -> Path.of(m.destination()).getNameCount()));
        return all;
    }

    private Linux linux(Linux l, User user) {
        List<Device> devices = new ArrayList<>(l.devices());
        List<DeviceRule> rules = new ArrayList<>();
        for (DeviceNode node : edits.nodes()) {
            Device device = device(node, user);
            devices.removeIf(each -> each.path().equals(device.path()));
            devices.add(device);
            if (device.type().equals("b") || device.type().equals("c")) {
                rules.add(
                        new DeviceRule(
                                true,
                                device.type(),
                                device.major(),
                                device.minor(),
                                node.permissions()));
            }
        }
        return l.with().devices(devices).resources(resources(l.resources(), rules)).build();
    }

    private static @Nullable Resources resources(@Nullable Resources r, List<DeviceRule> more) {
        if (r == null || more.isEmpty()) {
            return r;
        }
        List<DeviceRule> rules = new ArrayList<>(r.devices());
        rules.addAll(more);
        return r.withDevices(rules);
    }

    /// What the specification does not say is as at the host's node; the owner is who runs.
    private static Device device(DeviceNode node, User user) {
        String type = node.type();
        Long major = node.major();
        Long minor = node.minor();
        Integer mode = node.fileMode();
        if (type == null || (major == null && !type.equals("p"))) {
            Device host = HostDevices.at(Path.of(node.hostPath()));
            if (host == null) {
                throw new Internal(
                        "CDI device injection failed: failed to stat CDI host device \""
                                + node.hostPath()
                                + "\": no such file or directory, or no device node");
            }
            if (type != null && !type.equals(host.type())) {
                throw new Internal(
                        "CDI device injection failed: CDI device (\"%s\", \"%s\"), host type mismatch (%s, %s)"
                                .formatted(node.path(), node.hostPath(), type, host.type()));
            }
            type = host.type();
            major = host.major();
            minor = host.minor();
            mode = mode == null ? host.fileMode() : mode;
        }
        return new Device(
                type,
                node.path(),
                major == null ? 0 : major,
                minor == null ? 0 : minor,
                mode,
                owner(node.uid(), user.uid()),
                owner(node.gid(), user.gid()));
    }

    private static @Nullable Long owner(@Nullable Long asked, long users) {
        return asked != null ? asked : users > 0 ? Long.valueOf(users) : null;
    }

    private @Nullable Hooks hooks(@Nullable Hooks before) {
        if (edits.hooks().isEmpty()) {
            return before;
        }
        Hooks h =
                before == null
                        ? new Hooks(
                                List.of(), List.of(), List.of(), List.of(), List.of(), List.of())
                        : before;
        return new Hooks(
                at("prestart", h.prestart()),
                at("createRuntime", h.createRuntime()),
                at("createContainer", h.createContainer()),
                at("startContainer", h.startContainer()),
                at("poststart", h.poststart()),
                at("poststop", h.poststop()));
    }

    private List<Hook> at(String point, List<Hook> before) {
        List<Hook> all = new ArrayList<>(before);
        edits.hooks().stream()
                .filter(each -> each.point().equals(point))
                .map(NamedHook::hook)
                .forEach(all::add);
        return all;
    }
}
