package dev.carafe.buildkit.control;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.buildkit.wire.common.Definition;
import dev.carafe.buildkit.wire.common.Op;
import dev.carafe.buildkit.wire.common.OpInput;
import dev.carafe.buildkit.wire.common.OpMetadata;
import dev.carafe.buildkit.wire.common.SourceOp;
import dev.carafe.oci.Digest;
import java.util.HashMap;
import java.util.Map;

/// A build's image as a graph of operations, in which form clients hand it on to another build: one
/// source, and the end that takes it.
final class ResultGraph {
    private static final String SOURCE = "docker-image://carafe/result@";

    private ResultGraph() {}

    static Definition of(Digest image) {
        ByteString source =
                Op.newBuilder()
                        .setSource(SourceOp.newBuilder().setIdentifier(SOURCE + image))
                        .build()
                        .toByteString();
        String digest = Digest.of(source.toByteArray()).toString();
        ByteString end =
                Op.newBuilder()
                        .addInputs(OpInput.newBuilder().setDigest(digest))
                        .build()
                        .toByteString();
        return Definition.newBuilder()
                .addDef(source)
                .addDef(end)
                .putMetadata(digest, OpMetadata.getDefaultInstance())
                .putMetadata(
                        Digest.of(end.toByteArray()).toString(), OpMetadata.getDefaultInstance())
                .build();
    }

    /// The images of such graphs.
    ///
    /// @throws NotImplemented for a graph that is not one of ours
    static Map<String, Digest> images(Map<String, Definition> graphs) {
        Map<String, Digest> images = new HashMap<>();
        graphs.forEach((name, graph) -> images.put(name, image(name, graph)));
        return images;
    }

    private static Digest image(String name, Definition graph) {
        try {
            for (ByteString bytes : graph.getDefList()) {
                String source = Op.parseFrom(bytes).getSource().getIdentifier();
                if (source.startsWith(SOURCE)) {
                    return Digest.parse(source.substring(SOURCE.length()));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidArgument("invalid definition of the input " + name);
        }
        throw new NotImplemented(
                "the input " + name + " is no Dockerfile's result (LLB), which is not supported");
    }
}
