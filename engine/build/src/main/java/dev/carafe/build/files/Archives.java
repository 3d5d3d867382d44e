package dev.carafe.build.files;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.images.archive.Compression;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.ApplyLimits;
import dev.carafe.snapshots.TarImport;
import java.io.IOException;
import java.io.InputStream;

/// Archives that ADD unpacks: tars, plain or compressed, told by what is in them.
public final class Archives {
    private static final int BLOCK = 512;
    private static final int SUM_AT = 148;
    private static final int SUM_LENGTH = 8;

    private Archives() {}

    /// Whether an open file is such an archive.
    public static boolean isArchive(Fd file) {
        if (!FileSystem.fstat(file).isRegular()) {
            return false;
        }
        try (InputStream plain = Compression.plain(new FdInput(file))) {
            return isHeader(plain.readNBytes(BLOCK));
        } catch (IOException | RuntimeException e) {
            // what can't be decompressed is a file like any other
            return false;
        }
    }

    /// A tar's first block: the sum in it is the sum of its bytes.
    private static boolean isHeader(byte[] block) {
        if (block.length < BLOCK || block[0] == 0) {
            return false;
        }
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean ownPlace = i >= SUM_AT && i < SUM_AT + SUM_LENGTH;
            sum += ownPlace ? ' ' : block[i] & 0xff;
        }
        long written = 0;
        for (int i = SUM_AT; i < SUM_AT + SUM_LENGTH; i++) {
            if (block[i] >= '0' && block[i] <= '7') {
                written = written * 8 + block[i] - '0';
            } else if (block[i] != ' ' && block[i] != 0) {
                return false;
            }
        }
        return sum == written;
    }

    /// Unpacks over what is there.
    ///
    /// @param directory must exist
    /// @throws InvalidArgument for a damaged archive
    public static void unpack(Fd file, Fd root, String directory) {
        try (InputStream plain = Compression.plain(new FdInput(file))) {
            TarImport.extract(
                    plain, root, directory, new TarImport.Options(true, true, ApplyLimits.DEFAULT));
        } catch (IOException e) {
            throw new InvalidArgument(Subject.NONE, "unpack: " + e.getMessage(), e);
        }
    }
}
