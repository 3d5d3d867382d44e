package dev.carafe.build.files;

import dev.carafe.base.BulkInput;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;

/// Reads an open file from its start. Closing the stream does not close the file.
public final class FdInput extends BulkInput {
    private final Fd file;
    private long at;

    public FdInput(Fd file) {
        this.file = file;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int n = FileContent.pread(file, bytes, offset, length, at);
        if (n <= 0) {
            return -1;
        }
        at += n;
        return n;
    }
}
