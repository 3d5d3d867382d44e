package dev.carafe.network.relay;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Sockets;
import java.nio.ByteBuffer;

/// One way of a connection. Bytes are looked at where they arrived and dropped there when the other
/// side has taken them: a slow reader holds its sender back, and nothing waits in memory here. The
/// end of one side is passed on alone (half-close).
final class Direction {
    /// Chunks before others have their turn.
    private static final int AT_ONCE = 16;

    private final Fd from;
    private final Fd to;
    private boolean over;
    private boolean failed;

    Direction(Fd from, Fd to) {
        this.from = from;
        this.to = to;
    }

    /// Goes on until one of the two would wait.
    ///
    /// @param room direct; its content does not matter
    /// @return whether there is more to do at once
    boolean move(ByteBuffer room) {
        for (int i = 0; i < AT_ONCE; i++) {
            if (over) {
                return false;
            }
            room.clear();
            int n = arrived(room);
            if (n < 0) {
                end();
            }
            if (n <= 0 || !send(room.flip())) {
                return false;
            }
        }
        return !over;
    }

    private int arrived(ByteBuffer room) {
        try {
            return Sockets.peek(from, room);
        } catch (ErrnoException e) {
            failed = true;
            over = true;
            return 0;
        }
    }

    /// @return whether all was taken
    private boolean send(ByteBuffer room) {
        int taken;
        try {
            taken = Pipes.write(to, room);
        } catch (ErrnoException e) {
            // nobody reads there any more
            over = true;
            return false;
        }
        Sockets.discard(from, taken);
        return !room.hasRemaining();
    }

    private void end() {
        over = true;
        try {
            Sockets.shutdown(to, Sockets.SHUT_WR);
        } catch (ErrnoException e) {
            // it has ended by itself
            over = true;
        }
    }

    /// Nothing goes this way any more: its reader has failed.
    void giveUp() {
        over = true;
    }

    /// Whether its sender has failed, and all that came before is passed on.
    boolean hasFailed() {
        return failed;
    }

    boolean isOver() {
        return over;
    }
}
