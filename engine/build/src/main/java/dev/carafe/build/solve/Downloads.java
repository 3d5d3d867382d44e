package dev.carafe.build.solve;

import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.build.context.Moments;
import dev.carafe.build.context.RemoteFile;
import dev.carafe.build.files.Paths;
import dev.carafe.build.git.GitFetch;
import dev.carafe.build.git.GitSource;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.build.steps.Material;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Files fetched for one instruction, in folders that go away with it.
final class Downloads implements AutoCloseable {
    private static final long MAX_BYTES = 10L << 30;
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"?([^\";]+)\"?");
    private static final String UNNAMED = "__unnamed__";

    private final Services services;
    private final Cancellation cancellation;
    private final BuildWatcher watcher;
    private final boolean buildKitForm;
    private final List<Fd> open = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    Downloads(Job job) {
        this(job.services(), job.cancellation(), job.watcher(), job.options().buildKitForm());
    }

    Downloads(
            Services services,
            Cancellation cancellation,
            BuildWatcher watcher,
            boolean buildKitForm) {
        this.services = services;
        this.cancellation = cancellation;
        this.watcher = watcher;
        this.buildKitForm = buildKitForm;
    }

    /// An empty folder, open.
    Fd folder() {
        return open(newFolder());
    }

    private Fd open(Path folder) {
        Fd fd = FileSystem.open(folder.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
        open.add(fd);
        return fd;
    }

    Path newFolder() {
        Path folder = services.mounts().resolve("tmp").resolve(Ids.random());
        try {
            Files.createDirectories(folder);
            folders.add(folder);
            return folder;
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make " + folder + ": " + e.getMessage(), e);
        }
    }

    /// @param checksum that the file must have; null for any
    /// @throws dev.carafe.base.CarafeException when it can't be fetched
    /// @throws InvalidArgument for another sum, or no name where one is needed
    Download get(String url, @Nullable String checksum, String destination) {
        Digest wanted = checksum == null ? null : Digest.parse(checksum);
        return new RemoteFile(url, MAX_BYTES, "ADD failed: ")
                .read(
                        cancellation,
                        (headers, bytes, body) -> store(url, destination, headers, body, wanted));
    }

    /// The tree of a repository.
    Download get(GitSource source, BuildClient client) {
        GitFetch.Fetched fetched =
                new GitFetch(client, services.hosts(), cancellation)
                        .fetch(source, newFolder(), false);
        String all =
                String.join(
                        "\0",
                        fetched.commit(),
                        source.subdir(),
                        String.valueOf(source.keepGitDir()),
                        String.valueOf(source.submodules()),
                        String.valueOf(source.commitTimes()));
        Digest sum = Digest.of(all.getBytes(StandardCharsets.UTF_8));
        watcher.uses(fetched.material());
        return new Download(open(fetched.folder()), "", "git:" + sum.hex());
    }

    private Download store(
            String url,
            String destination,
            HttpHeaders headers,
            InputStream body,
            @Nullable Digest wanted)
            throws IOException {
        String name = name(URI.create(url), headers);
        if (name.isEmpty() && destination.endsWith("/") && !buildKitForm) {
            throw new InvalidArgument("ADD failed: cannot determine filename for source " + url);
        }
        name = name.isEmpty() ? UNNAMED : name;
        Path folder = newFolder();
        Path file = folder.resolve(name);
        Digest.Hasher sum = wanted == null ? Digest.sha256() : wanted.hasher();
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                sum.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        Digest digest = sum.digest();
        if (wanted != null && !wanted.equals(digest)) {
            throw new InvalidArgument("ADD failed: digest mismatch " + digest + ": " + wanted);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setLastModifiedTime(
                file, FileTime.from(Moments.lastModified(headers).orElse(Instant.EPOCH)));
        watcher.uses(new Material.OfFile(Material.withoutPassword(url), digest));
        return new Download(open(folder), name, "file:" + digest.hex());
    }

    private static String name(URI url, HttpHeaders headers) {
        String path = url.getPath() == null ? "" : url.getPath();
        String last = path.endsWith("/") ? "" : safe(Paths.name(path));
        if (!last.isEmpty()) {
            return last;
        }
        Matcher given = FILE_NAME.matcher(headers.firstValue("Content-Disposition").orElse(""));
        return given.find() ? safe(Paths.name(given.group(1))) : "";
    }

    private static String safe(String name) {
        return name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0 ? "" : name;
    }

    @Override
    public void close() {
        open.forEach(Fd::close);
        folders.forEach(ContextSpool::remove);
    }
}
