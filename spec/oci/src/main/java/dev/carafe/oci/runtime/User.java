package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who a process runs as, in ids of the container's user namespace (runtime-spec
/// config.md#posix-platform-user).
///
/// @param umask null for 0022
@Json
public record User(long uid, long gid, @Nullable Integer umask, List<Long> additionalGids) {
    public static final User ROOT = new User(0, 0, null, List.of());

    public User {
        additionalGids = Lists.copy(additionalGids);
    }
}
