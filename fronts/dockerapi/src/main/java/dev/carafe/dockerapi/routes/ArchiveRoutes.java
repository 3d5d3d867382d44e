package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Handler;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockermodel.ProgressMessage;
import dev.carafe.engine.Engine;
import dev.carafe.engine.ImageEvents;
import dev.carafe.images.ImageStore;
import dev.carafe.images.LoadImages;
import dev.carafe.images.LoadProgress;
import dev.carafe.images.Loaded;
import dev.carafe.images.SaveImages;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Images as archives: load, save, and where imports begin.
final class ArchiveRoutes {
    private final ImageStore images;
    private final ImageEvents events;
    private final Handler pull;
    private final ImportRoute imports;
    private final Replies replies;

    /// @param pull answers `POST /images/create` with an image's name
    ArchiveRoutes(Engine engine, Handler pull, Replies replies) {
        this.images = engine.images();
        this.events = engine.imageEvents();
        this.pull = pull;
        this.imports = new ImportRoute(engine, replies);
        this.replies = replies;
    }

    void addTo(Router router) {
        router.post("/images/load", this::load);
        router.post("/images/create", this::create);
        router.get("/images/get", x -> save(x, names(x)));
        router.get("/images/{name*}/get", x -> save(x, List.of(x.parameter("name"))));
    }

    private static List<String> names(Exchange x) {
        List<String> names = new ArrayList<>();
        x.query().all("names").forEach(n -> names.addAll(List.of(n.split(","))));
        names.removeIf(String::isEmpty);
        return names;
    }

    private void save(Exchange x, List<String> names) throws IOException {
        Platform platform = platform(x);
        names.forEach(name -> images.find(name).ifPresent(image -> image.on(name, platform)));
        try (LazyOutput out = new LazyOutput(() -> x.stream(200, "application/x-tar"))) {
            new SaveImages(images).save(names, out);
            names.stream()
                    .flatMap(n -> images.find(n).stream())
                    .distinct()
                    .forEach(i -> events.about("save", i));
            out.whole();
        }
    }

    private void load(Exchange x) throws IOException {
        boolean quiet = x.query().flag("quiet", true);
        Platform platform = platform(x);
        try (Progress progress = new Progress(x, replies)) {
            progress.runBegun(() -> {
                for (Loaded image :
                        new LoadImages(images)
                                .load(x.body(), quiet ? LoadProgress.NONE : progress, platform)) {
                    images.byId(image.id()).ifPresent(i -> events.about("load", i));
                    for (String line : image.lines()) {
                        progress.write(stream(line + "\n"));
                    }
                }
            });
        }
    }

    /// `linux/arm64/v8`, or the same as a JSON object; null when nothing is said.
    ///
    /// @throws dev.carafe.base.InvalidArgument when it is neither
    static @Nullable Platform platform(Exchange x) {
        if (x.query().all("platform").size() > 1) {
            throw new InvalidArgument("multiple platform parameters not supported");
        }
        String text = x.query().text("platform");
        if (text.startsWith("{")) {
            return OciJson.read(Platform.class, text.getBytes(StandardCharsets.UTF_8));
        }
        return text.isEmpty() ? null : Platform.parse(text);
    }

    private static ProgressMessage stream(String text) {
        return new ProgressMessage(text, null, null, null, null, null, null, null);
    }

    private void create(Exchange x) throws IOException {
        if (x.query().text("fromImage").isEmpty()) {
            imports.run(x);
        } else {
            pull.handle(x);
        }
    }
}
