package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import java.util.ArrayList;
import java.util.List;

/// Descriptors held for the length of a block. Not thread-safe.
final class Held implements AutoCloseable {
    private final List<Fd> descriptors = new ArrayList<>();

    Fd add(Fd fd) {
        descriptors.add(fd);
        return fd;
    }

    @Override
    public void close() {
        descriptors.forEach(Fd::close);
    }
}
