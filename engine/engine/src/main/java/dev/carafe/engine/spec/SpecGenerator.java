package dev.carafe.engine.spec;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.NamespaceModes;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.SecurityConfig;
import dev.carafe.oci.runtime.Capabilities;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Rlimit;
import dev.carafe.oci.runtime.Root;
import dev.carafe.oci.runtime.Seccomp;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.User;
import dev.carafe.snapshots.OwnerMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the OCI runtime spec of a container as Docker makes it. Pure but for looking at the host's
/// devices. Thread-safe.
public final class SpecGenerator {
    private final HostFacts facts;
    private final SeccompProfiles seccomp;

    /// @throws dev.carafe.base.InvalidArgument the default seccomp profile is none
    public SpecGenerator(HostFacts facts, SeccompProfiles seccomp) {
        if (!List.of("", "unconfined").contains(facts.defaults().seccomp())) {
            SeccompProfiles.check(facts.defaults().seccomp());
        }
        this.facts = facts;
        this.seccomp = seccomp;
    }

    /// @throws dev.carafe.base.InvalidArgument when an option can't be
    public Spec generate(SpecInput input) {
        HostConfig host = input.host();
        SecurityOptions security = SecurityOptions.parse(host.security().securityOptions());
        boolean privileged = host.security().privileged();
        List<Mount> mounts =
                new ArrayList<>(
                        new MountList(input, facts.defaults().ownersOf(host))
                                .all(privileged, security.writableCgroups()));
        if (InitProgram.isWanted(host, facts)) {
            mounts.add(InitProgram.mount(facts.init()));
        }
        boolean ownUts = !host.namespaces().uts().equals("host");
        return new Spec(
                Spec.VERSION,
                process(input, security),
                new Root("", host.security().readonlyRootfs()),
                ownUts ? input.hostname() : null,
                input.config().domainname().isEmpty() || !ownUts
                        ? null
                        : input.config().domainname(),
                mounts,
                null,
                linux(input, security),
                host.annotations());
    }

    /// The process of an exec. Capabilities and no_new_privs are the container's unless it is
    /// privileged.
    public Process exec(SpecInput container, ExecConfig exec, Users.Resolved user) {
        SecurityOptions security =
                SecurityOptions.parse(container.host().security().securityOptions());
        List<String> capabilities =
                exec.privileged() ? facts.capabilities() : capabilities(container.host());
        ContainerConfig config = container.config();
        List<String> env =
                Environment.over(
                        Environment.of(config.env(), container.hostname(), exec.tty(), user.home()),
                        exec.env(),
                        user.home());
        String cwd =
                exec.workingDir() != null && !exec.workingDir().isEmpty()
                        ? exec.workingDir()
                        : workingDir(config);
        return new Process(
                exec.tty(),
                null,
                user(user),
                exec.command(),
                env,
                cwd,
                effective(capabilities, user.uid()),
                rlimits(container.host()),
                noNewPrivileges(container.host(), security),
                null,
                null,
                null);
    }

    private Process process(SpecInput input, SecurityOptions security) {
        ContainerConfig config = input.config();
        List<String> args =
                new ArrayList<>(config.entrypoint() == null ? List.of() : config.entrypoint());
        args.addAll(config.command() == null ? List.of() : config.command());
        return new Process(
                config.tty(),
                consoleSize(input.host()),
                user(input.user()),
                InitProgram.isWanted(input.host(), facts) ? InitProgram.before(args) : args,
                Environment.of(config.env(), input.hostname(), config.tty(), input.user().home()),
                workingDir(config),
                effective(capabilities(input.host()), input.user().uid()),
                rlimits(input.host()),
                noNewPrivileges(input.host(), security),
                null,
                input.host().resources().oomScoreAdj(),
                null);
    }

    private boolean noNewPrivileges(HostConfig host, SecurityOptions security) {
        return security.noNewPrivileges()
                || (facts.defaults().noNewPrivileges() && !host.security().privileged());
    }

    private static Process.@Nullable ConsoleSize consoleSize(HostConfig host) {
        List<Integer> size = host.consoleSize();
        return size.size() == 2 && size.get(0) > 0 && size.get(1) > 0
                ? new Process.ConsoleSize(size.get(0), size.get(1))
                : null;
    }

    /// Refuses what no container can have, and fills in the paths that are kept from it: they show
    /// from its creation on.
    ///
    /// @throws dev.carafe.base.InvalidArgument unknown security options and capabilities
    public HostConfig completed(HostConfig host) {
        SecurityOptions options = SecurityOptions.parse(host.security().securityOptions());
        capabilities(host.withSecurity(host.security().withPrivileged(false)));
        if (host.security().privileged() || options.systemPathsUnconfined()) {
            return host;
        }
        return host.withSecurity(
                host.security().withDefaultPaths(facts.maskedPaths(), SystemPaths.READ_ONLY));
    }

    private static String workingDir(ContainerConfig config) {
        String dir = config.workingDir();
        return dir == null || dir.isEmpty() ? "/" : dir;
    }

    private static User user(Users.Resolved user) {
        return new User(user.uid(), user.gid(), null, user.additionalGids());
    }

    private List<String> capabilities(HostConfig host) {
        SecurityConfig security = host.security();
        return CapabilityRules.resolve(
                security.privileged(), security.capAdd(), security.capDrop(), facts.capabilities());
    }

    /// Who is not root has the bounding set only: a set-uid program can gain them, the process
    /// itself has none.
    private static Capabilities effective(List<String> names, long uid) {
        return uid == 0
                ? Capabilities.of(names)
                : new Capabilities(names, List.of(), List.of(), List.of(), List.of());
    }

    /// The container's, and the engine's that it does not set itself.
    private List<Rlimit> rlimits(HostConfig host) {
        Map<String, ResourceConfig.Ulimit> byName = new LinkedHashMap<>();
        host.resources().ulimits().forEach(u -> byName.put(u.name(), u));
        facts.defaults().ulimits().forEach(u -> byName.putIfAbsent(u.name(), u));
        return byName.values().stream()
                .map(u ->
                        new Rlimit(
                                "RLIMIT_" + u.name().toUpperCase(Locale.ROOT), u.hard(), u.soft()))
                .toList();
    }

    private Linux linux(SpecInput input, SecurityOptions security) {
        HostConfig host = input.host();
        DeviceList devices = DeviceList.of(host);
        ResourceConfig resources = host.resources();
        OwnerMap owners = facts.defaults().ownersOf(host);
        return new Linux(
                namespaces(input, owners),
                IdMaps.ofContainer(owners.users()),
                IdMaps.ofContainer(owners.groups()),
                devices.nodes(),
                cgroupPath(facts.cgroupParent(), host, input.id()),
                ResourceLimits.of(resources, devices.rules()),
                propagation(input),
                filter(host, security),
                sysctls(input, owners),
                paths(host, security, host.security().maskedPaths(), facts.maskedPaths()),
                paths(host, security, host.security().readonlyPaths(), SystemPaths.READ_ONLY),
                null);
    }

    /// `docker/<id>`, without the leading slash.
    public static String cgroupPath(String defaultParent, HostConfig host, String id) {
        String parent = host.resources().cgroupParent();
        String top = parent.isEmpty() ? defaultParent : parent;
        // whatever leads above the root stays there, as with dockerd
        return Path.of("/").resolve(top).normalize().resolve(id).toString().substring(1);
    }

    private static List<String> paths(
            HostConfig host,
            SecurityOptions security,
            @Nullable List<String> asked,
            List<String> defaults) {
        if (host.security().privileged() || security.systemPathsUnconfined()) {
            return List.of();
        }
        return asked == null ? defaults : asked;
    }

    private @Nullable Seccomp filter(HostConfig host, SecurityOptions security) {
        String profile = security.seccomp();
        if (profile == null && !host.security().privileged()) {
            profile = facts.defaults().seccomp();
        }
        if ("unconfined".equals(profile) || (host.security().privileged() && profile == null)) {
            return null;
        }
        LinkedHashSet<String> capabilities = new LinkedHashSet<>(capabilities(host));
        return profile == null || profile.isEmpty() || profile.equals("builtin")
                ? seccomp.defaultFilter(capabilities)
                : seccomp.custom(profile, capabilities);
    }

    private List<Namespace> namespaces(SpecInput input, OwnerMap owners) {
        NamespaceModes modes = input.host().namespaces();
        SpecInput.Sharing sharing = input.namespaces();
        List<Namespace> list = new ArrayList<>();
        list.add(Namespace.fresh(Namespace.MOUNT));
        if (!owners.equals(OwnerMap.NONE)) {
            list.add(new Namespace(Namespace.USER, sharing.userPath()));
        }
        if (!modes.uts().equals("host")) {
            list.add(Namespace.fresh(Namespace.UTS));
        }
        if (!modes.ipc().equals("host")) {
            list.add(new Namespace(Namespace.IPC, sharing.ipcPath()));
        }
        if (!modes.pid().equals("host")) {
            list.add(new Namespace(Namespace.PID, sharing.pidPath()));
        }
        if (sharing.privateNetwork() || sharing.networkPath() != null) {
            list.add(new Namespace(Namespace.NETWORK, sharing.networkPath()));
        }
        if (!cgroupns(modes).equals("host")) {
            list.add(Namespace.fresh(Namespace.CGROUP));
        }
        return list;
    }

    /// Docker's default: private on cgroup v2, the host's on v1.
    private String cgroupns(NamespaceModes modes) {
        return modes.cgroupns().isEmpty()
                ? (facts.cgroupV2() ? "private" : "host")
                : modes.cgroupns();
    }

    /// Sysctls of an own network namespace let every user ping and open low ports, as Docker's do.
    private static Map<String, String> sysctls(SpecInput input, OwnerMap owners) {
        Map<String, String> sysctls = new LinkedHashMap<>();
        if (input.namespaces().privateNetwork()) {
            sysctls.put("net.ipv4.ip_unprivileged_port_start", "0");
            sysctls.put("net.ipv4.ping_group_range", "0 " + lastGroup(owners));
        }
        sysctls.putAll(input.host().resources().sysctls());
        return sysctls;
    }

    /// A user namespace has only the groups that are mapped.
    private static long lastGroup(OwnerMap owners) {
        return owners.groups().isEmpty()
                ? Integer.MAX_VALUE
                : owners.groups().getFirst().count() - 1;
    }

    /// The root must let mounts through when one of the client's mounts shall.
    private static @Nullable String propagation(SpecInput input) {
        boolean shared = input.mounts().stream().anyMatch(m -> m.propagation().endsWith("shared"));
        boolean slave = input.mounts().stream().anyMatch(m -> m.propagation().endsWith("slave"));
        return shared ? "shared" : slave ? "rslave" : null;
    }
}
