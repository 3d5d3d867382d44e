package dev.carafe.buildkit.control;

import com.google.protobuf.ByteString;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.buildkit.wire.content.ContentGrpc;
import dev.carafe.buildkit.wire.content.Info;
import dev.carafe.buildkit.wire.content.InfoRequest;
import dev.carafe.buildkit.wire.content.InfoResponse;
import dev.carafe.buildkit.wire.content.ReadContentRequest;
import dev.carafe.buildkit.wire.content.ReadContentResponse;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/// `containerd.services.content.v1.Content`: what the history of builds leads to.
public final class HistoryContent extends ContentGrpc.ContentImplBase {
    private static final int PIECE = 1 << 20;

    private final Jobs jobs;

    HistoryContent(Jobs jobs) {
        this.jobs = jobs;
    }

    private byte[] get(String digest) {
        for (Job job : jobs.all()) {
            Optional<byte[]> found = job.provenance().find(digest);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new NotFound(new Subject("blob", digest), "content " + digest + ": not found");
    }

    @Override
    public void info(InfoRequest request, StreamObserver<InfoResponse> out) {
        Replies.one(
                out,
                () -> {
                    byte[] bytes = get(request.getDigest());
                    return InfoResponse.newBuilder()
                            .setInfo(
                                    Info.newBuilder()
                                            .setDigest(request.getDigest())
                                            .setSize(bytes.length))
                            .build();
                });
    }

    @Override
    public void read(ReadContentRequest request, StreamObserver<ReadContentResponse> out) {
        try {
            byte[] bytes = get(request.getDigest());
            int from = (int) Math.clamp(request.getOffset(), 0, bytes.length);
            long wanted = request.getSize() <= 0 ? bytes.length : request.getSize();
            int to = (int) Math.min(bytes.length, from + wanted);
            for (int at = from; at < to; at += PIECE) {
                out.onNext(
                        ReadContentResponse.newBuilder()
                                .setOffset(at)
                                .setData(ByteString.copyFrom(bytes, at, Math.min(PIECE, to - at)))
                                .build());
            }
            out.onCompleted();
        } catch (RuntimeException e) {
            Replies.error(out, e);
        }
    }
}
