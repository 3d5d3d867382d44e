package dev.carafe.snapshots;

import dev.carafe.base.Canceled;
import dev.carafe.base.DeadlineExceeded;
import dev.carafe.snapshots.tar.ChunkPipe;
import dev.carafe.snapshots.tar.Chunks;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The caller's thread reads its stream (and so decompresses it), a platform thread beside it
/// unpacks.
final class UnpackPipeline {
    /// How long the unpacking of the last few chunks may take after the stream's end; only a dead
    /// disk takes so long.
    private static final long FINISH_MINUTES = 15;

    private UnpackPipeline() {}

    /// The unpacking side.
    @FunctionalInterface
    interface Unpacking<T> {
        T run(Chunks chunks) throws IOException;
    }

    static <T> T run(InputStream in, Unpacking<T> unpacking) throws IOException {
        ChunkPipe pipe = new ChunkPipe();
        FutureTask<T> task =
                new FutureTask<>(() -> {
                    try {
                        return unpacking.run(pipe);
                    } finally {
                        pipe.abandon();
                    }
                });
        Thread.ofPlatform().daemon().name("carafe-unpack").start(task);
        Exception broken = pump(pipe, in);
        return result(task, broken);
    }

    private static @Nullable Exception pump(ChunkPipe pipe, InputStream in) {
        try {
            pipe.pump(in);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    private static <T> T result(FutureTask<T> task, @Nullable Exception broken) throws IOException {
        try {
            T result = task.get(FINISH_MINUTES, TimeUnit.MINUTES);
            if (broken == null) {
                return result;
            }
        } catch (ExecutionException e) {
            if (broken == null) {
                throw rethrown(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Canceled("interrupted while unpacking");
        } catch (TimeoutException e) {
            throw new DeadlineExceeded("the layer's files could not be written in time");
        }
        throw switch (broken) {
            case IOException e -> StoreErrors.ofStream(e);
            case RuntimeException e -> e;
            default -> new Canceled("interrupted while unpacking");
        };
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) throws IOException {
        return switch (cause) {
            case IOException e -> throw e;
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
