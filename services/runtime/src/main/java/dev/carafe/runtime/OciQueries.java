package dev.carafe.runtime;

import dev.carafe.linux.Capabilities;
import dev.carafe.linux.seccomp.SeccompArchitecture;
import dev.carafe.oci.runtime.Features;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.oci.runtime.State;
import dev.carafe.runtime.steps.MountOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The verbs of the OCI command line that change nothing.
final class OciQueries {
    private static final String ROW = "%-40s %-9s %-9s %-40s %s%n";

    private final OciStore store;
    private final PrintStream out;

    OciQueries(OciStore store, PrintStream out) {
        this.store = store;
        this.out = out;
    }

    void state(String id) throws IOException {
        print(SpecJson.print(store.find(id).state()));
    }

    void list(OciArguments arguments) throws IOException {
        List<State> states = store.all().stream().map(OciStore.Found::state).toList();
        if (arguments.flag("-quiet")) {
            states.forEach(s -> out.println(s.id()));
        } else if (arguments.value("-format").orElse("table").equals("json")) {
            print(SpecJson.print(states));
        } else {
            out.printf(Locale.ROOT, ROW, "ID", "PID", "STATUS", "BUNDLE", "CREATED");
            states.forEach(s ->
                    out.printf(
                            Locale.ROOT,
                            ROW,
                            s.id(),
                            s.pid(),
                            s.status(),
                            s.bundle(),
                            s.created()));
        }
    }

    void features() {
        Features.SeccompFeatures seccomp =
                new Features.SeccompFeatures(
                        true,
                        List.of(
                                "SCMP_ACT_ALLOW",
                                "SCMP_ACT_ERRNO",
                                "SCMP_ACT_KILL",
                                "SCMP_ACT_KILL_PROCESS",
                                "SCMP_ACT_KILL_THREAD",
                                "SCMP_ACT_LOG",
                                "SCMP_ACT_TRACE",
                                "SCMP_ACT_TRAP"),
                        List.of(
                                "SCMP_CMP_EQ",
                                "SCMP_CMP_GE",
                                "SCMP_CMP_GT",
                                "SCMP_CMP_LE",
                                "SCMP_CMP_LT",
                                "SCMP_CMP_MASKED_EQ",
                                "SCMP_CMP_NE"),
                        Arrays.stream(SeccompArchitecture.values())
                                .map(SeccompArchitecture::ociName)
                                .toList(),
                        List.of(
                                "SECCOMP_FILTER_FLAG_LOG",
                                "SECCOMP_FILTER_FLAG_SPEC_ALLOW",
                                "SECCOMP_FILTER_FLAG_TSYNC"));
        print(
                SpecJson.print(
                        new Features(
                                "1.0.0",
                                Spec.VERSION,
                                List.of("prestart", "createRuntime", "poststart", "poststop"),
                                MountOptions.known(),
                                new Features.LinuxFeatures(
                                        List.of(
                                                "cgroup", "ipc", "mount", "network", "pid", "time",
                                                "user", "uts"),
                                        Capabilities.known(),
                                        new Features.CgroupFeatures(
                                                true, true, false, false, false),
                                        seccomp))));
    }

    private void print(byte[] json) {
        out.println(new String(json, StandardCharsets.UTF_8));
    }
}
