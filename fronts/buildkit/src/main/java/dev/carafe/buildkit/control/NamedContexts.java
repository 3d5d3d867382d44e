package dev.carafe.buildkit.control;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.build.client.NamedContext;
import dev.carafe.buildkit.options.FrontendOptions;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What `--build-context` puts in the place of names. Thread-safe.
final class NamedContexts {
    private final Map<String, String> specifiers;
    private final Map<String, NamedContext> made = new HashMap<>();
    private final Map<String, Digest> inputs;
    private final Folders folders;
    private final RemoteFiles remote;
    private final Layouts layouts;

    /// Brings an image of a folder of the client's here.
    @FunctionalInterface
    interface Layouts {
        NamedContext bring(String name, String address);
    }

    /// Brings a folder of the client's here.
    @FunctionalInterface
    interface Folders {
        NamedContext bring(String name, String folder);
    }

    /// Brings files from elsewhere here.
    @FunctionalInterface
    interface RemoteFiles {
        NamedContext bring(String name, String address);
    }

    /// @param inputs images that other builds made, by their names for this one
    NamedContexts(
            FrontendOptions options,
            Map<String, Digest> inputs,
            Folders folders,
            RemoteFiles remote,
            Layouts layouts) {
        this.layouts = layouts;
        this.specifiers = options.all("context:");
        this.inputs = Map.copyOf(inputs);
        this.folders = folders;
        this.remote = remote;
    }

    /// @param asked as the Dockerfile has it
    synchronized Optional<NamedContext> find(String asked) {
        if (specifiers.isEmpty()) {
            return Optional.empty();
        }
        String name = plain(asked);
        String specifier = specifiers.get(name);
        if (specifier == null) {
            return Optional.empty();
        }
        NamedContext known = made.get(name);
        if (known == null) {
            known = make(name, specifier);
            made.put(name, known);
        }
        return Optional.of(known);
    }

    /// As clients name them: short, without `:latest`.
    private static String plain(String asked) {
        try {
            return ImageReference.parse(asked).familiar().replaceFirst(":latest$", "");
        } catch (InvalidArgument e) {
            // a stage's name that can't be an image's
            return asked;
        }
    }

    /// Another target of the same bake.
    private NamedContext input(String name, String input) {
        Digest image = inputs.get(input);
        if (image == null) {
            throw new InvalidArgument("invalid input " + input + " for " + name);
        }
        return new NamedContext.OfImage(image.toString());
    }

    private NamedContext make(String name, String specifier) {
        String[] parts = specifier.split(":", 2);
        String rest = parts.length < 2 ? "" : parts[1];
        return switch (parts[0]) {
            case "docker-image" -> new NamedContext.OfImage(rest.replaceFirst("^//", ""));
            case "local" -> folders.bring(name, rest);
            case "oci-layout" -> layouts.bring(name, specifier);
            case "http", "https", "git", "ssh" -> remote.bring(name, specifier);
            case "input" -> input(name, rest);
            default ->
                    throw new NotImplemented(
                            "unsupported context source " + parts[0] + " for " + name);
        };
    }
}
