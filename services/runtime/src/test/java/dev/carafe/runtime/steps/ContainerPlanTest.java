package dev.carafe.runtime.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Step;
import dev.carafe.testkit.GoldenFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The order of a plan's steps is the security of a container: it is looked at as a diff of a
/// golden file.
class ContainerPlanTest {
    private static final KernelFacts KERNEL = new KernelFacts(true, true, 40, (1L << 41) - 1);
    private static final KernelFacts OLD_KERNEL = new KernelFacts(false, false, 40, (1L << 41) - 1);
    private static final ContainerShape.Filter FILTER = new ContainerShape.Filter(new byte[8], 0);

    @Test
    void aStandardContainer() throws Exception {
        GoldenFile.assertMatches("container-plan.txt", plan(KERNEL, spec(false), false).describe());
    }

    @Test
    void onAnOldKernel() throws Exception {
        GoldenFile.assertMatches(
                "container-plan-old-kernel.txt", plan(OLD_KERNEL, spec(false), false).describe());
    }

    @Test
    void withoutAMonitor() throws Exception {
        GoldenFile.assertMatches(
                "container-plan-bare.txt", plan(KERNEL, spec(false), true).describe());
    }

    @Test
    void anExec() throws Exception {
        ExecShape shape =
                new ExecShape(
                        "id",
                        spec(true).process(),
                        20,
                        0x7c020000L,
                        false,
                        groups(),
                        null,
                        true,
                        false,
                        FILTER,
                        KERNEL);
        GoldenFile.assertMatches("exec-plan.txt", ExecPlan.of(shape, 30).describe());
    }

    @Test
    void everyDescriptorIsReallyClosedBeforeThePathsOfTheImageAreResolved() throws Exception {
        List<String> labels = labels(plan(KERNEL, spec(false), false));
        int closed = labels.indexOf("close every descriptor of ours");
        assertThat(closed).isPositive();
        assertThat(labels.indexOf("chdir to cwd (\"/work\") set in config.json failed"))
                .isGreaterThan(closed);
        assertThat(labels.indexOf("exec /usr/bin/top")).isGreaterThan(closed);
        assertThat(labels.indexOf("pivot to the root file system"))
                .isLessThan(labels.indexOf("mount proc on /proc"));
    }

    @Test
    void theFilterComesBeforeTheCapabilitiesGoOnlyWithoutNoNewPrivileges() throws Exception {
        List<String> with = labels(plan(KERNEL, spec(true), false));
        assertThat(with.indexOf("install the seccomp filter"))
                .isGreaterThan(with.indexOf("set no_new_privs"))
                .isGreaterThan(with.indexOf("set capabilities"));
        List<String> without = labels(plan(KERNEL, spec(false), false));
        assertThat(without.indexOf("install the seccomp filter"))
                .isLessThan(without.indexOf("set capabilities"));
    }

    @Test
    void aSpecWithoutAProgramIsRefused() throws Exception {
        Spec spec = spec(false);
        Spec nothing =
                new Spec(
                        spec.ociVersion(),
                        null,
                        spec.root(),
                        null,
                        null,
                        spec.mounts(),
                        null,
                        spec.linux(),
                        Map.of());
        assertThatThrownBy(() -> plan(KERNEL, nothing, false)).isInstanceOf(InvalidArgument.class);
    }

    private static Spec spec(boolean noNewPrivileges) throws Exception {
        String json = Files.readString(Path.of("src/test/golden/spec.json"));
        return SpecJson.spec(json.replace("@NNP@", Boolean.toString(noNewPrivileges)).getBytes());
    }

    private static LaunchPlan plan(KernelFacts kernel, Spec spec, boolean bare) {
        return ContainerPlan.of(
                new ContainerShape(
                        "id",
                        spec,
                        new ContainerShape.RootMount.Attach(21),
                        binds(spec, kernel),
                        Map.of(Namespace.NETWORK, 25),
                        groups(),
                        null,
                        List.of(
                                new ContainerShape.CgroupMount(
                                        "memory", "memory", List.of(), null)),
                        Map.of(),
                        20,
                        0,
                        true,
                        false,
                        bare,
                        FILTER,
                        kernel),
                30);
    }

    private static Map<Mount, ContainerShape.Bind> binds(Spec spec, KernelFacts kernel) {
        var mount = spec.mounts().getLast();
        Map<Mount, ContainerShape.Bind> binds = new IdentityHashMap<>();
        binds.put(
                mount,
                new ContainerShape.Bind(mount, 24, true, "/vol", false, !kernel.mountSetattr()));
        return binds;
    }

    private static Map<String, Integer> groups() {
        return new TreeMap<>(Map.of("1 of 2", 22, "2 of 2", 23));
    }

    private static List<String> labels(LaunchPlan plan) {
        return plan.steps().stream().map(Step::label).toList();
    }
}
