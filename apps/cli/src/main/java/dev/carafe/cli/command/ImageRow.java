package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.text.Human;
import dev.carafe.cli.text.Instants;
import java.util.List;

/// An image under one of its names.
final class ImageRow extends Row {
    private static final String NONE = "<none>";

    private final JsonObject image;
    private final String repository;
    private final String tag;
    private final String digest;
    private final boolean whole;
    private final long nowSeconds;

    private ImageRow(
            JsonObject image,
            String repository,
            String tag,
            String digest,
            boolean whole,
            long nowSeconds) {
        super(
                "*formatter.imageContext",
                "ID",
                "Repository",
                "Tag",
                "Digest",
                "CreatedSince",
                "CreatedAt",
                "Size",
                "Containers",
                "VirtualSize",
                "SharedSize",
                "UniqueSize");
        this.image = image;
        this.repository = repository;
        this.tag = tag;
        this.digest = digest;
        this.whole = whole;
        this.nowSeconds = nowSeconds;
    }

    /// A row for each tag; with digests a row for each pair; one row without names when there are
    /// none.
    static void addAll(
            List<ImageRow> rows,
            JsonObject image,
            boolean whole,
            boolean digests,
            boolean dangling,
            long nowSeconds) {
        int before = rows.size();
        List<String> repoDigests = image.texts("RepoDigests");
        for (String name : image.texts("RepoTags")) {
            if (name.equals("<none>:<none>")) {
                continue;
            }
            String repository = Images.repository(name);
            boolean any = false;
            for (String repoDigest : repoDigests) {
                if (digests && repoDigest.startsWith(repository + "@")) {
                    any = true;
                    rows.add(
                            new ImageRow(
                                    image,
                                    repository,
                                    Images.tag(name),
                                    digestOf(repoDigest),
                                    whole,
                                    nowSeconds));
                }
            }
            if (!any) {
                rows.add(
                        new ImageRow(image, repository, Images.tag(name), NONE, whole, nowSeconds));
            }
        }
        if (rows.size() > before) {
            return;
        }
        for (String repoDigest : repoDigests) {
            if (!repoDigest.equals("<none>@<none>") && !dangling) {
                rows.add(
                        new ImageRow(
                                image,
                                Images.repository(repoDigest),
                                NONE,
                                digestOf(repoDigest),
                                whole,
                                nowSeconds));
                if (!digests) {
                    break;
                }
            }
        }
        if (rows.size() == before) {
            rows.add(new ImageRow(image, NONE, NONE, NONE, whole, nowSeconds));
        }
    }

    private static String digestOf(String repoDigest) {
        return repoDigest.substring(repoDigest.indexOf('@') + 1);
    }

    @Override
    String text(String field) {
        return switch (field) {
            case "ID" -> whole ? image.text("Id") : Human.shortId(image.text("Id"));
            case "Repository" -> repository;
            case "Tag" -> tag;
            case "Digest" -> digest;
            case "CreatedSince" ->
                    image.number("Created") > 0
                            ? Human.ago(image.number("Created"), nowSeconds)
                            : "N/A";
            case "CreatedAt" -> Instants.goString(image.number("Created"));
            case "Size" -> Human.size(image.number("Size"));
            case "VirtualSize" -> Human.size4(image.number("Size"));
            case "Containers" -> image.number("Containers") < 0 ? "N/A" : image.text("Containers");
            case "SharedSize" ->
                    image.number("SharedSize") < 0
                            ? "N/A"
                            : Human.size4(image.number("SharedSize"));
            case "UniqueSize" ->
                    image.number("SharedSize") < 0
                            ? "N/A"
                            : Human.size4(image.number("Size") - image.number("SharedSize"));
            default -> "";
        };
    }
}
