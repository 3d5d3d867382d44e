package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Undo;
import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.build.cache.MountCache;
import dev.carafe.build.dockerfile.RunMount;
import dev.carafe.build.files.Chown;
import dev.carafe.build.files.CopyJob;
import dev.carafe.build.files.Paths;
import dev.carafe.build.files.Selection;
import dev.carafe.build.files.Source;
import dev.carafe.build.files.SourceFinder;
import dev.carafe.build.files.Target;
import dev.carafe.build.files.TreeSum;
import dev.carafe.build.steps.Material;
import dev.carafe.build.steps.StepSpec.StepMount;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Brings the mounts of a RUN step about.
final class RunMounts {
    private static final int CACHE_MODE = 0755;

    private final StageWork work;
    private final Trees trees;

    RunMounts(StageWork work, Trees trees) {
        this.work = work;
        this.trees = trees;
    }

    List<RunMount> parse(List<String> texts) {
        List<RunMount> mounts =
                texts.stream().map(text -> RunMount.parse(text, work::expand)).toList();
        mounts.forEach(this::tell);
        return mounts;
    }

    private void tell(RunMount mount) {
        switch (mount.type()) {
            case SECRET ->
                    work.job.watcher().uses(new Material.OfSecret(id(mount), !mount.required()));
            case SSH ->
                    work.job
                            .watcher()
                            .uses(
                                    new Material.OfAgent(
                                            StepSecrets.agentId(mount), !mount.required()));
            case BIND, CACHE, TMPFS -> {}
        }
    }

    /// What the result depends on: what is bound in, not what a cache happens to hold.
    String key(List<RunMount> mounts) {
        List<String> parts = new ArrayList<>();
        for (RunMount mount : mounts) {
            parts.add(mount.type() + " " + target(mount) + " " + mount.readOnly());
            if (mount.type() == RunMount.Type.BIND) {
                try (Trees.Tree tree = trees.open(mount.from())) {
                    TreeSum sum = new TreeSum(tree.root(), Selection.ALL, tree.sums());
                    parts.add(sum.of(source(tree, mount)).hex());
                }
            }
        }
        return String.join("\n", parts);
    }

    private Source source(Trees.Tree tree, RunMount mount) {
        String path = mount.source() == null ? "/" : mount.source();
        List<Source> found =
                new SourceFinder(tree.root(), work.job.options().buildKitForm())
                        .find(path.replaceAll("([*?\\[\\\\])", "\\\\$1"));
        return found.getFirst();
    }

    String target(RunMount mount) {
        String target = mount.target();
        if (target != null && !target.isEmpty()) {
            return Paths.absolute(work.edit.workingDir(), target);
        }
        return switch (mount.type()) {
            case SECRET -> "/run/secrets/" + Paths.name(id(mount));
            case SSH -> "/run/buildkit/ssh_agent.0";
            case BIND, CACHE, TMPFS -> throw new InvalidArgument("invalid mount: missing target");
        };
    }

    static String id(RunMount mount) {
        if (mount.id() != null && !mount.id().isEmpty()) {
            return mount.id();
        }
        if (mount.source() != null && !mount.source().isEmpty()) {
            return mount.source();
        }
        return mount.target() == null ? "default" : Paths.name(mount.target());
    }

    /// What a step gets.
    ///
    /// @param secretEnv variables, `NAME=value`, that must be written nowhere
    record Prepared(List<StepMount> mounts, List<String> secretEnv) {}

    /// @param undo gives back what the mounts need, after the step
    Prepared prepare(List<RunMount> mounts, Undo undo) {
        List<StepMount> prepared = new ArrayList<>();
        StepSecrets secrets =
                new StepSecrets(work.job.client(), work.job.services().secrets(), undo);
        int agents = 0;
        for (RunMount mount : mounts) {
            switch (mount.type()) {
                case BIND -> prepared.add(bind(mount, undo));
                case CACHE -> prepared.add(cache(mount, undo));
                case TMPFS ->
                        prepared.add(new StepMount(null, target(mount), false, mount.sizeBytes()));
                case SECRET -> secrets.secret(mount, id(mount), target(mount));
                case SSH ->
                        secrets.agent(mount, target(mount).replace("agent.0", "agent." + agents++));
            }
        }
        prepared.addAll(secrets.mounts());
        return new Prepared(prepared, secrets.env());
    }

    /// The files are copied aside: a root made of layers has no path of its own on this host, and
    /// what a step writes to a bind is thrown away.
    private StepMount bind(RunMount mount, Undo undo) {
        Downloads aside = new Downloads(work.job);
        undo.push(aside::close);
        Path folder = aside.newFolder();
        try (Trees.Tree tree = trees.open(mount.from());
                Fd to = FileSystem.open(folder.toString(), FileSystem.O_DIRECTORY)) {
            Source source = source(tree, mount);
            String name = source.directory() ? "d" : "f";
            copy(tree, source, to, "/" + name);
            return new StepMount(
                    folder.resolve(name).toString(), target(mount), mount.readOnly(), 0);
        }
    }

    private StepMount cache(RunMount mount, Undo undo) {
        String own = mount.id() == null || mount.id().isEmpty() ? target(mount) : mount.id();
        String space = work.job.options().buildArgs().get("BUILDKIT_CACHE_MOUNT_NS");
        MountCache.Use use =
                work.job
                        .services()
                        .cache()
                        .mounts()
                        .use(
                                space == null || space.isEmpty() ? own : space + "/" + own,
                                mount.sharing(),
                                folder -> begin(mount, folder),
                                work.job.cancellation()::check);
        undo.push(use::close);
        return new StepMount(use.path().toString(), target(mount), mount.readOnly(), 0);
    }

    /// What a new cache mount begins with: nothing, or the files of `from`.
    private void begin(RunMount mount, Path folder) {
        Chown owner =
                new Chown(
                        mount.uid() == null ? 0 : mount.uid(),
                        mount.gid() == null ? 0 : mount.gid());
        try (Fd to = FileSystem.open(folder.toString(), FileSystem.O_DIRECTORY)) {
            if (mount.from() != null && !mount.from().isEmpty()) {
                try (Trees.Tree tree = trees.open(mount.from())) {
                    copy(tree, source(tree, mount), to, "/");
                }
            }
            FileSystem.fchown(to, owner.uid(), owner.gid());
            FileSystem.fchmod(to, mount.mode() == null ? CACHE_MODE : mount.mode());
        }
    }

    private static void copy(Trees.Tree tree, Source source, Fd to, String path) {
        new CopyJob(
                        tree.root(),
                        new Target(to, null, null, null),
                        path,
                        false,
                        IgnoreRules.NONE,
                        null,
                        null,
                        false)
                .copy(source, "");
    }
}
