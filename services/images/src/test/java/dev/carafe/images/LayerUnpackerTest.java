package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.ChainId;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerUnpackerTest {
    private static final byte[] BASE = new TinyTar().file("a", "a").bytes();
    private static final byte[] UPPER = new TinyTar().file("b", "b").bytes();
    private static final Digest BASE_ID = Digest.of(BASE);
    private static final Digest UPPER_ID = Digest.of(UPPER);

    @TempDir Path temp;

    private final CountDownLatch upperIsRead = new CountDownLatch(1);

    /// Reads a layer before its parent is there, as the overlay does.
    private final MemorySnapshotter snapshots =
            new MemorySnapshotter() {
                @Override
                public AppliedLayer apply(
                        ChainId parent, InputStream tar, Digest expected, Runnable arrival) {
                    try {
                        byte[] bytes = tar.readAllBytes();
                        if (parent != null) {
                            upperIsRead.countDown();
                        }
                        arrival.run();
                        return apply(parent, new ByteArrayInputStream(bytes), expected);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };

    private static LayerUnpacker.Source source(InputStream bytes) {
        return new LayerUnpacker.Source() {
            @Override
            public InputStream open() {
                return bytes;
            }

            @Override
            public long size() {
                return 1;
            }
        };
    }

    private LayerUnpacker unpacker() {
        Shelf shelf = new Shelf(temp);
        return new LayerUnpacker(snapshots, shelf.store.hold(), LoadProgress.NONE);
    }

    @Test
    void theLayersOfAnImageAreUnpackedSideBySide() {
        ChainId base = ChainId.over(null, BASE_ID);
        try (LayerUnpacker unpacker = unpacker()) {
            InputStream waitsForTheUpperOne =
                    new ByteArrayInputStream(BASE) {
                        @Override
                        public synchronized int read(byte[] b, int off, int len) {
                            await(upperIsRead);
                            return super.read(b, off, len);
                        }
                    };
            unpacker.start(null, BASE_ID, source(waitsForTheUpperOne));
            unpacker.start(base, UPPER_ID, source(new ByteArrayInputStream(UPPER)));
            unpacker.await();
        }
        assertThat(snapshots.tars.get(base)).isEqualTo(BASE);
        assertThat(snapshots.tars.get(ChainId.over(base, UPPER_ID))).isEqualTo(UPPER);
    }

    @Test
    void aLayerOverABrokenOneIsNotThereAndTheBrokenOneIsTold() {
        try (LayerUnpacker unpacker = unpacker()) {
            InputStream broken =
                    new InputStream() {
                        @Override
                        public int read() throws IOException {
                            await(upperIsRead);
                            throw new IOException("no more bytes");
                        }
                    };
            unpacker.start(null, BASE_ID, source(broken));
            unpacker.start(
                    ChainId.over(null, BASE_ID), UPPER_ID, source(new ByteArrayInputStream(UPPER)));
            assertThatThrownBy(unpacker::await)
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessageContaining(BASE_ID.toString())
                    .hasMessageContaining("no more bytes");
        }
        assertThat(snapshots.tars).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the upper layer was not read meanwhile");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
