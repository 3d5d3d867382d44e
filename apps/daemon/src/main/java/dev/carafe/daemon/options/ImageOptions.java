package dev.carafe.daemon.options;

import dev.carafe.daemon.options.Option.Group;
import dev.carafe.daemon.options.Option.Kind;
import java.util.ArrayList;
import java.util.List;

/// The options of images and registries.
final class ImageOptions {
    private final List<Option> options = new ArrayList<>();

    ImageOptions() {
        add(
                "insecure-registry",
                "insecure-registries",
                Kind.LIST,
                "host",
                "Registry that may be used without TLS (repeatable)");
        add(
                "registry-mirror",
                "registry-mirrors",
                Kind.LIST,
                "url",
                "Mirror of Docker Hub to ask first, or PATTERN=URL for other registries (repeatable)");
        add(
                "registry-addr",
                "registry-addr",
                Kind.TEXT,
                "host:port",
                "Serve a registry of this machine's own there, as 'carafe registry serve' does");
        add(
                "registry-opt",
                "registry-opts",
                Kind.MAP,
                "key=value",
                "Option of that registry, named as the flags of 'carafe registry serve'");
        add(
                "max-concurrent-downloads",
                "max-concurrent-downloads",
                Kind.NUMBER,
                "n",
                "Layers to download at a time (3)");
        add(
                "max-concurrent-uploads",
                "max-concurrent-uploads",
                Kind.NUMBER,
                "n",
                "Layers to upload at a time (5)");
        add(
                "max-concurrent-ranges",
                "max-concurrent-ranges",
                Kind.NUMBER,
                "n",
                "Ranges of one large layer to download at a time, where its server is slow (4)");
        add(
                "max-download-attempts",
                "max-download-attempts",
                Kind.NUMBER,
                "n",
                "Failures in a row before a download is given up (5)");
    }

    /// In the order of the help.
    List<Option> all() {
        return options;
    }

    private void add(String name, String key, Kind kind, String value, String help) {
        options.add(new Option(name, '\0', key, kind, Group.IMAGES, value, true, help));
    }
}
