package dev.carafe.buildkit.session;

import com.google.protobuf.ByteString;
import dev.carafe.base.Canceled;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.build.context.ContextWriter;
import dev.carafe.buildkit.wire.files.FileSyncGrpc;
import dev.carafe.buildkit.wire.packet.Packet;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Brings a folder of the client's here: the client names each file in the order of a walk, we ask
/// for the content of those that are new, and say when we have all (fsutil's protocol in a
/// `FileSync.DiffCopy` stream).
final class FolderPull implements StreamObserver<Packet> {
    /// Files under way at the same time; the client sends four at once.
    private static final int WINDOW = 64;

    private final String folder;
    private final ContextWriter writer;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final Queue<Integer> wanted = new ArrayDeque<>();
    private final Map<Integer, String> paths = new HashMap<>();
    private StreamObserver<Packet> out = new Nobody();
    private int nextId;
    private int underWay;
    private boolean walked;
    private boolean finished;
    private boolean closed;
    private long bytes;

    private FolderPull(String folder, ContextWriter writer) {
        this.folder = folder;
        this.writer = writer;
    }

    /// @param folder the client's name for it: `context`, `dockerfile`
    /// @param follow only these paths, with what they lead to; empty for all
    /// @param exclude patterns as in `.dockerignore`
    /// @return bytes that came
    static long pull(
            Session session,
            String folder,
            List<String> follow,
            List<String> exclude,
            ContextWriter writer) {
        Metadata head = new Metadata();
        put(head, "dir-name", List.of(folder));
        put(head, "followpaths", follow);
        put(head, "exclude-patterns", exclude);
        FolderPull pull = new FolderPull(folder, writer);
        synchronized (pull) {
            pull.out =
                    FileSyncGrpc.newStub(session.channel())
                            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
                            .diffCopy(pull);
        }
        try {
            return pull.done.join();
        } catch (CompletionException e) {
            throw failure(folder, e.getCause() == null ? e : e.getCause());
        } finally {
            pull.close();
        }
    }

    /// Nothing is written any more, whatever the client still sends.
    private synchronized void close() {
        closed = true;
        writer.close();
    }

    private static RuntimeException failure(String folder, Throwable cause) {
        if (cause instanceof RuntimeException e && !(e instanceof StatusRuntimeException)) {
            return e;
        }
        Status status = Status.fromThrowable(cause);
        String why = status.getDescription() == null ? cause.toString() : status.getDescription();
        return switch (status.getCode()) {
            case NOT_FOUND, UNIMPLEMENTED ->
                    new InvalidArgument(new Subject("folder", folder), why, cause);
            case CANCELLED -> new Canceled("context canceled");
            default ->
                    new Unavailable(
                            new Subject("folder", folder),
                            "failed to load " + folder + " from the client: " + why,
                            cause);
        };
    }

    private static void put(Metadata head, String name, List<String> values) {
        boolean plain = values.stream().allMatch(v -> v.chars().allMatch(c -> c < 128));
        Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        for (String value : values) {
            head.put(key, plain ? value : URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        if (!plain) {
            head.put(Metadata.Key.of(name + "-encoded", Metadata.ASCII_STRING_MARSHALLER), "1");
        }
    }

    @Override
    public synchronized void onNext(Packet packet) {
        if (closed) {
            return;
        }
        try {
            take(packet);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException e) {
        if (done.completeExceptionally(e)) {
            out.onNext(
                    Packet.newBuilder()
                            .setType(Packet.PacketType.PACKET_ERR)
                            .setData(ByteString.copyFromUtf8(String.valueOf(e.getMessage())))
                            .build());
            out.onCompleted();
        }
    }

    private void take(Packet packet) {
        switch (packet.getType()) {
            case PACKET_STAT -> {
                if (packet.hasStat()) {
                    name(packet);
                } else {
                    walked = true;
                }
                ask();
            }
            case PACKET_DATA -> {
                data(packet.getId(), packet.getData());
                ask();
            }
            case PACKET_ERR ->
                    throw new Unavailable(
                            "error from sender of "
                                    + folder
                                    + ": "
                                    + packet.getData().toStringUtf8());
            case PACKET_FIN -> {
                writer.finish();
                out.onCompleted();
                done.complete(bytes);
            }
            case PACKET_REQ, UNRECOGNIZED ->
                    throw new InvalidArgument("unexpected packet " + packet.getType());
        }
    }

    private void name(Packet packet) {
        int id = nextId++;
        if (writer.put(Entry.of(packet.getStat()))) {
            paths.put(id, packet.getStat().getPath());
            wanted.add(id);
        }
    }

    private void data(int id, ByteString data) {
        String path = paths.get(id);
        if (path == null) {
            throw new InvalidArgument("content of a file that nobody asked for");
        }
        if (data.isEmpty()) {
            writer.end(path);
            paths.remove(id);
            underWay--;
        } else {
            writer.write(path, data.toByteArray());
            bytes += data.size();
        }
    }

    private void ask() {
        while (underWay < WINDOW && !wanted.isEmpty()) {
            underWay++;
            out.onNext(
                    Packet.newBuilder()
                            .setType(Packet.PacketType.PACKET_REQ)
                            .setId(wanted.remove())
                            .build());
        }
        if (walked && underWay == 0 && !finished) {
            finished = true;
            out.onNext(Packet.newBuilder().setType(Packet.PacketType.PACKET_FIN).build());
        }
    }

    @Override
    public void onError(Throwable t) {
        done.completeExceptionally(t);
    }

    @Override
    public void onCompleted() {
        done.completeExceptionally(new Unavailable("the client ended sending " + folder));
    }

    /// In the place of the stream until it is there.
    private static final class Nobody implements StreamObserver<Packet> {
        @Override
        public void onNext(Packet value) {}

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {}
    }
}
