package dev.carafe.base;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/// State on disk that changes often: a file of lines, of which the last whole one counts. A change
/// is an append and one fdatasync(2), where {@link DurableFile} needs a new file, its rename and
/// two fsync(2). A crash at any point leaves the old state or the new one.
///
/// A line is `{"crc32c":"0123abcd","state":STATE}`, of which the checksum is STATE's.
public final class LatestLine {
    private static final long LONGEST_FILE = 64 << 10;
    private static final byte[] HEAD = "{\"crc32c\":\"".getBytes(US_ASCII);
    private static final byte[] MIDDLE = "\",\"state\":".getBytes(US_ASCII);
    private static final int SUM_DIGITS = 8;
    private static final int PREFIX = HEAD.length + SUM_DIGITS + MIDDLE.length;

    private LatestLine() {}

    /// Replaces the state, and returns when that is on the disk. One at a time for a file.
    ///
    /// @param state JSON without a line end
    /// @throws IOException when the disk refuses; the old state is then still there
    public static void write(Path file, byte[] state) throws IOException {
        byte[] line = line(state);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            if (channel.size() + line.length <= LONGEST_FILE) {
                append(channel, line);
                return;
            }
        } catch (NoSuchFileException e) {
            // made below
        }
        DurableFile.write(file, line);
    }

    private static void append(FileChannel channel, byte[] line) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(false);
    }

    /// Begins with a line end too, for what an append that was cut off may have left before it.
    private static byte[] line(byte[] state) {
        ByteBuffer line = ByteBuffer.allocate(1 + PREFIX + state.length + 2);
        line.put((byte) '\n');
        line.put(HEAD).put(sum(state, 0, state.length)).put(MIDDLE).put(state);
        line.put((byte) '}').put((byte) '\n');
        return line.array();
    }

    private static byte[] sum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return HexFormat.of().toHexDigits((int) sum.getValue()).getBytes(US_ASCII);
    }

    /// The state, or empty when there is no such file.
    ///
    /// @throws DataLoss when the file has no whole line
    public static Optional<byte[]> read(Path file) throws IOException {
        Optional<byte[]> there = DurableFile.read(file);
        if (there.isEmpty()) {
            return there;
        }
        byte[] all = there.get();
        for (int end = all.length; end > 0; ) {
            int start = end;
            while (start > 0 && all[start - 1] != '\n') {
                start--;
            }
            if (isWhole(all, start, end)) {
                return Optional.of(Arrays.copyOfRange(all, start + PREFIX, end - 1));
            }
            end = start - 1;
        }
        throw new DataLoss(new Subject("file", file.toString()), file + " is damaged");
    }

    private static boolean isWhole(byte[] all, int start, int end) {
        int state = start + PREFIX;
        int length = end - 1 - state;
        return length >= 0
                && all[end - 1] == '}'
                && matches(all, start, HEAD)
                && matches(all, start + HEAD.length + SUM_DIGITS, MIDDLE)
                && matches(all, start + HEAD.length, sum(all, state, length));
    }

    private static boolean matches(byte[] all, int at, byte[] expected) {
        return Arrays.equals(all, at, at + expected.length, expected, 0, expected.length);
    }
}
