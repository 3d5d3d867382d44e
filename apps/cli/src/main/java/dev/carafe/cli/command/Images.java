package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import java.util.List;

/// Names of images as the user writes them.
final class Images {
    private Images() {}

    /// With the tag that is meant: `busybox` is `busybox:latest`.
    static String familiar(String name) {
        String bare = name.startsWith("docker.io/library/") ? name.substring(18) : name;
        return bare.indexOf('@') >= 0 || tagAt(bare) >= 0 ? bare : bare + ":latest";
    }

    /// Where the colon before a tag stands; -1 without a tag.
    static int tagAt(String name) {
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? colon : -1;
    }

    /// The name without tag and digest.
    static String repository(String name) {
        int at = name.indexOf('@');
        String bare = at < 0 ? name : name.substring(0, at);
        int tag = tagAt(bare);
        return tag < 0 ? bare : bare.substring(0, tag);
    }

    /// Whether an image of the API has neither a name nor a digest of a registry.
    static boolean isDangling(JsonObject image) {
        List<String> tags = image.texts("RepoTags");
        List<String> digests = image.texts("RepoDigests");
        return (tags.isEmpty() || tags.equals(List.of("<none>:<none>")))
                && (digests.isEmpty() || digests.equals(List.of("<none>@<none>")));
    }

    /// The tag or digest, else `latest`.
    static String tag(String name) {
        int at = name.indexOf('@');
        if (at >= 0) {
            return name.substring(at + 1);
        }
        int tag = tagAt(name);
        return tag < 0 ? "latest" : name.substring(tag + 1);
    }
}
