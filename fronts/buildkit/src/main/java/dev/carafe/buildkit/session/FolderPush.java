package dev.carafe.buildkit.session;

import com.google.protobuf.ByteString;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.buildkit.wire.files.FileSendGrpc;
import dev.carafe.buildkit.wire.packet.Packet;
import dev.carafe.buildkit.wire.packet.Packet.PacketType;
import dev.carafe.buildkit.wire.packet.Stat;
import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.lite.ProtoLiteUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Sends a folder to the client: we name each file in the order of a walk, the client asks for the
/// content of those that it wants, and says when it has all (fsutil's protocol in a
/// `FileSend.DiffCopy` stream, whose messages are packets then).
final class FolderPush {
    private static final int PIECE = 1 << 15;
    private static final Packet END = Packet.newBuilder().setType(PacketType.PACKET_FIN).build();

    /// The same method as for single files, with other messages.
    private static final MethodDescriptor<Packet, Packet> METHOD =
            MethodDescriptor.<Packet, Packet>newBuilder()
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setFullMethodName(FileSendGrpc.getDiffCopyMethod().getFullMethodName())
                    .setRequestMarshaller(ProtoLiteUtils.marshaller(Packet.getDefaultInstance()))
                    .setResponseMarshaller(ProtoLiteUtils.marshaller(Packet.getDefaultInstance()))
                    .build();

    private final PacedStream<Packet, Packet> stream;
    private final LinkedBlockingQueue<Packet> asked = new LinkedBlockingQueue<>();
    private final List<Place> places = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> links = new HashMap<>();

    /// Where the content of a file is.
    private record Place(Fd root, String path) {}

    private FolderPush() {
        this.stream = new PacedStream<>(asked::add);
    }

    static void push(ManagedChannel channel, Metadata head, Fd root) {
        push(channel, head, new TreeMap<>(Map.of("", root)));
    }

    /// @param roots by the names of the folders that they become; an empty one for the only root
    static void push(ManagedChannel channel, Metadata head, SortedMap<String, Fd> roots) {
        FolderPush push = new FolderPush();
        ClientCalls.asyncBidiStreamingCall(
                ClientInterceptors.intercept(
                                channel, MetadataUtils.newAttachHeadersInterceptor(head))
                        .newCall(METHOD, CallOptions.DEFAULT),
                push.stream);
        try {
            roots.forEach(push::root);
            push.stream.send(Packet.newBuilder().setType(PacketType.PACKET_STAT).build());
            push.answer();
        } catch (CompletionException e) {
            throw PacedStream.failure("files", e);
        } catch (RuntimeException e) {
            push.stream.cancel(e);
            throw e;
        }
        push.stream.await("files");
    }

    private void root(String name, Fd root) {
        // it may be open as a mere place, which can't be listed
        try (Fd top = FileSystem.openat(root, ".", FileSystem.O_DIRECTORY, 0)) {
            if (!name.isEmpty()) {
                name(root, top, "", name, "", FileSystem.fstat(top));
            }
            walk(root, top, name, "");
        }
    }

    /// @param shown the folder's path as the client has it
    /// @param path the folder's path below the root
    private void walk(Fd root, Fd dir, String shown, String path) {
        List<DirectoryEntry> entries = new ArrayList<>(Directories.list(dir));
        entries.sort(Comparator.comparing(DirectoryEntry::name));
        for (DirectoryEntry entry : entries) {
            String below = path.isEmpty() ? entry.name() : path + "/" + entry.name();
            dev.carafe.linux.Stat stat =
                    FileSystem.statx(dir, entry.name(), FileSystem.AT_SYMLINK_NOFOLLOW);
            String told = shown.isEmpty() ? entry.name() : shown + "/" + entry.name();
            name(root, dir, entry.name(), told, below, stat);
            if (stat.isDirectory()) {
                try (Fd inner =
                        FileSystem.openat(
                                dir,
                                entry.name(),
                                FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW,
                                0)) {
                    walk(root, inner, told, below);
                }
            }
        }
    }

    private void name(
            Fd root, Fd dir, String name, String shown, String path, dev.carafe.linux.Stat stat) {
        Stat.Builder wire = Entry.of(dir, name, shown, stat);
        if (stat.isRegular() && stat.links() > 1) {
            String inode = stat.devMajor() + ":" + stat.devMinor() + ":" + stat.inode();
            String first = links.putIfAbsent(inode, shown);
            if (first != null) {
                wire.setLinkname(first);
            }
        }
        places.add(new Place(root, path));
        stream.send(Packet.newBuilder().setType(PacketType.PACKET_STAT).setStat(wire).build());
    }

    private void answer() {
        while (true) {
            Packet packet = next();
            switch (packet.getType()) {
                case PACKET_REQ -> content(packet.getId());
                case PACKET_FIN -> {
                    stream.send(END);
                    stream.end();
                    return;
                }
                case PACKET_ERR ->
                        throw new Unavailable(
                                new Subject("output", "files"),
                                "the client could not write the files: "
                                        + packet.getData().toStringUtf8());
                default -> throw new Unavailable("unexpected packet " + packet.getType());
            }
        }
    }

    private Packet next() {
        try {
            Packet packet = asked.poll();
            while (packet == null) {
                stream.checkOpen();
                packet = asked.poll(1, TimeUnit.SECONDS);
            }
            return packet;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted");
        }
    }

    private void content(int id) {
        if (id < 0 || id >= places.size()) {
            throw new Unavailable("invalid file id " + id);
        }
        byte[] buffer = new byte[PIECE];
        int flags = FileSystem.O_RDONLY | FileSystem.O_NOFOLLOW | FileSystem.O_NONBLOCK;
        Place place = places.get(id);
        try (Fd file = FileSystem.openInRoot(place.root(), "/" + place.path(), flags, 0)) {
            long at = 0;
            int n = FileContent.pread(file, buffer, 0, PIECE, at);
            while (n > 0) {
                data(id, ByteString.copyFrom(buffer, 0, n));
                at += n;
                n = FileContent.pread(file, buffer, 0, PIECE, at);
            }
        }
        data(id, ByteString.EMPTY);
    }

    private void data(int id, ByteString bytes) {
        stream.send(
                Packet.newBuilder()
                        .setType(PacketType.PACKET_DATA)
                        .setId(id)
                        .setData(bytes)
                        .build());
    }
}
