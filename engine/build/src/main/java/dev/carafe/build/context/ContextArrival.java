package dev.carafe.build.context;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.RawText;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Brings a folder of our own client's here over one connection: it tells of all files, is told
/// which of them are wanted, and sends their contents.
///
/// The client: for each file a byte `f` (file), `d` (directory) or `l` (symlink), path, int
/// permissions, long size, long seconds and int nanoseconds of its last change, target of a
/// symlink; then a byte 0. A text is int length and bytes; numbers are big-endian. The answer: a
/// byte 0, int count, the places of the wanted files in the listing, each an int. The client: their
/// contents, each as long as the listing says. The answer: a byte 0. In the place of an answer a
/// byte 1 and a text refuse.
public final class ContextArrival {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST = 1 << 16;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final ContextWriter writer;
    private final List<ContextEntry> wanted = new ArrayList<>();

    private ContextArrival(InputStream in, OutputStream out, ContextWriter writer) {
        this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
        this.out = new DataOutputStream(out);
        this.writer = writer;
    }

    /// @param then run when all is there, before the client is told
    /// @return whether all is there; else the client was told why not
    /// @throws IOException when the connection breaks
    public static boolean run(BuildContext context, InputStream in, OutputStream out, Runnable then)
            throws IOException {
        try (ContextWriter writer = new ContextWriter(context)) {
            ContextArrival arrival = new ContextArrival(in, out, writer);
            try {
                arrival.run();
                then.run();
                arrival.accept();
                return true;
            } catch (CarafeException | ErrnoException e) {
                arrival.refuse(String.valueOf(e.getMessage()));
                return false;
            }
        }
    }

    private void run() throws IOException {
        List<Integer> places = new ArrayList<>();
        int place = 0;
        for (int kind = in.readUnsignedByte(); kind != 0; kind = in.readUnsignedByte()) {
            ContextEntry entry = entry(kind);
            if (writer.put(entry)) {
                places.add(place);
                wanted.add(entry);
            }
            place++;
        }
        out.write(answer(places));
        out.flush();
        byte[] buffer = new byte[BUFFER];
        for (ContextEntry entry : wanted) {
            content(entry, buffer);
        }
        writer.finish();
    }

    private void accept() throws IOException {
        out.writeByte(0);
        out.flush();
    }

    private ContextEntry entry(int kind) throws IOException {
        String path = text();
        int permissions = in.readInt() & 07777;
        long size = in.readLong();
        Instant modified = moment(in.readLong(), in.readInt());
        return new ContextEntry(path, kind(kind), permissions, size, modified, text());
    }

    private static ContextEntry.Kind kind(int kind) {
        return switch (kind) {
            case 'f' -> ContextEntry.Kind.FILE;
            case 'd' -> ContextEntry.Kind.DIRECTORY;
            case 'l' -> ContextEntry.Kind.SYMLINK;
            default -> throw new InvalidArgument("no kind of file in a context: " + kind);
        };
    }

    private static Instant moment(long seconds, int nanos) {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidArgument("no moment: " + seconds + " seconds");
        }
    }

    private String text() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new InvalidArgument("a path in the context is too long");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return RawText.decode(bytes);
    }

    private static byte[] answer(List<Integer> places) {
        ByteBuffer answer = ByteBuffer.allocate(5 + 4 * places.size());
        answer.put((byte) 0).putInt(places.size());
        places.forEach(answer::putInt);
        return answer.array();
    }

    private void content(ContextEntry entry, byte[] buffer) throws IOException {
        for (long left = entry.size(); left > 0; ) {
            int n = (int) Math.min(left, buffer.length);
            in.readFully(buffer, 0, n);
            writer.write(entry.path(), buffer, n);
            left -= n;
        }
        writer.end(entry.path());
    }

    private void refuse(String why) throws IOException {
        byte[] bytes = why.getBytes(StandardCharsets.UTF_8);
        out.writeByte(1);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }
}
