package dev.carafe.dockerapi.routes;

import dev.carafe.base.BulkFilter;
import dev.carafe.base.InvalidArgument;
import dev.carafe.build.context.RemoteFile;
import dev.carafe.build.solve.ConfigChanges;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.build.steps.Material;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockermodel.ProgressDetail;
import dev.carafe.dockermodel.ProgressMessage;
import dev.carafe.engine.Engine;
import dev.carafe.engine.ImageEvents;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.ImportImage;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import dev.carafe.oci.RunConfig;
import dev.carafe.registry.Registries;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Imports of root file systems, `POST /images/create?fromSrc`: sent by the client (`-`), or
/// fetched from an address.
final class ImportRoute {
    private static final long STEP_NANOS = 100_000_000;

    private final ImageStore images;
    private final ImageEvents events;
    private final Registries registries;
    private final Replies replies;

    ImportRoute(Engine engine, Replies replies) {
        this.images = engine.images();
        this.events = engine.imageEvents();
        this.registries = engine.registries();
        this.replies = replies;
    }

    /// What is made of the tar.
    private record Wanted(
            RunConfig config,
            String comment,
            @Nullable ImageReference name,
            @Nullable Platform platform) {}

    void run(Exchange x) throws IOException {
        String source = x.query().text("fromSrc");
        Wanted wanted = wanted(x, source);
        if (source.equals("-")) {
            try (Progress progress = new Progress(x, replies)) {
                progress.run(() -> make(x.body(), wanted, progress));
            }
            return;
        }
        Cancellation cancellation = new Cancellation();
        try (Progress progress = Progress.live(x, replies, cancellation::cancel)) {
            progress.run(() ->
                    fetch(
                            source.contains("://") ? source : "http://" + source,
                            wanted,
                            progress,
                            cancellation));
        }
    }

    private static Wanted wanted(Exchange x, String source) {
        if (source.isEmpty()) {
            throw new InvalidArgument(
                    "nothing to make an image of: give fromImage, or fromSrc with - or an address");
        }
        String repository = x.query().text("repo");
        ImageReference name =
                repository.isEmpty()
                        ? null
                        : ImageRoutes.reference(repository, x.query().text("tag"));
        Platform platform = ArchiveRoutes.platform(x);
        if (platform != null && !platform.os().equals("linux")) {
            throw new InvalidArgument("operating system is not supported");
        }
        String message = x.query().text("message");
        return new Wanted(
                ConfigChanges.apply(RunConfig.EMPTY, x.query().all("changes")),
                message.isEmpty() ? "Imported from " + Material.withoutPassword(source) : message,
                name,
                platform);
    }

    private void fetch(String address, Wanted wanted, Progress progress, Cancellation cancellation)
            throws IOException {
        new RemoteFile(address, Long.MAX_VALUE, "")
                .read(
                        registries.options().proxies().selector(),
                        cancellation,
                        (headers, bytes, body) -> {
                            progress.write(
                                    status(
                                            "Downloading from "
                                                    + Material.withoutPassword(address)));
                            make(new Told(body, bytes, progress), wanted, progress);
                            return address;
                        });
    }

    private void make(InputStream tar, Wanted wanted, Progress progress) throws IOException {
        Image made =
                new ImportImage(images)
                        .run(
                                tar,
                                wanted.config(),
                                wanted.comment(),
                                wanted.name(),
                                wanted.platform());
        if (wanted.name() != null) {
            events.tagged(made, wanted.name().familiar());
        }
        events.about("import", made);
        progress.write(status(made.id().toString()));
    }

    private static ProgressMessage status(String text) {
        return new ProgressMessage(null, text, null, null, null, null, null, null);
    }

    /// Tells how far the reading is, a few times a second and at the end.
    private static final class Told extends BulkFilter {
        private final long total;
        private final Progress progress;
        private long done;
        private long told;
        private long toldAt = System.nanoTime() - STEP_NANOS;

        Told(InputStream in, long total, Progress progress) {
            super(in);
            this.total = total;
            this.progress = progress;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            done += Math.max(0, n);
            long now = System.nanoTime();
            if (done > told && (n < 0 || done == total || now - toldAt >= STEP_NANOS)) {
                told = done;
                toldAt = now;
                progress.write(
                        new ProgressMessage(
                                null,
                                "Importing",
                                new ProgressDetail(done, total),
                                null,
                                null,
                                null,
                                null,
                                null));
            }
            return n;
        }
    }
}
