package dev.carafe.buildkit.attest;

import dev.carafe.build.steps.Material;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a client asked a build for, as provenance tells it: no secret's value, and nothing that
/// belongs to the host alone.
final class Parameters {
    private static final Set<String> HOSTS =
            Set.of("cgroup-parent", "image-resolve-mode", "platform", "cache-imports");

    private final BuildFacts facts;
    private final boolean max;

    /// @param max whether arguments, labels and secrets' ids are told
    Parameters(BuildFacts facts, boolean max) {
        this.facts = facts;
        this.max = max;
    }

    /// Whether all that was asked is told.
    boolean complete() {
        return max || facts.attrs().keySet().stream().noneMatch(Parameters::isOwn);
    }

    /// Arguments and labels may tell what is nobody else's business.
    private static boolean isOwn(String name) {
        return name.startsWith("build-arg:") || name.startsWith("label:");
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("frontend", "dockerfile.v0");
        tree.put("args", args());
        if (max) {
            tree.put("secrets", secrets());
            tree.put("ssh", agents());
        }
        tree.put("locals", locals());
        return tree;
    }

    private Map<String, String> args() {
        String contextKey = contextKey();
        Map<String, String> args = new TreeMap<>();
        facts.attrs()
                .forEach((name, value) -> {
                    boolean told =
                            !HOSTS.contains(name)
                                    && !name.startsWith("attest:")
                                    && !name.startsWith("vcs:")
                                    && !name.equals(contextKey)
                                    && !name.equals("filename")
                                    && !name.startsWith("local-sessionid:")
                                    && (max || !isOwn(name));
                    if (told) {
                        boolean address = name.startsWith("context:");
                        args.put(name, address ? Material.withoutPassword(value) : value);
                    }
                });
        return args;
    }

    private String contextKey() {
        return facts.attrs().getOrDefault("contextkey", "context");
    }

    /// Where the context came from, when it is no folder of the client's.
    @Nullable String contextAddress() {
        String address = facts.attrs().get(contextKey());
        return address == null ? null : Material.withoutPassword(address);
    }

    /// Of the client's working copy, as it tells them.
    Map<String, String> vcs() {
        Map<String, String> vcs = new TreeMap<>();
        facts.attrs()
                .forEach((name, value) -> {
                    if (name.startsWith("vcs:") && !value.isEmpty()) {
                        vcs.put(name.substring("vcs:".length()), Material.withoutPassword(value));
                    }
                });
        return vcs;
    }

    private List<Object> secrets() {
        List<Object> secrets = new ArrayList<>();
        for (Material material : facts.materials()) {
            if (material instanceof Material.OfSecret(String id, boolean optional)) {
                secrets.add(given(id, optional));
            }
        }
        return secrets;
    }

    private List<Object> agents() {
        List<Object> agents = new ArrayList<>();
        for (Material material : facts.materials()) {
            if (material instanceof Material.OfAgent(String id, boolean optional)) {
                agents.add(given(id, optional));
            }
        }
        return agents;
    }

    private static Map<String, Object> given(String id, boolean optional) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("id", id);
        if (optional) {
            tree.put("optional", true);
        }
        return tree;
    }

    private List<Map<String, String>> locals() {
        return facts.materials().stream()
                .filter(Material.OfFolder.class::isInstance)
                .map(material -> ((Material.OfFolder) material).name())
                .sorted()
                .map(name -> Map.of("name", name))
                .toList();
    }
}
