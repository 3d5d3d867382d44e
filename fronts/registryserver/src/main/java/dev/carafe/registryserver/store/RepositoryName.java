package dev.carafe.registryserver.store;

import dev.carafe.registryserver.http.ApiError;
import java.util.regex.Pattern;

/// A repository's name (distribution-spec, "Pulling manifests"): `team/app`.
public record RepositoryName(String text) {
    private static final int LONGEST = 255;
    private static final Pattern NAME =
            Pattern.compile(
                    "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    /// @throws ApiError NAME_INVALID
    public RepositoryName {
        if (text.length() > LONGEST || !NAME.matcher(text).matches()) {
            throw new ApiError(400, "NAME_INVALID", "invalid repository name: " + text);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
