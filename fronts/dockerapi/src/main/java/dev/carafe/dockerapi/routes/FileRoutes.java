package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.solve.ConfigChanges;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.CreateWire;
import dev.carafe.dockerapi.wire.PathStatWire;
import dev.carafe.dockermodel.ContainerCreateRequest;
import dev.carafe.dockermodel.FilesystemChange;
import dev.carafe.dockermodel.IdResponse;
import dev.carafe.engine.CommitContainer;
import dev.carafe.engine.CopyFiles;
import dev.carafe.engine.Engine;
import dev.carafe.engine.archive.PathStat;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.time.Duration;

/// Files of containers: what is at a path, copying out and in, what changed, images of it.
final class FileRoutes {
    private static final String STAT = "X-Docker-Container-Path-Stat";
    private static final String TAR = "application/x-tar";

    /// How long a client may send nothing while it has an archive to send: a container that does
    /// not run can't be started meanwhile.
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private final Engine engine;
    private final Replies replies;

    FileRoutes(Engine engine, Replies replies) {
        this.engine = engine;
        this.replies = replies;
    }

    void addTo(Router router) {
        router.head("/containers/{id*}/archive", this::head);
        router.get("/containers/{id*}/archive", this::get);
        router.put("/containers/{id*}/archive", this::put);
        router.get("/containers/{id*}/changes", this::changes);
        router.post("/commit", this::commit);
    }

    private void head(Exchange x) throws IOException {
        tell(x, engine.copyFiles().stat(x.parameter("id"), path(x)));
        x.send(200, null, new byte[0]);
    }

    private void get(Exchange x) throws IOException {
        try (LazyOutput out = new LazyOutput(() -> x.stream(200, TAR))) {
            engine.copyFiles().read(x.parameter("id"), path(x), stat -> tell(x, stat), out);
            out.whole();
        }
    }

    private void put(Exchange x) throws IOException {
        x.endAfterSilence(LONGEST_SILENCE);
        engine.copyFiles()
                .write(
                        x.parameter("id"),
                        path(x),
                        x.body(),
                        new CopyFiles.Options(
                                x.query().flag("noOverwriteDirNonDir"),
                                x.query().flag("copyUIDGID")));
        Replies.empty(x);
    }

    private void changes(Exchange x) throws IOException {
        replies.ok(
                x,
                engine.showChanges().of(x.parameter("id")).stream()
                        .map(c -> new FilesystemChange(c.path(), c.kind().ordinal()))
                        .toList());
    }

    private void commit(Exchange x) throws IOException {
        String repository = x.query().text("repo");
        ContainerCreateRequest none = new ContainerCreateRequest();
        ContainerConfig config =
                CreateWire.config(replies.body(x, ContainerCreateRequest.class, none));
        // an object without a field wants nothing else than no body does
        boolean isAsked = !config.equals(CreateWire.config(none));
        // docker-java calls the message m
        String comment = x.query().has("comment") ? x.query().text("comment") : x.query().text("m");
        Digest made =
                engine.commitContainer()
                        .commit(
                                x.query().text("container"),
                                new CommitContainer.Request(
                                        repository.isEmpty()
                                                ? null
                                                : ImageRoutes.reference(
                                                        repository, x.query().text("tag")),
                                        x.query().text("author"),
                                        comment,
                                        x.query().text("pause").isEmpty()
                                                || x.query().flag("pause"),
                                        base -> ConfigChanges.apply(base, x.query().all("changes")),
                                        isAsked ? config : null));
        replies.send(x, 201, new IdResponse(made.toString()));
    }

    private void tell(Exchange x, PathStat stat) {
        x.header(STAT, PathStatWire.header(stat, replies.json()));
    }

    private static String path(Exchange x) {
        String path = x.query().text("path");
        if (path.isEmpty()) {
            // the missing space is Docker's
            throw new InvalidArgument("bad parameter: pathcannot be empty");
        }
        if (path.indexOf('\0') >= 0) {
            throw new InvalidArgument("invalid path: it has a zero byte");
        }
        return path;
    }
}
