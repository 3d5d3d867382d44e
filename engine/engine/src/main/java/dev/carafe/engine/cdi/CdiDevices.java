package dev.carafe.engine.cdi;

import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.ResourceConfig.DeviceRequest;
import dev.carafe.oci.runtime.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The devices that specifications in folders of the host describe. They are read again each time:
/// who generates them is not this daemon. Thread-safe.
///
/// @param folders those behind win over those before; none: no devices
public record CdiDevices(List<Path> folders) {
    private static final String DRIVER = "cdi";

    /// What was found.
    ///
    /// @param devices by qualified name, as `vendor.com/class=name`
    /// @param problems files that could not be used, and names that two files give
    public record Found(Map<String, CdiEdits> devices, List<String> problems) {}

    public CdiDevices {
        folders = List.copyOf(folders);
    }

    /// Every device that can be asked for.
    public Found list() {
        Map<String, CdiEdits> devices = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (CdiDocument document : documents(problems)) {
            document.devices()
                    .forEach((name, edits) -> devices.put(document.kind() + "=" + name, edits));
        }
        return new Found(devices, problems);
    }

    /// The spec with the devices in it.
    ///
    /// @throws Internal with dockerd's words when there is no such device, or no driver for one
    public Spec inject(Spec spec, List<DeviceRequest> requests) {
        Spec edited = spec;
        for (DeviceRequest request : requests) {
            if (!request.driver().equals(DRIVER) || folders.isEmpty()) {
                throw new Internal(
                        "could not select device driver \"%s\" with capabilities: %s"
                                .formatted(request.driver(), capabilities(request.capabilities())));
            }
            refuse(request.count() != 0, "unexpected count in CDI device request");
            refuse(!request.options().isEmpty(), "unexpected options in CDI device request");
            edited = inject(edited, request);
        }
        return edited;
    }

    private static void refuse(boolean wrong, String sentence) {
        if (wrong) {
            throw new Internal(sentence);
        }
    }

    private Spec inject(Spec spec, DeviceRequest request) {
        List<String> problems = new ArrayList<>();
        Map<String, CdiDocument> owners = new TreeMap<>();
        for (CdiDocument document : documents(problems)) {
            document.devices()
                    .keySet()
                    .forEach(name -> owners.put(document.kind() + "=" + name, document));
        }
        List<String> unknown =
                request.deviceIds().stream().filter(id -> !owners.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            String why = problems.isEmpty() ? "" : " (" + String.join("; ", problems) + ")";
            throw new Internal(
                    "CDI device injection failed: unresolvable CDI devices "
                            + String.join(", ", unknown)
                            + why);
        }
        CdiEdits edits = CdiEdits.NONE;
        Set<CdiDocument> seen = new HashSet<>();
        for (String id : request.deviceIds()) {
            CdiDocument document = owners.get(id);
            if (document == null) {
                continue;
            }
            if (seen.add(document)) {
                edits = edits.and(document.edits());
            }
            String name = id.substring(id.indexOf('=') + 1);
            edits = edits.and(document.devices().getOrDefault(name, CdiEdits.NONE));
        }
        return new CdiInjection(edits).into(spec);
    }

    /// Without the devices that another file behind has, too, and those that two of one folder
    /// give.
    private List<CdiDocument> documents(List<String> problems) {
        Map<String, CdiDocument> byDevice = new TreeMap<>();
        for (Path folder : folders) {
            Map<String, CdiDocument> here = new TreeMap<>();
            Set<String> twice = new HashSet<>();
            for (Path file : files(folder, problems)) {
                read(file, problems, here, twice);
            }
            twice.forEach(name -> {
                here.remove(name);
                byDevice.remove(name);
            });
            byDevice.putAll(here);
        }
        List<CdiDocument> all = new ArrayList<>();
        for (CdiDocument document : new HashSet<>(byDevice.values())) {
            Map<String, CdiEdits> kept = new TreeMap<>(document.devices());
            kept.keySet().removeIf(name -> byDevice.get(document.kind() + "=" + name) != document);
            all.add(new CdiDocument(document.kind(), document.edits(), kept));
        }
        return all;
    }

    private static void read(
            Path file, List<String> problems, Map<String, CdiDocument> here, Set<String> twice) {
        try {
            CdiDocument document = CdiDocument.parse(Files.readString(file));
            for (String name : document.devices().keySet()) {
                String qualified = document.kind() + "=" + name;
                if (here.put(qualified, document) != null) {
                    twice.add(qualified);
                    problems.add("conflicting device \"" + qualified + "\" in " + file);
                }
            }
        } catch (NoSuchFileException e) {
            // it has gone since it was listed
        } catch (IOException | InvalidArgument e) {
            problems.add("CDI: Error associated with spec file " + file + ": " + e.getMessage());
        }
    }

    private static List<Path> files(Path folder, List<String> problems) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().matches(".*\\.(json|yaml)")).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (NotDirectoryException e) {
            problems.add("CDI: " + folder + " is no directory");
            return List.of();
        } catch (IOException e) {
            problems.add("CDI: " + folder + " can't be read: " + e.getMessage());
            return List.of();
        }
    }

    /// As Go prints a list of lists.
    private static String capabilities(List<List<String>> capabilities) {
        return "["
                + String.join(
                        " ",
                        capabilities.stream().map(c -> "[" + String.join(" ", c) + "]").toList())
                + "]";
    }
}
