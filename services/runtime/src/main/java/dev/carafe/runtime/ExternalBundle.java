package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Root;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.runtime.steps.ContainerShape.Bind;
import dev.carafe.runtime.steps.ContainerShape.RootMount;
import dev.carafe.runtime.steps.ExternalShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The folder in a run directory that another runtime takes a container from: `config.json`, and
/// places where its root file system and the sources of its binds are seen by the runtime alone.
final class ExternalBundle {
    static final String FOLDER = "bundle";
    // older runtimes refuse versions that they do not know, and nothing newer is in these files
    private static final String OLDEST = "1.0.2";
    private static final String ROOT = "rootfs";
    private static final String SOURCES = "sources";

    private final Path folder;
    private final Preparation preparation;
    private final Services services;

    ExternalBundle(Path runDir, Services services, Preparation preparation) {
        this.folder = runDir.resolve(FOLDER);
        this.services = services;
        this.preparation = preparation;
    }

    Path folder() {
        return folder;
    }

    /// Writes the bundle.
    ///
    /// @return what has to be attached for the runtime to see it
    ExternalShape.Mounts write(CreateRequest request, Linux linux, String group) {
        try {
            Files.createDirectories(folder.resolve(ROOT));
            Files.createDirectories(folder.resolve(SOURCES));
            List<ExternalShape.Attached> attached = new ArrayList<>();
            List<Mount> mounts = mounts(request.spec(), attached);
            Spec spec = spec(request, linux(request, linux, group), mounts);
            Files.write(folder.resolve("config.json"), SpecJson.print(spec));
            return new ExternalShape.Mounts(
                    root(request), folder.resolve(ROOT).toString(), attached);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Binds come from detached mounts, which have their flags and owners already: the sources can
    /// be what no path leads to.
    private List<Mount> mounts(Spec spec, List<ExternalShape.Attached> attached)
            throws IOException {
        Map<Mount, Bind> binds =
                new BindMounts(services, preparation.held(), preparation.descriptors())
                        .of(spec, null);
        List<Mount> mounts = new ArrayList<>();
        for (Mount mount : spec.mounts()) {
            Bind bind = binds.get(mount);
            if (bind == null) {
                mounts.add(mount);
                continue;
            }
            Path source = folder.resolve(SOURCES).resolve(Integer.toString(attached.size()));
            if (bind.directory()) {
                Files.createDirectory(source);
            } else {
                Files.createFile(source);
            }
            attached.add(new ExternalShape.Attached(bind.fd(), source.toString()));
            mounts.add(
                    new Mount(
                            mount.destination(),
                            mount.type(),
                            source.toString(),
                            mount.options().stream()
                                    .filter(o -> !o.equals("idmap") && !o.equals("ridmap"))
                                    .toList()));
        }
        return mounts;
    }

    private RootMount root(CreateRequest request) {
        return switch (request.root()) {
            case RootFilesystem.Detached(Fd mount) ->
                    new RootMount.Attach(preparation.descriptors().pass(mount));
            case RootFilesystem.Directory(var path) ->
                    new RootMount.Attach(preparation.pass(BindMounts.tree(path.toString(), true)));
            case RootFilesystem.Overlay overlay -> OverlayRoot.of(overlay, request.runDir());
        };
    }

    private static Spec spec(CreateRequest request, Linux linux, List<Mount> mounts) {
        Spec spec = request.spec();
        Root root = spec.root();
        return spec.with()
                .ociVersion(OLDEST)
                .process(process(Objects.requireNonNull(spec.process()), request.stdio()))
                .root(new Root(ROOT, root != null && root.readonly()))
                .mounts(mounts)
                .linux(linux)
                .build();
    }

    static Process process(Process process, StdioRequest stdio) {
        return process.withTerminal(stdio.terminal());
    }

    private static Linux linux(CreateRequest request, Linux linux, String group) {
        return linux.with()
                .namespaces(namespaces(linux, request.netns()))
                .cgroupsPath("/" + group)
                .build();
    }

    /// A namespace that this process holds is joined by a path that leads through it.
    private static List<Namespace> namespaces(Linux linux, @Nullable Fd netns) {
        if (netns == null) {
            return linux.namespaces();
        }
        List<Namespace> all = new ArrayList<>(linux.namespaces());
        all.removeIf(each -> each.type().equals(Namespace.NETWORK));
        String own = "/proc/" + ProcessHandle.current().pid() + "/fd/" + netns.number();
        all.add(new Namespace(Namespace.NETWORK, own));
        return all;
    }
}
