package dev.carafe.cli.command;

import dev.carafe.cli.session.Session;
import dev.carafe.cli.text.Human;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Tells how much has been copied, on a terminal only.
final class CopyProgress {
    private static final long PAUSE_NANOS = 100_000_000;

    private final Session session;
    private final boolean shown;
    private long total;

    CopyProgress(Session session, boolean quiet) {
        this.session = session;
        this.shown = !quiet && session.out().isTerminal();
    }

    InputStream counting(InputStream in, String title) {
        return !shown
                ? in
                : new FilterInputStream(in) {
                    private long last;

                    @Override
                    public int read() throws IOException {
                        int c = super.read();
                        count(c < 0 ? 0 : 1);
                        return c;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        int n = super.read(bytes, offset, length);
                        count(Math.max(n, 0));
                        return n;
                    }

                    private void count(int n) {
                        total += n;
                        if (System.nanoTime() - last > PAUSE_NANOS) {
                            last = System.nanoTime();
                            session.err().print("\r\033[K" + title + Human.size4(total)).flush();
                        }
                    }
                };
    }

    void done(String where) {
        if (shown) {
            session.err()
                    .print("\r\033[K")
                    .line("Successfully copied " + Human.size4(total) + " to " + where)
                    .flush();
        }
    }
}
