package dev.carafe.buildkit.control;

import com.google.protobuf.ByteString;
import dev.carafe.base.json.JsonString;
import dev.carafe.build.Built;
import dev.carafe.buildkit.wire.gateway.Ref;
import dev.carafe.buildkit.wire.gateway.RefMap;
import dev.carafe.buildkit.wire.gateway.Result;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Platform;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What was built, as a client's own build is told of it (BuildKit's `exptypes`).
final class BuildAnswer {
    private static final String CONFIG = "containerimage.config";

    private BuildAnswer() {}

    /// @param several whether the images are told by their platforms
    /// @param configuration gives an image's, as it is written
    static void put(
            Result.Builder result,
            List<Built> all,
            boolean several,
            Function<Digest, byte[]> configuration) {
        if (!several) {
            Digest image = all.getFirst().id();
            result.setRef(ref(image));
            result.putMetadata("containerimage.digest", ByteString.copyFromUtf8(image.toString()));
            result.putMetadata(CONFIG, ByteString.copyFrom(configuration.apply(image)));
            return;
        }
        RefMap.Builder refs = RefMap.newBuilder();
        for (Built one : all) {
            String id = one.platform().toString();
            refs.putRefs(id, ref(one.id()));
            result.putMetadata(
                    CONFIG + "/" + id, ByteString.copyFrom(configuration.apply(one.id())));
        }
        result.setRefs(refs);
        result.putMetadata("refs.platforms", ByteString.copyFromUtf8(platforms(all)));
    }

    private static Ref ref(Digest image) {
        return Ref.newBuilder().setId(image.toString()).setDef(ResultGraph.of(image)).build();
    }

    private static String platforms(List<Built> all) {
        return all.stream()
                .map(one -> platform(one.platform()))
                .collect(Collectors.joining(",", "{\"Platforms\":[", "]}"));
    }

    private static String platform(Platform platform) {
        String variant = platform.variant();
        return "{\"ID\":"
                + JsonString.quoted(platform.toString())
                + ",\"Platform\":{\"architecture\":"
                + JsonString.quoted(platform.architecture())
                + ",\"os\":"
                + JsonString.quoted(platform.os())
                + (variant == null ? "" : ",\"variant\":" + JsonString.quoted(variant))
                + "}}";
    }
}
