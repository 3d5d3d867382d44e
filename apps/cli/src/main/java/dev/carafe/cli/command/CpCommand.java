package dev.carafe.cli.command;

import dev.carafe.cli.archive.LocalReader;
import dev.carafe.cli.archive.LocalWriter;
import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/// `cp`.
final class CpCommand extends Command {
    private static final int PIPE_BYTES = 1 << 18;

    CpCommand() {
        super(
                "cp",
                "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n  carafe cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
                "Copy files between a container and the local filesystem",
                2,
                2);
    }

    @Override
    String aliases() {
        return "carafe container cp, carafe cp";
    }

    @Override
    String details() {
        return "With - as source a tar archive is read from standard input and unpacked into a\n"
                + "directory of the container; with - as destination one is written to standard output.";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool('a', "archive", "Give the files to the container's user"),
            Flag.bool('L', "follow-link", "Follow a link in SRC_PATH"),
            Flag.bool('q', "quiet", "Show no progress"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTAINER_FILES;
    }

    @Override
    String[] examples() {
        return new String[] {
            "cp web:/etc/nginx .", "The folder as ./nginx",
            "cp site/. web:/srv/www", "What is in site into /srv/www"
        };
    }

    /// One side.
    ///
    /// @param container empty for a local path
    private record Place(String container, String path) {
        /// `name:path`, unless the path starts as a local one does.
        static Place of(String text) {
            int colon = text.indexOf(':');
            return colon < 0 || text.startsWith("/") || text.startsWith(".")
                    ? new Place("", text)
                    : new Place(text.substring(0, colon), text.substring(colon + 1));
        }

        boolean isLocal() {
            return container.isEmpty();
        }
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        Place source = Place.of(flags.argument(0));
        Place target = Place.of(flags.argument(1));
        if (flags.argument(0).isEmpty() || flags.argument(1).isEmpty()) {
            throw new Failure(
                    (flags.argument(0).isEmpty() ? "source" : "destination") + " can not be empty");
        }
        if (source.isLocal() && target.isLocal()) {
            throw new Failure("must specify at least one container source");
        }
        if (!source.isLocal() && !target.isLocal()) {
            throw new Failure("copying between containers is not supported");
        }
        CopyProgress progress = new CopyProgress(session, flags.bool("quiet"));
        if (source.isLocal()) {
            in(session, flags, source.path(), target, progress);
        } else {
            out(session, flags, source, target.path(), progress);
        }
        return 0;
    }

    private static String archive(String container) {
        return "/containers/" + Query.segment(container) + "/archive";
    }

    private static void out(
            Session session, Parsed flags, Place source, String to, CopyProgress progress)
            throws IOException {
        String path = source.path();
        String base = "";
        if (flags.bool("follow-link")) {
            ContainerStat stat = ContainerStat.of(session, archive(source.container()), path);
            if (stat.isLink()) {
                base = CopyPlan.base(path);
                path = stat.linkTarget();
            }
        }
        String target = Query.of(archive(source.container())).with("path", path).toString();
        if (to.equals("-")) {
            try (Stream stream = session.api().stream("GET", target, null)) {
                stream.in().transferTo(session.out());
            }
            return;
        }
        requireFolder(absolute(to));
        try (Stream stream = session.api().stream("GET", target, null)) {
            ContainerStat stat = ContainerStat.of(stream.header(ContainerStat.HEADER));
            unpack(stream, path, base, stat, absolute(to), progress);
        }
        progress.done(absolute(to));
    }

    private static void unpack(
            Stream stream,
            String path,
            String base,
            ContainerStat stat,
            String to,
            CopyProgress progress)
            throws IOException {
        Path local = Path.of(to);
        if (CopyPlan.assertsDirectory(to) && Files.exists(local) && !Files.isDirectory(local)) {
            throw new Failure("not a directory");
        }
        CopyPlan plan =
                CopyPlan.of(
                        base.isEmpty() ? path : base,
                        stat.isDirectory(),
                        to,
                        Files.exists(local),
                        Files.isDirectory(local));
        CopyPlan named =
                base.isEmpty()
                        ? plan
                        : new CopyPlan(plan.directory(), CopyPlan.base(path), plan.to());
        LocalWriter.unpack(
                progress.counting(stream.in(), "Copying from container - "),
                Path.of(named.directory()),
                named.rename());
    }

    private static void requireFolder(String path) {
        Path folder = Path.of(path).normalize().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new Failure("invalid output path: directory \"" + folder + "\" does not exist");
        }
    }

    private static void in(
            Session session, Parsed flags, String from, Place target, CopyProgress progress)
            throws IOException {
        String to = target.path();
        ContainerStat there = ContainerStat.of(session, archive(target.container()), to);
        if (there.isLink()) {
            to = there.linkTarget();
            there = ContainerStat.of(session, archive(target.container()), to);
        }
        if (there.exists() && !there.isDirectory() && !there.isRegular()) {
            throw new Failure(
                    "destination \"%s:%s\" must be a directory or a regular file"
                            .formatted(target.container(), target.path()));
        }
        if (from.equals("-")) {
            if (!there.isDirectory()) {
                throw new Failure(
                        "destination \"%s:%s\" must be a directory"
                                .formatted(target.container(), target.path()));
            }
            put(session, flags, target.container(), to, session.in());
            return;
        }
        Path local = source(from, flags.bool("follow-link"));
        CopyPlan plan =
                CopyPlan.of(
                        absolute(from),
                        Files.isDirectory(local, LinkOption.NOFOLLOW_LINKS),
                        to,
                        there.exists(),
                        there.isDirectory());
        InputStream tar = progress.counting(pack(local, plan.to()), "Copying to container - ");
        put(session, flags, target.container(), plan.directory(), tar);
        progress.done(target.container() + ":" + to);
    }

    /// The local source; a slash at its end follows a link, as -L does.
    private static Path source(String from, boolean follow) throws IOException {
        Path path = Path.of(absolute(from));
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new Failure("lstat " + path + ": no such file or directory");
        }
        boolean asserted = CopyPlan.assertsDirectory(from);
        if (asserted && !Files.isDirectory(path)) {
            throw new Failure("not a directory");
        }
        return follow || asserted ? path.toRealPath() : path;
    }

    /// Absolute, with the `/` or `/.` that it ends in.
    private static String absolute(String path) {
        String clean = Path.of(path).toAbsolutePath().normalize().toString();
        String end = path.endsWith("/.") || path.equals(".") ? "/." : path.endsWith("/") ? "/" : "";
        return clean.equals("/") ? "/" : clean + end;
    }

    private static InputStream pack(Path path, String as) throws IOException {
        AtomicReference<IOException> failure = new AtomicReference<>();
        PipedInputStream in =
                new PipedInputStream(PIPE_BYTES) {
                    @Override
                    public synchronized int read(byte[] bytes, int offset, int length)
                            throws IOException {
                        int n = super.read(bytes, offset, length);
                        IOException why = failure.get();
                        if (n < 0 && why != null) {
                            throw why;
                        }
                        return n;
                    }
                };
        PipedOutputStream out = new PipedOutputStream(in);
        Thread writer =
                new Thread(
                        () -> {
                            try (out) {
                                LocalReader.write(path, as, out);
                            } catch (IOException e) {
                                failure.set(e);
                            }
                        },
                        "pack");
        writer.setDaemon(true);
        writer.start();
        return in;
    }

    private static void put(
            Session session, Parsed flags, String container, String directory, InputStream tar)
            throws IOException {
        Query query =
                Query.of(archive(container))
                        .with("path", directory)
                        .with("noOverwriteDirNonDir", "true")
                        .withIf(flags.bool("archive"), "copyUIDGID");
        try (Stream stream =
                session.api().upload("PUT", query.toString(), "application/x-tar", tar)) {
            stream.in().transferTo(OutputStream.nullOutputStream());
        }
    }
}
