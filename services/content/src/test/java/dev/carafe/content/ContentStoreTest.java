package dev.carafe.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.DataLoss;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.oci.Digest;
import dev.carafe.testkit.Seeded;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentStoreTest {
    @TempDir Path root;

    private ContentStore store;
    private final byte[] bytes = new Seeded(7).bytes(100_000);
    private final Digest digest = Digest.of(bytes);

    @BeforeEach
    void open() {
        store = new ContentStore(root);
    }

    private Digest put(byte[] content) {
        try (Lease lease = store.lease()) {
            return store.put(lease, content);
        }
    }

    private long leftovers() throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("ingest"))) {
            return all.count();
        }
    }

    private Path file(Digest blob) {
        return root.resolve("blobs/sha256").resolve(blob.hex().substring(0, 2)).resolve(blob.hex());
    }

    @Test
    void whatWasCommittedIsReadBack() throws IOException {
        try (Ingest ingest = store.begin()) {
            ingest.write(bytes, 0, 70_000);
            ingest.write(bytes, 70_000, 30_000);
            assertThat(store.exists(digest)).isFalse();
            assertThat(ingest.size()).isEqualTo(100_000);
            assertThat(ingest.commit(digest)).isEqualTo(digest);
        }
        assertThat(store.size(digest)).contains(100_000L);
        assertThat(store.read(digest, 100_000)).isEqualTo(bytes);
        try (InputStream in = store.open(digest)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(file(digest)).hasBinaryContent(bytes);
        assertThat(leftovers()).isZero();
    }

    @Test
    void anotherDigestThanExpectedIsRefused() throws IOException {
        Digest other = Digest.of(new byte[0]);
        try (Ingest ingest = store.begin()) {
            ingest.write(bytes);
            assertThatThrownBy(() -> ingest.commit(other))
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessageContaining(other.toString())
                    .hasMessageContaining(digest.toString());
        }
        assertThat(store.exists(other)).isFalse();
        assertThat(leftovers()).isZero();
    }

    @Test
    void anAbandonedIngestLeavesNothing() throws IOException {
        try (Ingest ingest = store.begin()) {
            ingest.write(bytes);
        }
        assertThat(leftovers()).isZero();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void openingRemovesWhatACrashLeft() throws IOException {
        store.begin().write(bytes);
        store.spool();
        assertThat(leftovers()).isEqualTo(2);
        put(bytes);
        store = new ContentStore(root);
        assertThat(leftovers()).isZero();
        assertThat(store.read(digest, 100_000)).isEqualTo(bytes);
    }

    @Test
    void theSameBytesAreStoredOnceFromManyThreads() {
        List<CompletableFuture<Digest>> all =
                IntStream.range(0, 16)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> put(bytes)))
                        .toList();
        assertThat(all.stream().map(CompletableFuture::join)).containsOnly(digest);
        assertThat(store.list()).containsExactly(digest);
    }

    @Test
    void damageOnDiskIsNoticed() throws IOException {
        put(bytes);
        byte[] damaged = bytes.clone();
        damaged[5000]++;
        Files.write(file(digest), damaged);
        assertThatThrownBy(() -> store.read(digest, 100_000)).isInstanceOf(DataLoss.class);
        try (InputStream in = store.open(digest)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(DataLoss.class);
        }
        Files.write(file(digest), new byte[10]);
        try (InputStream in = store.open(digest)) {
            in.skipNBytes(10);
            assertThatThrownBy(in::read).hasCauseInstanceOf(DataLoss.class);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> store.open(digest)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> store.read(digest, 1)).isInstanceOf(NotFound.class);
        assertThat(store.size(digest)).isEmpty();
        store.delete(digest);
    }

    @Test
    void aBlobThatIsTooLongIsRefused() {
        put(bytes);
        assertThatThrownBy(() -> store.read(digest, 99_999)).isInstanceOf(InvalidArgument.class);
    }

    @Test
    void collectionKeepsRootsAndLeases() {
        Digest root1 = put("root".getBytes(UTF_8));
        Digest garbage = put("garbage".getBytes(UTF_8));
        try (Lease lease = store.lease()) {
            Digest leased = store.put(lease, "leased".getBytes(UTF_8));
            assertThat(store.collect(() -> Set.of(root1))).isEqualTo(7);
            assertThat(store.list()).containsExactlyInAnyOrder(root1, leased);
            assertThat(store.deleteUnlessLeased(leased)).isZero();
        }
        assertThat(store.exists(garbage)).isFalse();
        assertThat(store.collect(() -> Set.of(root1))).isEqualTo(6);
        assertThat(store.list()).containsExactly(root1);
    }

    @Test
    void aBlobThatGotItsReferenceDuringACollectionStays() {
        Digest early = put("early".getBytes(UTF_8));
        Lease lease = store.lease();
        store.collect(() -> {
            // the roots are being listed; meanwhile somebody brings the same blob again, records it
            // and lets go
            assertThat(store.put(lease, "early".getBytes(UTF_8))).isEqualTo(early);
            lease.close();
            return Set.of();
        });
        assertThat(store.exists(early)).isTrue();
        assertThat(store.collect(Set::of)).isEqualTo(5);
    }

    @Test
    void leasesCountPerHolder() {
        Lease one = store.lease();
        Lease two = store.lease();
        store.put(one, bytes);
        store.put(two, bytes);
        two.protect(digest);
        one.close();
        store.collect(Set::of);
        assertThat(store.exists(digest)).isTrue();
        two.close();
        store.collect(Set::of);
        assertThat(store.exists(digest)).isFalse();
        assertThatThrownBy(() -> two.protect(digest)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSpoolIsReadManyTimesAndGoes() throws IOException {
        try (Spool spool = store.spool()) {
            try (OutputStream out = spool.writer()) {
                out.write(bytes);
            }
            assertThat(spool.size()).isEqualTo(100_000);
            for (int i = 0; i < 2; i++) {
                try (InputStream in = spool.reader()) {
                    assertThat(in.readAllBytes()).isEqualTo(bytes);
                }
            }
        }
        assertThat(leftovers()).isZero();
    }
}
