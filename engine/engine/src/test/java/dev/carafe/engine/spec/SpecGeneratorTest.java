package dev.carafe.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.NamespaceModes;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.SecurityConfig;
import dev.carafe.oci.runtime.Capabilities;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.snapshots.OwnerMap;
import dev.carafe.testkit.GoldenFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class SpecGeneratorTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final List<String> KNOWN = known();

    private static List<String> known() {
        List<String> all = new ArrayList<>(CapabilityRules.DEFAULTS);
        all.add("CAP_SYS_ADMIN");
        return List.copyOf(all);
    }

    private static SpecGenerator generator(boolean cgroupV2) {
        return generator(cgroupV2, ContainerDefaults.docker());
    }

    private static SpecGenerator generator(boolean cgroupV2, ContainerDefaults defaults) {
        return new SpecGenerator(
                new HostFacts(
                        KNOWN,
                        cgroupV2,
                        "/docker",
                        List.of("/proc/kcore"),
                        Path.of("/r/init/docker-init"),
                        defaults),
                new SeccompProfiles(
                        new SeccompProfiles.Machine("amd64", "SCMP_ARCH_X86_64", 6, 1)));
    }

    private static SpecInput input(HostConfig host, PlannedMount... mounts) {
        return new SpecInput(
                ID,
                ContainerConfig.of("i", List.of("echo", "hi")),
                host,
                "box",
                new Users.Resolved(0, 0, List.of(0L), "/root"),
                List.of(mounts),
                new SpecInput.Sharing(null, null, null, null, true),
                new SpecInput.EtcFiles(
                        Path.of("/d/hostname"), Path.of("/d/hosts"), Path.of("/d/resolv.conf")));
    }

    private static PlannedMount bind(String source, String target, boolean writable) {
        return PlannedMount.bind(source, target)
                .writable(writable)
                .propagation("rprivate")
                .planned();
    }

    private static PlannedMount tmpfs(String target, List<String> options) {
        return PlannedMount.tmpfs(target).options(options).listed(false).planned();
    }

    private static Mount at(Spec spec, String destination) {
        List<Mount> found =
                spec.mounts().stream().filter(m -> m.destination().equals(destination)).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<String> namespaces(Spec spec) {
        return spec.linux().namespaces().stream().map(Namespace::type).toList();
    }

    @Test
    void aPlainContainerIsConfinedAsDockersAre() {
        Spec spec = generator(false).generate(input(HostConfig.defaults()));
        assertThat(spec.hostname()).isEqualTo("box");
        assertThat(spec.process().args()).containsExactly("echo", "hi");
        assertThat(spec.process().cwd()).isEqualTo("/");
        assertThat(spec.process().capabilities())
                .isEqualTo(Capabilities.of(CapabilityRules.DEFAULTS));
        assertThat(spec.process().noNewPrivileges()).isFalse();
        assertThat(spec.root().readonly()).isFalse();
        assertThat(spec.linux().cgroupsPath()).isEqualTo("docker/" + ID);
        assertThat(spec.linux().seccomp()).isNotNull();
        assertThat(spec.linux().maskedPaths()).containsExactly("/proc/kcore");
        assertThat(spec.linux().readonlyPaths()).contains("/proc/sys", "/proc/sysrq-trigger");
        assertThat(spec.linux().sysctl()).containsEntry("net.ipv4.ip_unprivileged_port_start", "0");
        assertThat(namespaces(spec))
                .containsExactlyInAnyOrder("mount", "uts", "ipc", "pid", "network");
        assertThat(at(spec, "/sys").options()).contains("ro");
        assertThat(at(spec, "/dev/shm").options()).contains("size=67108864", "mode=1777");
        assertThat(at(spec, "/etc/hosts").source()).isEqualTo("/d/hosts");
        assertThat(spec.linux().resources().devices().getFirst().allow()).isFalse();
    }

    @Test
    void initIsTheFirstProcessOfContainersWithProcessIdsOfTheirOwn() {
        Spec spec = generator(false).generate(input(HostConfig.defaults().withInit(true)));
        assertThat(spec.process().args()).containsExactly("/sbin/docker-init", "--", "echo", "hi");
        assertThat(at(spec, "/sbin/docker-init"))
                .returns("/r/init/docker-init", Mount::source)
                .extracting(Mount::options)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("ro");
        HostConfig hostsPids =
                HostConfig.defaults()
                        .withInit(true)
                        .withNamespaces(new NamespaceModes("", "host", "", "", "", ""));
        assertThat(generator(false).generate(input(hostsPids)).process().args())
                .containsExactly("echo", "hi");
    }

    /// Without the seccomp rules: they are data of their own, and long.
    @Test
    void theSpecsOfAPlainAndAnUnconfinedContainerAreAsReviewed() {
        SecurityConfig unconfined =
                new SecurityConfig(
                        false,
                        List.of("SYS_ADMIN"),
                        List.of("MKNOD"),
                        List.of("seccomp=unconfined", "no-new-privileges"),
                        List.of(),
                        true,
                        List.of(),
                        null);
        HostConfig plain = HostConfig.defaults();
        String specs = pretty(SecurityConfig.defaults(), plain) + pretty(unconfined, plain);
        GoldenFile.assertMatches("specs.json", specs);
    }

    private static String pretty(SecurityConfig security, HostConfig host) {
        Spec spec = generator(true).generate(input(host.withSecurity(security)));
        Linux l = spec.linux();
        Linux without =
                new Linux(
                        l.namespaces(),
                        l.uidMappings(),
                        l.gidMappings(),
                        l.devices(),
                        l.cgroupsPath(),
                        l.resources(),
                        l.rootfsPropagation(),
                        null,
                        l.sysctl(),
                        l.maskedPaths(),
                        l.readonlyPaths(),
                        l.mountLabel());
        Spec shown =
                new Spec(
                        spec.ociVersion(),
                        spec.process(),
                        spec.root(),
                        spec.hostname(),
                        spec.domainname(),
                        spec.mounts(),
                        null,
                        without,
                        spec.annotations());
        return new String(SpecJson.print(shown), StandardCharsets.UTF_8)
                        .replace("},{", "},\n{")
                        .replace("],", "],\n")
                + "\n";
    }

    @Test
    void onTheUnifiedHierarchyTheCgroupNamespaceIsPrivate() {
        assertThat(namespaces(generator(true).generate(input(HostConfig.defaults()))))
                .contains("cgroup");
    }

    @Test
    void aPrivilegedContainerIsNot() {
        Spec spec =
                generator(false)
                        .generate(
                                input(
                                        HostConfig.defaults()
                                                .withSecurity(SecurityConfig.asPrivileged())));
        assertThat(spec.process().capabilities().effective()).isEqualTo(KNOWN);
        assertThat(spec.linux().seccomp()).isNull();
        assertThat(spec.linux().maskedPaths()).isEmpty();
        assertThat(spec.linux().readonlyPaths()).isEmpty();
        assertThat(at(spec, "/sys").options()).contains("rw").doesNotContain("ro");
        assertThat(spec.linux().resources().devices().getFirst().allow()).isTrue();
    }

    @Test
    void anotherUserThanRootHasTheBoundingSetOnly() {
        SpecInput root = input(HostConfig.defaults());
        SpecInput other =
                new SpecInput(
                        root.id(),
                        root.config(),
                        root.host(),
                        root.hostname(),
                        new Users.Resolved(1000, 1000, List.of(1000L), "/"),
                        root.mounts(),
                        root.namespaces(),
                        root.etc());
        Capabilities capabilities = generator(false).generate(other).process().capabilities();
        assertThat(capabilities.bounding()).isEqualTo(CapabilityRules.DEFAULTS);
        assertThat(capabilities.effective()).isEmpty();
        assertThat(capabilities.permitted()).isEmpty();
    }

    @Test
    void usersAreMappedInANamespaceOfTheirOwnUnlessTheHostsIsAsked() {
        OwnerMap.Range range = new OwnerMap.Range(0, 100_000, 65_536);
        ContainerDefaults docker = ContainerDefaults.docker();
        ContainerDefaults remapping =
                new ContainerDefaults(
                        docker.init(),
                        docker.shmSizeBytes(),
                        docker.ipcMode(),
                        docker.cgroupns(),
                        docker.stopTimeoutSeconds(),
                        docker.noNewPrivileges(),
                        docker.ulimits(),
                        docker.seccomp(),
                        new OwnerMap(List.of(range), List.of(range)),
                        0);
        PlannedMount own = bind("/h/own", "/own", true).shifted(true);
        HostConfig host = HostConfig.defaults();
        Spec spec =
                generator(false, remapping).generate(input(host, own, bind("/h/b", "/b", true)));
        Linux.IdMapping inside = new Linux.IdMapping(0, 100_000, 65_536);
        assertThat(spec.linux().namespaces()).contains(Namespace.fresh(Namespace.USER));
        assertThat(spec.linux().uidMappings()).containsExactly(inside);
        assertThat(spec.linux().sysctl()).containsEntry("net.ipv4.ping_group_range", "0 65535");
        assertThat(at(spec, "/own").uidMappings())
                .containsExactly(inside, new Linux.IdMapping(0xffff_fffeL, 0, 1));
        assertThat(at(spec, "/b").uidMappings()).isEmpty();
        HostConfig asHost = host.withNamespaces(new NamespaceModes("", "", "", "", "host", ""));
        Spec plain = generator(false, remapping).generate(input(asHost, own));
        assertThat(plain.linux().uidMappings()).isEmpty();
        assertThat(plain.linux().namespaces()).doesNotContain(Namespace.fresh(Namespace.USER));
        assertThat(at(plain, "/own").uidMappings()).isEmpty();
    }

    @Test
    void mountsOfTheClientReplaceDefaultsAndParentsComeFirst() {
        Spec spec =
                generator(false)
                        .generate(
                                input(
                                        HostConfig.defaults(),
                                        bind("/h/deep", "/a/b/c", false),
                                        bind("/h/top", "/a", true),
                                        bind("/h/shm", "/dev/shm", true),
                                        bind("/h/hosts", "/etc/hosts", true)));
        List<String> order = spec.mounts().stream().map(Mount::destination).toList();
        assertThat(order.indexOf("/a")).isLessThan(order.indexOf("/a/b/c"));
        assertThat(order.indexOf("/dev")).isLessThan(order.indexOf("/dev/shm"));
        assertThat(at(spec, "/dev/shm").source()).isEqualTo("/h/shm");
        assertThat(at(spec, "/etc/hosts").source()).isEqualTo("/h/hosts");
        assertThat(at(spec, "/a/b/c").options()).containsExactly("rbind", "rprivate", "ro", "rro");
        assertThat(at(spec, "/a").options()).containsExactly("rbind", "rprivate");
    }

    @Test
    void aTmpfsIsConfinedUnlessAskedOtherwise() {
        Spec spec =
                generator(false)
                        .generate(
                                input(
                                        HostConfig.defaults(),
                                        tmpfs("/t", List.of("exec", "size=1m", "rw"))));
        assertThat(at(spec, "/t").options()).containsExactly("nosuid", "nodev", "size=1m", "rw");
    }

    @Test
    void limitsAreTranslated() {
        HostConfig host =
                HostConfig.defaults()
                        .withResources(ResourceConfig.limits(64 << 20, 1_500_000_000L, 42L));
        var resources = generator(false).generate(input(host)).linux().resources();
        assertThat(resources.memory().limit()).isEqualTo(64L << 20);
        assertThat(resources.memory().swap()).isEqualTo(128L << 20);
        assertThat(resources.cpu().quota()).isEqualTo(150_000);
        assertThat(resources.cpu().period()).isEqualTo(100_000);
        assertThat(resources.pids().limit()).isEqualTo(42);
        var none = generator(false).generate(input(HostConfig.defaults())).linux().resources();
        assertThat(none.memory()).isNull();
        assertThat(none.cpu()).isNull();
        assertThat(none.pids()).isNull();
    }

    @Test
    void hostModesListNoNamespace() {
        HostConfig host =
                HostConfig.defaults()
                        .withNamespaces(new NamespaceModes("host", "host", "host", "host", "", ""));
        SpecInput shared = input(host);
        SpecInput hostNetwork =
                new SpecInput(
                        shared.id(),
                        shared.config(),
                        host,
                        shared.hostname(),
                        shared.user(),
                        List.of(),
                        new SpecInput.Sharing(null, null, null, null, false),
                        null);
        Spec spec = generator(true).generate(hostNetwork);
        assertThat(namespaces(spec)).containsExactly("mount");
        assertThat(spec.hostname()).isNull();
        assertThat(spec.linux().sysctl()).isEmpty();
        assertThat(at(spec, "/dev/shm").type()).isEqualTo("bind");
        assertThat(spec.mounts().stream().map(Mount::destination)).doesNotContain("/etc/hosts");
    }

    @Test
    void anExecHasTheContainersEnvironmentAndItsOwn() {
        ExecConfig exec =
                new ExecConfig(
                        List.of("id"),
                        List.of("A=2"),
                        "",
                        "/w",
                        true,
                        false,
                        true,
                        true,
                        true,
                        null,
                        null);
        var process =
                generator(false)
                        .exec(
                                input(HostConfig.defaults()),
                                exec,
                                new Users.Resolved(0, 0, List.of(0L), "/root"));
        assertThat(process.env()).contains("A=2", "HOSTNAME=box", "TERM=xterm", "HOME=/root");
        assertThat(process.cwd()).isEqualTo("/w");
        assertThat(process.capabilities().effective()).isEqualTo(KNOWN);
    }

    @Test
    void deviceRulesAreRead() {
        var rule = DeviceList.parseRule("c 10:* rw");
        assertThat(rule.major()).isEqualTo(10);
        assertThat(rule.minor()).isNull();
        assertThat(rule.access()).isEqualTo("rw");
        assertThat(HostDevices.major(0x0801)).isEqualTo(8);
        assertThat(HostDevices.minor(0x0801)).isEqualTo(1);
        assertThat(HostDevices.minor(0x100823L)).isEqualTo(0x123);
    }
}
