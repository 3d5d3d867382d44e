package dev.carafe.buildkit.options;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.build.solve.SolveOptions;
import dev.carafe.build.steps.StepSpec.StepLimits;
import dev.carafe.build.steps.StepSpec.Ulimit;
import dev.carafe.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The options of the front end `dockerfile.v0`, which a client sends as texts by names.
public final class FrontendOptions {
    private static final Pattern OURS =
            Pattern.compile("(docker\\.io/)?docker/dockerfile(-upstream)?([:@].*)?");

    private final Map<String, String> texts;

    public FrontendOptions(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /// Refuses front ends that would have to be run as images.
    ///
    /// @param frontend `dockerfile.v0`, or `gateway.v0` with an image as `source`
    public void check(String frontend) {
        switch (frontend) {
            case "dockerfile.v0" -> {}
            case "gateway.v0" -> {
                String source = text("source");
                if (!source.equals("dockerfile.v0") && !OURS.matcher(source).matches()) {
                    throw new NotImplemented(
                            "the front end "
                                    + text("source")
                                    + " is not supported: only docker/dockerfile is built in");
                }
            }
            case "" ->
                    throw new NotImplemented(
                            "builds that are no Dockerfile (LLB) are not supported");
            default -> throw new NotImplemented("the front end " + frontend + " is not supported");
        }
    }

    public Map<String, String> texts() {
        return texts;
    }

    /// Empty for none.
    public String text(String name) {
        return texts.getOrDefault(name, "");
    }

    private String text(String name, String otherwise) {
        String text = text(name);
        return text.isEmpty() ? otherwise : text;
    }

    /// What is asked instead of a build: `frontend.lint`; empty for a build.
    public String request() {
        return text("requestid");
    }

    public String dockerfile() {
        return text("filename", "Dockerfile");
    }

    /// The client's name for the folder with the Dockerfile.
    public String dockerfileFolder() {
        return text("dockerfilekey", "dockerfile");
    }

    /// Whether the Dockerfile comes from the client whatever the context is.
    public boolean dockerfileIsClients() {
        return !text("dockerfilekey").isEmpty();
    }

    /// Where a context is that is no folder of the client's; empty for one that is.
    public String contextAddress() {
        return text(contextFolder());
    }

    /// The client's name for the context's folder.
    public String contextFolder() {
        return text("contextkey", "context");
    }

    /// Where in a context from elsewhere its files begin; empty for its root.
    public String contextSubfolder() {
        return text("contextsubdir");
    }

    /// The session whose client has a folder; empty for the build's own.
    ///
    /// @param folder the client's name for it
    public String folderSession(String folder) {
        return text("local-sessionid:" + folder);
    }

    /// What starts with that prefix, by the rest of its name.
    public Map<String, String> all(String prefix) {
        Map<String, String> found = new TreeMap<>();
        texts.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /// Whether the result is told by platforms, also where it is for one.
    public boolean isForSeveral() {
        return platforms().size() > 1
                || "true".equals(text("multi-platform"))
                || "1".equals(text("build-arg:BUILDKIT_MULTI_PLATFORM"));
    }

    /// Each once; none for this machine's.
    public List<Platform> platforms() {
        return Stream.of(text("platform").split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Platform::parse)
                .distinct()
                .toList();
    }

    public SolveOptions solve() {
        String network = text("force-network-mode");
        List<Platform> platforms = platforms();
        String target = text("target");
        Map<String, @Nullable String> arguments = new LinkedHashMap<>(all("build-arg:"));
        if (!text("hostname").isEmpty()) {
            arguments.putIfAbsent("BUILDKIT_SANDBOX_HOSTNAME", text("hostname"));
        }
        return new SolveOptions(
                target.isEmpty() ? null : target,
                arguments,
                all("label:"),
                network.isEmpty() || network.equals("sandbox") ? "default" : network,
                texts.containsKey("no-cache") && text("no-cache").isEmpty(),
                stages(text("no-cache")),
                List.of(),
                text("image-resolve-mode").equals("pull"),
                true,
                true,
                platforms.isEmpty() ? null : platforms.getFirst(),
                false,
                true,
                limits());
    }

    private static Set<String> stages(String list) {
        return list.isEmpty() ? Set.of() : Set.of(list.toLowerCase(Locale.ROOT).split(","));
    }

    private StepLimits limits() {
        return new StepLimits(
                number("memory"),
                number("memory-swap"),
                number("cpu-shares"),
                number("cpu-period"),
                number("cpu-quota"),
                text("cpuset-cpus"),
                text("cpuset-mems"),
                text("cgroup-parent"),
                number("shm-size"),
                list("ulimit").stream().map(FrontendOptions::ulimit).toList(),
                list("add-hosts").stream().map(h -> h.replaceFirst("=", ":")).toList(),
                List.of());
    }

    private long number(String name) {
        String text = text(name);
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidArgument("invalid " + name + ": " + text);
        }
    }

    /// Texts with commas between them; one with a comma in it stands in quotes.
    private List<String> list(String name) {
        List<String> list = new ArrayList<>();
        for (String part : text(name).split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            if (!part.isEmpty()) {
                list.add(part.startsWith("\"") ? part.substring(1, part.length() - 1) : part);
            }
        }
        return list;
    }

    /// `name=soft[:hard]`.
    private static Ulimit ulimit(String text) {
        String[] parts = text.split("[=:]");
        try {
            long soft = Long.parseLong(parts[1]);
            return new Ulimit(parts[0], soft, parts.length > 2 ? Long.parseLong(parts[2]) : soft);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new InvalidArgument("invalid ulimit: " + text);
        }
    }
}
