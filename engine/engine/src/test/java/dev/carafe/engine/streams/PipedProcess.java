package dev.carafe.engine.streams;

import dev.carafe.linux.Pipes;
import dev.carafe.runtime.JournalPipe;
import dev.carafe.runtime.Stdio;
import java.nio.charset.StandardCharsets;

/// The streams of a process that a test plays: pipes for stdin, stdout and stderr and their
/// journals. They stay open when an engine "dies", as the monitor keeps them.
final class PipedProcess implements AutoCloseable {
    final Pipes.Pipe in = Pipes.pipe(Pipes.O_NONBLOCK);
    final Pipes.Pipe out = Pipes.pipe(Pipes.O_NONBLOCK);
    final Pipes.Pipe err = Pipes.pipe(Pipes.O_NONBLOCK);
    private final Pipes.Pipe outJournal = Pipes.pipe(Pipes.O_NONBLOCK);
    private final Pipes.Pipe errJournal = Pipes.pipe(Pipes.O_NONBLOCK);

    Stdio stdio() {
        return new Stdio(
                in.write(), out.read(), err.read(), journal(outJournal), journal(errJournal));
    }

    private static JournalPipe journal(Pipes.Pipe pipe) {
        return new JournalPipe(pipe.read(), pipe.write());
    }

    JournalPipe outJournal() {
        return journal(outJournal);
    }

    /// All of it, waiting for room.
    void print(String text) {
        print(text.getBytes(StandardCharsets.UTF_8));
    }

    void print(byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            int n = Pipes.write(out.write(), bytes, done, bytes.length - done);
            if (n == 0) {
                Thread.onSpinWait();
                Thread.yield();
            }
            done += n;
        }
    }

    @Override
    public void close() {
        in.close();
        out.close();
        err.close();
        outJournal.close();
        errJournal.close();
    }
}
