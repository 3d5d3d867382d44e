package dev.carafe.cli.command;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What stands at a path of a container, as the daemon's header says.
///
/// @param mode of Go's io/fs.FileMode
record ContainerStat(boolean exists, long mode, String linkTarget) {
    static final String HEADER = "x-docker-container-path-stat";
    private static final long DIRECTORY = 1L << 31;
    private static final long LINK = 1L << 27;
    private static final long TYPES = DIRECTORY | LINK | 0x07200000L;

    /// Asks; what can't be told is taken for not there, and the copy itself tells why.
    static ContainerStat of(Session session, String archive, String path) {
        return of(session.api().head(Query.of(archive).with("path", path).toString(), HEADER));
    }

    static ContainerStat of(@Nullable String header) {
        if (header == null) {
            return new ContainerStat(false, 0, "");
        }
        JsonObject stat =
                Json.readObject(
                        new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8));
        return new ContainerStat(true, stat.number("mode"), stat.text("linkTarget"));
    }

    boolean isDirectory() {
        return exists && (mode & DIRECTORY) != 0;
    }

    boolean isLink() {
        return exists && (mode & LINK) != 0;
    }

    boolean isRegular() {
        return exists && (mode & TYPES) == 0;
    }
}
