package dev.carafe.cli.context;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `--build-context NAME=PLACE` names: folders, which are sent before the context, images and
/// addresses.
public final class BuildContexts {
    private static final String FOLDER = "folder";

    private final Map<String, String> places = new TreeMap<>();
    private final Map<String, Path> folders = new TreeMap<>();

    /// @param values each `NAME=PLACE`
    /// @throws Failure for another form, or a folder that is not there
    public static BuildContexts of(List<String> values) {
        BuildContexts all = new BuildContexts();
        values.forEach(all::add);
        return all;
    }

    private void add(String value) {
        int equals = value.indexOf('=');
        if (equals <= 0 || equals == value.length() - 1) {
            throw new Failure("invalid context value: " + value + ", expected key=value");
        }
        String name = value.substring(0, equals);
        String place = value.substring(equals + 1);
        if (place.startsWith("oci-layout:")) {
            throw new Failure(
                    "the context "
                            + name
                            + " is an OCI layout: load it (carafe load), and name the image by"
                            + " docker-image://");
        }
        if (place.startsWith("target:")) {
            throw new Failure(
                    "the context " + name + " is a target: only docker buildx bake has these");
        }
        if (place.startsWith("docker-image:") || BuildSource.isRemote(place)) {
            places.put(name, place);
            return;
        }
        Path folder = Path.of(place);
        if (!Files.isDirectory(folder)) {
            throw new Failure(
                    "failed to get build context " + name + ": " + place + " is no directory");
        }
        places.put(name, FOLDER);
        folders.put(name, folder);
    }

    /// Names and places, for what comes before the context.
    JsonObject places() {
        JsonObject all = new JsonObject();
        places.forEach(all::put);
        return all;
    }

    /// The folders as tars, in the order of their names. They are opened when their turn comes.
    public InputStream body() {
        List<InputStream> all = new ArrayList<>();
        folders.values().forEach(folder -> all.add(new FramedStream(() -> tar(folder))));
        return all.isEmpty()
                ? new ByteArrayInputStream(new byte[0])
                : new SequenceInputStream(Collections.enumeration(all));
    }

    private static InputStream tar(Path folder) throws IOException {
        Path ignore = folder.resolve(".dockerignore");
        try {
            IgnoreRules rules =
                    Files.exists(ignore)
                            ? IgnoreRules.parse(Files.readString(ignore))
                            : IgnoreRules.NONE;
            return new ContextFolder(folder.toRealPath(), rules, List.of(), Map.of()).tar();
        } catch (InvalidArgument e) {
            throw new Failure("error checking context " + folder + ": " + e.text());
        }
    }
}
