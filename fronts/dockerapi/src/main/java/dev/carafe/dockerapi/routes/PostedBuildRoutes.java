package dev.carafe.dockerapi.routes;

import dev.carafe.base.Ids;
import dev.carafe.dockerapi.config.GrpcDoor;
import dev.carafe.dockerapi.config.PostedBuild;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Query;
import dev.carafe.dockerapi.wire.PostedBuildWire;
import dev.carafe.dockermodel.ProgressMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;

/// `POST /build?version=2`: BuildKit for clients without buildx (docker's command line before 23,
/// dockerode, Go programs). Its status comes back as aux messages `moby.buildkit.trace`.
final class PostedBuildRoutes {
    private static final String UPLOAD = "upload-request";

    private final GrpcDoor door;
    private final Replies replies;
    private final PostedBuildWire wire;
    private final PostedUploads uploads = new PostedUploads();

    PostedBuildRoutes(GrpcDoor door, Replies replies) {
        this.door = door;
        this.replies = replies;
        this.wire = new PostedBuildWire(replies.json());
    }

    void cancel(String id) {
        door.cancelBuild(id);
    }

    void build(Exchange x) throws IOException {
        String id = x.query().text("buildid");
        if (id.startsWith(UPLOAD + ":")) {
            uploads.offer(id.substring(UPLOAD.length() + 1), x.body());
            Replies.empty(x);
            return;
        }
        String ref = id.isEmpty() ? Ids.random() : id;
        try (BuildStream stream = new BuildStream(x, replies, () -> door.cancelBuild(ref));
                InputStream body = body(x, id)) {
            PostedBuild build = request(x.query(), ref, body);
            stream.run(false, output -> run(x, stream, build));
        }
    }

    private PostedBuild request(Query query, String ref, InputStream body) {
        Map<String, String> attrs = wire.attrs(query);
        boolean elsewhere =
                query.text("remote").equals("client-session") || attrs.containsKey("context");
        return new PostedBuild(
                ref, query.text("session"), attrs, wire.outputs(query), elsewhere ? null : body);
    }

    private InputStream body(Exchange x, String id) throws IOException {
        return x.query().text("remote").equals(UPLOAD) ? uploads.await(id) : x.body();
    }

    private void run(Exchange x, BuildStream stream, PostedBuild build) throws IOException {
        boolean quiet = x.query().flag("q");
        String image =
                door.build(
                        build,
                        status -> {
                            if (!quiet) {
                                trace(stream, status);
                            }
                        });
        if (!image.isEmpty()) {
            if (quiet) {
                stream.text(image + "\n");
            } else {
                stream.line(aux("moby.image.id", Map.of("ID", image)));
            }
        }
    }

    private static void trace(BuildStream stream, byte[] status) {
        try {
            stream.line(aux("moby.buildkit.trace", Base64.getEncoder().encodeToString(status)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProgressMessage aux(String id, Object value) {
        return new ProgressMessage(null, null, null, null, id, null, null, value);
    }
}
