package dev.carafe.buildkit.attest;

import dev.carafe.build.steps.Material;
import dev.carafe.oci.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a build took from elsewhere: images first, then repositories, then files.
final class Dependencies {
    private final List<Material> materials;

    Dependencies(List<Material> materials) {
        this.materials = materials;
    }

    /// Whether nothing came from where no name leads to the same bytes again.
    boolean complete() {
        return materials.stream().noneMatch(Material.OfFolder.class::isInstance);
    }

    /// `[{"uri": ..., "digest": {"sha256": ...}}]`
    List<Object> tree() {
        List<Object> tree = new ArrayList<>();
        materials.stream()
                .filter(Material.OfImage.class::isInstance)
                .map(Material.OfImage.class::cast)
                .sorted(Comparator.comparing(image -> image.name().full()))
                .forEach(image ->
                        tree.add(
                                entry(
                                        Purl.docker(image.name(), image.platform()),
                                        digest(image.digest()))));
        materials.stream()
                .filter(Material.OfRepository.class::isInstance)
                .map(Material.OfRepository.class::cast)
                .sorted(Comparator.comparing(Material.OfRepository::url))
                .forEach(git -> tree.add(entry(git.url(), commit(git.commit()))));
        materials.stream()
                .filter(Material.OfFile.class::isInstance)
                .map(Material.OfFile.class::cast)
                .sorted(Comparator.comparing(Material.OfFile::url))
                .forEach(file -> tree.add(entry(file.url(), digest(file.digest()))));
        return tree;
    }

    /// The sum of what an address of a context led to; empty when nothing came from there.
    Optional<Map<String, String>> digestOf(String address) {
        for (Material material : materials) {
            switch (material) {
                case Material.OfRepository(String url, String commit) -> {
                    if (url.equals(address)) {
                        return Optional.of(commit(commit));
                    }
                }
                case Material.OfFile(String url, Digest digest) -> {
                    if (url.equals(address)) {
                        return Optional.of(digest(digest));
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> entry(String uri, Map<String, String> digest) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("uri", uri);
        entry.put("digest", digest);
        return entry;
    }

    private static Map<String, String> digest(Digest digest) {
        return Map.of(digest.algorithm(), digest.hex());
    }

    private static Map<String, String> commit(String id) {
        return Map.of(id.length() == 64 ? "sha256" : "sha1", id);
    }
}
