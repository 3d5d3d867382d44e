package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Undo;
import dev.carafe.build.BuildImage;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.client.NamedContext;
import dev.carafe.build.context.BuildContext;
import dev.carafe.oci.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What our own client names by `--build-context`: folders that it sends, images, and addresses,
/// which are fetched when a step first wants them. Thread-safe. Closing removes the files.
final class WireContexts implements AutoCloseable {
    /// Fetches what is at an address.
    @FunctionalInterface
    interface Fetch {
        BuildContext fetch(String address);
    }

    private static final String IMAGE = "docker-image:";

    static final WireContexts NONE =
            new WireContexts(
                    Map.of(),
                    address -> {
                        throw new InvalidArgument("no context has the address " + address);
                    });

    private final Map<String, String> places;
    private final Fetch fetch;
    private final Map<String, NamedContext> made = new HashMap<>();
    private final Undo undo = new Undo();

    private WireContexts(Map<String, String> places, Fetch fetch) {
        this.places = places;
        this.fetch = fetch;
    }

    /// Takes the folders from the request's body.
    ///
    /// @throws InvalidArgument for what is no tar
    static WireContexts read(Preamble preamble, BuildImage builds, InputStream body, Fetch fetch)
            throws IOException {
        WireContexts all = new WireContexts(preamble.contexts(), fetch);
        try {
            for (Map.Entry<String, String> one : preamble.contexts().entrySet()) {
                if (one.getValue().equals(Preamble.FOLDER)) {
                    try (InputStream part = new FramedInput(body)) {
                        all.keep(plain(one.getKey()), builds.contexts().unpack(part));
                    }
                }
            }
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private NamedContext keep(String name, BuildContext files) {
        undo.push(files::close);
        NamedContext context = new NamedContext.OfFiles(files);
        made.put(name, context);
        return context;
    }

    /// Short, without `:latest`: so `alpine` is meant by `docker.io/library/alpine:latest`, too.
    private static String plain(String name) {
        try {
            return ImageReference.parse(name).familiar().replaceFirst(":latest$", "");
        } catch (InvalidArgument e) {
            // a stage's name that can't be an image's
            return name;
        }
    }

    /// @see BuildClient#context
    synchronized Optional<NamedContext> find(String asked) {
        String name = plain(asked);
        NamedContext known = made.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        for (Map.Entry<String, String> one : places.entrySet()) {
            if (plain(one.getKey()).equals(name)) {
                String place = one.getValue();
                return Optional.of(
                        place.startsWith(IMAGE)
                                ? new NamedContext.OfImage(
                                        place.substring(IMAGE.length()).replaceFirst("^//", ""))
                                : keep(name, fetch.fetch(place)));
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        undo.close();
    }
}
