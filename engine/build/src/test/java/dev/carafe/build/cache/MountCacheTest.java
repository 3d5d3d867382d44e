package dev.carafe.build.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Canceled;
import dev.carafe.base.NotFound;
import dev.carafe.build.dockerfile.RunMount.Sharing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountCacheTest {
    private static final Consumer<Path> EMPTY = folder -> {};

    @TempDir Path folder;

    private MountCache open() {
        return new MountCache(folder, Clock.systemUTC());
    }

    private static void put(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MountCache.Use use(MountCache cache, String id, Sharing sharing) {
        return cache.use(id, sharing, EMPTY, () -> {});
    }

    @Test
    void aFolderIsKeptFromUseToUseAndFromDaemonToDaemon() {
        MountCache cache = open();
        try (MountCache.Use use =
                cache.use("/m2", Sharing.SHARED, f -> put(f.resolve("seed"), "s"), () -> {})) {
            put(use.path().resolve("jar"), "12345");
        }
        MountCache later = open();
        try (MountCache.Use use = use(later, "/m2", Sharing.LOCKED)) {
            assertThat(use.path()).isDirectoryContaining("glob:**/jar");
            assertThat(use.path()).isDirectoryContaining("glob:**/seed");
        }
        assertThat(later.ids()).containsExactly("/m2");
        CacheItem item = later.items().getFirst();
        assertThat(item.bytes()).isEqualTo(6);
        assertThat(item.uses()).isEqualTo(2);
        assertThat(item.description()).isEqualTo("cached mount /m2");
    }

    @Test
    void aLockedOneIsUsedByOneStepAtATime() throws Exception {
        MountCache cache = open();
        CompletableFuture<MountCache.Use> second;
        try (MountCache.Use first = use(cache, "x", Sharing.LOCKED)) {
            assertThat(first.path()).isDirectory();
            second =
                    CompletableFuture.supplyAsync(
                            () -> use(cache, "x", Sharing.LOCKED),
                            task -> Thread.ofVirtual().start(task));
            assertThat(cache.items().getFirst().inUse()).isTrue();
            assertThat(second).isNotDone();
        }
        try (MountCache.Use then = second.get(30, TimeUnit.SECONDS)) {
            assertThat(then.path()).isDirectory();
        }
    }

    @Test
    void aWaitInVainEnds() {
        MountCache cache = open();
        try (MountCache.Use first = use(cache, "x", Sharing.SHARED)) {
            assertThatThrownBy(() ->
                            cache.use(
                                    "x",
                                    Sharing.LOCKED,
                                    EMPTY,
                                    () -> {
                                        throw new Canceled("build canceled");
                                    }))
                    .isInstanceOf(Canceled.class);
            assertThat(first.path()).isDirectory();
        }
        use(cache, "x", Sharing.LOCKED).close();
    }

    @Test
    void privateOnesAreNeverTheSameAtTheSameTime() {
        MountCache cache = open();
        Path one;
        try (MountCache.Use first = use(cache, "x", Sharing.PRIVATE);
                MountCache.Use second = use(cache, "x", Sharing.PRIVATE)) {
            one = first.path();
            assertThat(second.path()).isNotEqualTo(one);
        }
        try (MountCache.Use again = use(cache, "x", Sharing.PRIVATE)) {
            assertThat(again.path()).isEqualTo(one);
        }
    }

    @Test
    void whatIsInUseStays() {
        MountCache cache = open();
        String key;
        try (MountCache.Use use = use(cache, "x", Sharing.SHARED)) {
            key = cache.items().getFirst().id();
            assertThat(cache.remove(key)).isFalse();
            assertThat(use.path()).isDirectory();
        }
        assertThat(cache.remove(key)).isTrue();
        assertThat(cache.items()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void halfMadeFoldersGoAtOpening() throws IOException {
        use(open(), "x", Sharing.SHARED).close();
        Files.createDirectories(folder.resolve("new-123/deep"));
        Files.createDirectories(folder.resolve("0".repeat(64)));
        Files.writeString(folder.resolve("1".repeat(64) + ".json"), "{");
        assertThat(open().ids()).containsExactly("x");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void anotherContentComesWholeOrNotAtAll() {
        MountCache cache = open();
        cache.replace("x", f -> put(f.resolve("a"), "1"));
        assertThatThrownBy(() ->
                        cache.replace(
                                "x",
                                f -> {
                                    put(f.resolve("b"), "2");
                                    throw new IllegalStateException("broken");
                                }))
                .isInstanceOf(IllegalStateException.class);
        try (MountCache.Use use = cache.hold("x")) {
            assertThat(use.path().resolve("a")).hasContent("1");
            assertThat(use.path().resolve("b")).doesNotExist();
        }
        cache.replace("x", f -> put(f.resolve("c"), "3"));
        try (MountCache.Use use = cache.hold("x")) {
            assertThat(use.path()).isDirectoryNotContaining("glob:**/a");
        }
        assertThatThrownBy(() -> cache.hold("y")).isInstanceOf(NotFound.class);
        assertThat(cache.ids()).isEqualTo(List.of("x"));
    }
}
