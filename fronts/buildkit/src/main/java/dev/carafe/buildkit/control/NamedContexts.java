package dev.carafe.buildkit.control;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.build.client.NamedContext;
import dev.carafe.buildkit.options.FrontendOptions;
import dev.carafe.oci.ImageReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What `--build-context` puts in the place of names. Thread-safe.
final class NamedContexts {
    private final Map<String, String> specifiers;
    private final Map<String, NamedContext> made = new HashMap<>();
    private final Folders folders;
    private final RemoteFiles remote;

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

    NamedContexts(FrontendOptions options, Folders folders, RemoteFiles remote) {
        this.specifiers = options.all("context:");
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

    private NamedContext make(String name, String specifier) {
        String[] parts = specifier.split(":", 2);
        String rest = parts.length < 2 ? "" : parts[1];
        return switch (parts[0]) {
            case "docker-image" -> new NamedContext.OfImage(rest.replaceFirst("^//", ""));
            case "local" -> folders.bring(name, rest);
            case "http", "https", "git", "ssh" -> remote.bring(name, specifier);
            case "input", "target" ->
                    throw new NotImplemented(
                            "the context "
                                    + name
                                    + " is another target of the same bake, which is not supported"
                                    + " yet: build that target first and name its image by"
                                    + " docker-image://");
            default ->
                    throw new NotImplemented(
                            "unsupported context source " + parts[0] + " for " + name);
        };
    }
}
