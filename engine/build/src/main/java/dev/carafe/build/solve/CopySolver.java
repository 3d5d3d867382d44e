package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.build.dockerfile.CopySources;
import dev.carafe.build.dockerfile.Heredoc;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.files.Archives;
import dev.carafe.build.files.Chmod;
import dev.carafe.build.files.Chown;
import dev.carafe.build.files.CopyJob;
import dev.carafe.build.files.Paths;
import dev.carafe.build.files.Selection;
import dev.carafe.build.files.Source;
import dev.carafe.build.files.SourceFinder;
import dev.carafe.build.files.Target;
import dev.carafe.build.files.TreeSum;
import dev.carafe.build.git.GitSource;
import dev.carafe.build.words.Lexer;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// COPY and ADD.
final class CopySolver {
    private static final int FILE = FileSystem.O_RDONLY | FileSystem.O_NONBLOCK;
    private static final int DEFAULT_FILE_MODE = 0644;

    private final StageWork work;
    private final Trees trees;

    CopySolver(StageWork work, Trees trees) {
        this.work = work;
        this.trees = trees;
    }

    /// A source that was found.
    ///
    /// @param written the pattern that led to it
    private record Found(Source source, String written) {}

    void copy(Instruction.Copy copy) {
        if (copy.sources().paths().stream().anyMatch(Download::isUrl)) {
            throw new InvalidArgument("COPY failed: source can't be a URL for COPY");
        }
        run(
                work(
                        "COPY",
                        copy.sources(),
                        work.expandOrNull(copy.from()),
                        copy.chown(),
                        copy.chmod(),
                        copy.parents(),
                        copy.excludes(),
                        null,
                        null,
                        null));
    }

    void add(Instruction.Add add) {
        run(
                work(
                        "ADD",
                        add.sources(),
                        null,
                        add.chown(),
                        add.chmod(),
                        false,
                        add.excludes(),
                        add.checksum(),
                        add.unpack(),
                        add.keepGitDir()));
    }

    private CopyWork work(
            String name,
            CopySources sources,
            @Nullable String from,
            @Nullable String chown,
            @Nullable String chmod,
            boolean parents,
            List<String> excludes,
            @Nullable String checksum,
            @Nullable Boolean unpack,
            @Nullable Boolean keepGitDir) {
        List<String> paths = work.expandAll(sources.paths());
        String destination = work.expand(sources.destination());
        String absolute = Paths.absolute(work.edit.workingDir(), destination);
        boolean slash = Paths.isDirectory(destination) && !absolute.equals("/");
        return new CopyWork(
                name,
                paths,
                sources.inline().stream().map(this::expanded).toList(),
                destination,
                slash ? absolute + "/" : absolute,
                from,
                StageSolver.emptyToNull(work.expandOrNull(chown)),
                StageSolver.emptyToNull(work.expandOrNull(chmod)),
                parents,
                work.expandAll(excludes),
                StageSolver.emptyToNull(work.expandOrNull(checksum)),
                unpack,
                keepGitDir);
    }

    private Heredoc expanded(Heredoc heredoc) {
        if (!heredoc.expand()) {
            return new Heredoc(heredoc.name(), false, false, heredoc.text());
        }
        Lexer lexer = new Lexer(work.lexer.escape(), false, false, false, true);
        return new Heredoc(
                heredoc.name(), true, false, lexer.expand(heredoc.text(), work.variables()));
    }

    private void run(CopyWork copy) {
        try (Downloads downloads = new Downloads(work.job);
                Trees.Tree tree = tree(copy, downloads)) {
            List<Download> remote = new ArrayList<>();
            List<Found> found = new ArrayList<>();
            SourceFinder finder = new SourceFinder(tree.root(), work.job.options().buildKitForm());
            for (String path : copy.paths()) {
                Optional<GitSource> git = copy.add() ? GitSource.ofSource(path) : Optional.empty();
                if (git.isPresent()) {
                    GitSource source = git.get().with(copy.checksum(), copy.keepGitDir());
                    remote.add(downloads.get(source, work.job.client()));
                } else if (copy.add() && Download.isUrl(path)) {
                    remote.add(downloads.get(path, copy.checksum(), copy.destination()));
                } else if (copy.checksum() != null) {
                    throw new InvalidArgument("checksum requires HTTP(S) or Git sources");
                } else {
                    finder.find(path, copy.parents())
                            .forEach(source -> found.add(new Found(source, path)));
                }
            }
            int count = count(copy, remote.size() + found.size());
            String sum = sum(copy, tree, remote, found);
            String chown = copy.chown() == null ? "" : "--chown=" + copy.chown() + " ";
            String text = copy.name() + " " + chown + sum + " in " + copy.written() + " ";
            String classic = Texts.nopNear(work.edit.shell(), text);
            Chmod chmod = copy.chmod() == null ? null : Chmod.parse(copy.chmod());
            work.step(
                    new StepText(classic, copy.text() + StepText.MADE),
                    copy.key(sources(copy, remote, found)),
                    () ->
                            work.layers.make(
                                    work.state.top(),
                                    owner(copy),
                                    chmod,
                                    target ->
                                            fill(copy, tree.root(), target, remote, found, count)));
        }
    }

    /// The names that the files come by: wildcards and servers do not matter.
    private static List<String> sources(CopyWork copy, List<Download> remote, List<Found> found) {
        if (copy.parents()) {
            return copy.paths();
        }
        List<String> sources = new ArrayList<>();
        remote.forEach(download -> sources.add(download.name()));
        found.forEach(one -> sources.add(one.source().path()));
        return sources;
    }

    /// Where sources are found: a context that nothing is taken of is not asked for.
    private Trees.Tree tree(CopyWork copy, Downloads downloads) {
        boolean none = copy.paths().stream().allMatch(path -> copy.add() && isRemote(path));
        return none ? new Trees.Tree(downloads.folder(), null, null) : trees.open(copy.from());
    }

    private static boolean isRemote(String path) {
        return Download.isUrl(path) || GitSource.ofSource(path).isPresent();
    }

    /// How many sources the destination has to be a folder for. BuildKit asks for no such: of
    /// several files with one destination the last is kept.
    private int count(CopyWork copy, int found) {
        int count = found + copy.inline().size();
        if (work.job.options().buildKitForm()) {
            return Math.min(1, count);
        }
        boolean folder = copy.destination().endsWith("/") || copy.destination().equals("/");
        if (count > 1 && !copy.parents() && !folder) {
            throw new InvalidArgument(
                    "When using "
                            + copy.name()
                            + " with more than one source file, the destination must be a directory"
                            + " and end with a /");
        }
        return count;
    }

    private static String sum(
            CopyWork copy, Trees.Tree tree, List<Download> remote, List<Found> found) {
        Selection selection = new Selection(IgnoreRules.of(copy.excludes()));
        TreeSum contents = new TreeSum(tree.root(), selection, tree.sums());
        List<String> sums = new ArrayList<>();
        remote.forEach(download -> sums.add(download.sum()));
        for (Found one : found) {
            String kind = one.source().directory() ? "dir:" : "file:";
            sums.add(kind + contents.of(one.source()).hex());
        }
        for (Heredoc heredoc : copy.inline()) {
            byte[] bytes = heredoc.content().getBytes(StandardCharsets.UTF_8);
            sums.add("file:" + Digest.of(bytes).hex());
        }
        return sums.size() == 1
                ? sums.getFirst()
                : "multi:"
                        + Digest.of(String.join(",", sums).getBytes(StandardCharsets.UTF_8)).hex();
    }

    private @Nullable Chown owner(CopyWork copy) {
        if (copy.chown() == null) {
            return null;
        }
        return Owners.of(work, copy.chown());
    }

    private void fill(
            CopyWork copy,
            Fd from,
            Target target,
            List<Download> remote,
            List<Found> found,
            int count) {
        CopyJob job =
                new CopyJob(
                        from,
                        target,
                        copy.destination(),
                        count > 1,
                        IgnoreRules.of(copy.excludes()),
                        target.owner(),
                        target.mode(),
                        copy.parents());
        if (count == 0 && copy.destination().endsWith("/")) {
            target.directory(copy.destination()).close();
        }
        for (Download download : remote) {
            download.place(job, Boolean.TRUE.equals(copy.unpack()));
        }
        for (Found one : found) {
            boolean unpack = copy.add() && !Boolean.FALSE.equals(copy.unpack());
            if (!unpack || one.source().directory() || !unpacked(copy, job, one.source())) {
                job.copy(one.source(), one.written());
            }
        }
        for (Heredoc heredoc : copy.inline()) {
            inline(copy, target, heredoc, count);
        }
    }

    private boolean unpacked(CopyWork copy, CopyJob job, Source source) {
        try (Fd file = FileSystem.openInRoot(job.from(), "/" + source.path(), FILE, 0)) {
            if (!Archives.isArchive(file)) {
                return false;
            }
            unpack(file, job, copy);
            return true;
        }
    }

    /// With owners or modes of one's own the archive is unpacked aside and copied from there.
    private void unpack(Fd archive, CopyJob job, CopyWork copy) {
        if (copy.chown() == null && copy.chmod() == null) {
            job.to().directory(copy.destination()).close();
            Archives.unpack(archive, job.to().root(), copy.destination());
            return;
        }
        try (Downloads aside = new Downloads(work.job)) {
            Fd folder = aside.folder();
            Archives.unpack(archive, folder, "/");
            new CopyJob(
                            folder,
                            job.to(),
                            copy.destination(),
                            false,
                            IgnoreRules.NONE,
                            job.chown(),
                            job.chmod(),
                            false)
                    .copy(new Source("", true), "");
        }
    }

    private void inline(CopyWork copy, Target target, Heredoc heredoc, int count) {
        Chmod chmod = target.mode();
        boolean into =
                copy.destination().endsWith("/")
                        || count > 1
                        || target.stat(copy.destination())
                                .map(stat -> stat.isDirectory())
                                .orElse(false);
        String path =
                Paths.clean(into ? copy.destination() + "/" + heredoc.name() : copy.destination());
        target.file(
                path,
                heredoc.content().getBytes(StandardCharsets.UTF_8),
                chmod == null ? DEFAULT_FILE_MODE : chmod.apply(DEFAULT_FILE_MODE, false),
                work.job.epoch());
    }
}
