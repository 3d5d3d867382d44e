package dev.carafe.snapshots;

import dev.carafe.base.Canceled;
import dev.carafe.base.DeadlineExceeded;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// syncfs(2) for all who wait at the same time: one that begins after a layer was written makes it
/// durable, whoever asked for it. Thread-safe.
///
/// ```
/// write(...); long mark = sync.mark(); ...; sync.reach(mark); // what was written is on the disk
/// ```
final class GroupSync {
    /// Only a dead disk takes so long.
    private static final long LONGEST_MINUTES = 15;

    private final Runnable syncfs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    // numbers of syncs, counted from 1
    private long begun;
    private long done;
    private long failed;
    private @Nullable ErrnoException failure;
    private boolean running;

    /// @param folder in the file system
    GroupSync(Path folder) {
        this(() -> {
            try (Fd fd =
                    FileSystem.open(
                            folder.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
                FileContent.syncfs(fd);
            }
        });
    }

    GroupSync(Runnable syncfs) {
        this.syncfs = syncfs;
    }

    /// Stands for all that was written before.
    long mark() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /// Returns when all that was written before the mark is durable.
    ///
    /// @throws ErrnoException when the disk refused to take it
    void reach(long mark) {
        lock.lock();
        try {
            while (done <= mark) {
                if (failure != null && failed > mark) {
                    throw new ErrnoException(
                            failure.call(), failure.errno(), "while syncing for several layers");
                }
                if (running) {
                    awaitEnd();
                } else {
                    sync();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void sync() {
        long number = ++begun;
        running = true;
        lock.unlock();
        ErrnoException refused = null;
        try {
            syncfs.run();
        } catch (ErrnoException e) {
            refused = e;
        } finally {
            lock.lock();
            running = false;
            ended.signalAll();
        }
        if (refused == null) {
            done = number;
        } else {
            failed = number;
            failure = refused;
        }
    }

    private void awaitEnd() {
        try {
            if (!ended.await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new DeadlineExceeded("the disk did not take the layer's files in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Canceled("interrupted while syncing a layer");
        }
    }
}
