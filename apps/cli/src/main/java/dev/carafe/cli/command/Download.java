package dev.carafe.cli.command;

import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import dev.carafe.cli.text.Human;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// An answer to a file or to standard output, with progress on a terminal. A file appears under its
/// name when it is whole.
final class Download {
    private static final long PROGRESS_NANOS = 200_000_000;

    private Download() {}

    /// @param output empty = standard output
    /// @param failed what did not work, where something is said: `failed to save image`
    static void run(Session session, String target, String output, String failed)
            throws IOException {
        if (output.isEmpty() && session.out().isTerminal()) {
            throw new Failure(
                    failed
                            + ": cowardly refusing to save to a terminal. Use the -o flag or redirect");
        }
        if (output.isEmpty()) {
            try (Stream stream = session.api().stream("GET", target, null)) {
                copy(session, stream.in(), session.out(), false);
            }
            return;
        }
        File file = new File(output).getAbsoluteFile();
        File parent = file.getParentFile();
        if (parent != null && !parent.isDirectory()) {
            throw new Failure(
                    failed
                            + ": invalid output path: stat "
                            + parent
                            + ": no such file or directory");
        }
        if (file.isDirectory()) {
            throw new Failure(failed + ": cannot write to a directory");
        }
        boolean special = file.exists() && !file.isFile();
        File part =
                special
                        ? file
                        : new File(
                                parent,
                                "." + file.getName() + ".part" + ProcessHandle.current().pid());
        try (Stream stream = session.api().stream("GET", target, null);
                FileOutputStream out = new FileOutputStream(part)) {
            copy(session, stream.in(), out, session.err().isTerminal());
        } catch (IOException | RuntimeException e) {
            if (!special && part.exists() && !part.delete()) {
                session.err().line("cannot remove " + part);
            }
            throw e;
        }
        if (!special && !part.renameTo(file)) {
            throw new Failure("cannot rename " + part + " to " + file);
        }
    }

    private static void copy(Session session, InputStream in, OutputStream out, boolean progress)
            throws IOException {
        byte[] buffer = new byte[256 * 1024];
        long total = 0;
        long shown = System.nanoTime();
        boolean any = false;
        for (int n = in.read(buffer, 0, buffer.length);
                n >= 0;
                n = in.read(buffer, 0, buffer.length)) {
            out.write(buffer, 0, n);
            total += n;
            if (progress && System.nanoTime() - shown > PROGRESS_NANOS) {
                shown = System.nanoTime();
                any = true;
                session.err().print("\r\033[K" + Human.size4(total)).flush();
            }
        }
        if (any) {
            session.err().print("\r\033[K").flush();
        }
    }
}
