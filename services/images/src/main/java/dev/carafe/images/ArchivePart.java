package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.content.ContentStore;
import dev.carafe.content.Spool;
import dev.carafe.images.LayerUnpacker.Source;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.Snapshotter;
import dev.carafe.snapshots.UnplacedLayer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// One file of an image archive, in whatever way it is kept until it is known what it is for.
sealed interface ArchivePart extends Source {
    /// Frees what it takes up.
    default void close() {}

    /// In memory.
    record Small(byte[] bytes) implements ArchivePart {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    /// In a temporary file.
    record Large(Spool spool, long size) implements ArchivePart {
        @Override
        public InputStream open() throws IOException {
            return spool.reader();
        }

        @Override
        public void close() {
            spool.close();
        }
    }

    /// Another name of another file.
    record Link(String target) implements ArchivePart {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }

    /// It looked like a layer and was none: a fault only when somebody wants it.
    ///
    /// @param why an {@link IOException} of the decompressor, or {@link InvalidArgument}
    record Broken(Exception why, long size) implements ArchivePart {
        @Override
        public InputStream open() throws IOException {
            switch (why) {
                case IOException e -> throw new IOException(e.getMessage(), e);
                case RuntimeException e -> throw e;
                default -> throw new IllegalStateException(why);
            }
        }
    }

    /// Unpacked while it came in. Whoever wants the bytes once more, for another chain, gets them
    /// out of the layer that the first one made of it.
    final class Unpacked implements ArchivePart {
        private final UnplacedLayer layer;
        private final long size;
        private final Snapshotter snapshots;
        private final ContentStore content;
        private volatile @Nullable ChainId takenFor;

        Unpacked(UnplacedLayer layer, long size, Snapshotter snapshots, ContentStore content) {
            this.layer = layer;
            this.size = size;
            this.snapshots = snapshots;
            this.content = content;
        }

        Digest diffId() {
            return layer.diffId();
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public @Nullable UnplacedLayer take(ChainId chain) {
            if (takenFor != null) {
                return null;
            }
            takenFor = chain;
            return layer;
        }

        @Override
        public @Nullable ChainId takenFor() {
            return takenFor;
        }

        @Override
        public InputStream open() throws IOException {
            ChainId chain = takenFor;
            if (chain == null) {
                throw new InvalidArgument("a layer's archive stands where a document should");
            }
            Spool spool = content.spool();
            try {
                try (OutputStream out = spool.writer()) {
                    snapshots.layerTar(chain, out);
                }
                return new FilterInputStream(spool.reader()) {
                    @Override
                    public void close() throws IOException {
                        super.close();
                        spool.close();
                    }
                };
            } catch (IOException | RuntimeException e) {
                spool.close();
                throw e;
            }
        }

        @Override
        public void close() {
            layer.close();
        }
    }
}
