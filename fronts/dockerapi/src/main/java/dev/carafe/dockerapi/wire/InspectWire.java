package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.nullIfEmpty;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.ContainerConfig;
import dev.carafe.dockermodel.ContainerInspect;
import dev.carafe.dockermodel.ExecInspect;
import dev.carafe.dockermodel.ExecProcessConfig;
import dev.carafe.dockermodel.GraphDriver;
import dev.carafe.dockermodel.MountPoint;
import dev.carafe.engine.view.ContainerSummary;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.engine.view.ExecView;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What inspect shows of containers and execs.
public final class InspectWire {
    private InspectWire() {}

    /// @param sizes null unless asked for
    public static ContainerInspect container(
            ContainerView c, ContainerSummary.@Nullable Sizes sizes, ApiVersion version) {
        ContainerInspect w = new ContainerInspect();
        w.id = c.id();
        w.created = Times.nano(c.created());
        w.path = c.path();
        w.args = c.args();
        w.state = StateWire.inspect(c.state(), c.health(), c.oomKilled());
        w.image = c.imageId();
        w.resolvConfPath = path(c.files().resolvConf());
        w.hostnamePath = path(c.files().hostname());
        w.hostsPath = path(c.files().hosts());
        w.logPath = path(c.files().log());
        w.name = "/" + c.name();
        w.restartCount = c.restartCount();
        w.driver = c.storageDriver();
        w.platform = c.platform().isEmpty() ? "linux" : c.platform().split("/", 2)[0];
        w.mountLabel = "";
        w.processLabel = "";
        w.appArmorProfile = "";
        w.execIds = nullIfEmpty(c.execIds());
        w.hostConfig = HostConfigWrite.write(c.hostConfig());
        w.graphDriver = new GraphDriver(nullIfEmpty(c.layers()), c.storageDriver());
        w.sizeRw = sizes == null ? null : sizes.writableBytes();
        w.sizeRootFs = sizes == null ? null : sizes.rootBytes();
        w.mounts = mounts(c);
        ContainerConfig config = ConfigWire.write(c.config());
        if (config.macAddress == null) {
            config.macAddress = OwnMac.asked(c);
        }
        w.config = config;
        w.networkSettings = EndpointWire.settings(c, version);
        return w;
    }

    private static String path(@Nullable Path path) {
        return path == null ? "" : path.toString();
    }

    static List<MountPoint> mounts(ContainerView c) {
        return c.mounts().stream()
                .map(m ->
                        new MountPoint(
                                m.type(),
                                nullIfEmpty(m.name()),
                                m.source(),
                                m.destination(),
                                nullIfEmpty(m.driver()),
                                m.mode(),
                                m.writable(),
                                m.propagation()))
                .toList();
    }

    public static ExecInspect exec(ExecView e) {
        var c = e.config();
        List<String> command = c.command();
        ExecProcessConfig process =
                new ExecProcessConfig(
                        c.tty(),
                        command.isEmpty() ? "" : command.getFirst(),
                        command.isEmpty() ? List.of() : command.subList(1, command.size()),
                        c.privileged(),
                        nullIfEmpty(c.user()));
        return new ExecInspect(
                e.id(),
                e.running(),
                e.exitCode(),
                process,
                c.attachStdin(),
                c.attachStderr(),
                c.attachStdout(),
                false,
                e.containerId(),
                Wire.text(c.detachKeys()),
                e.pid());
    }
}
