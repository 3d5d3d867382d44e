package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import dev.carafe.base.NotFound;
import dev.carafe.images.InUse.User;
import dev.carafe.images.Removal.Deleted;
import dev.carafe.images.Removal.Untagged;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.snapshots.ChainId;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoveImageTest {
    private static final String CONTAINER = "0123456789abcdef".repeat(4);
    private static final InUse RUNNING = image -> List.of(new User(CONTAINER, true));
    private static final InUse STOPPED = image -> List.of(new User(CONTAINER, false));

    @TempDir Path temp;

    private Shelf shelf;
    private final byte[] base = new TinyTar().file("base", "base").bytes();
    private final TinyImage app =
            TinyImages.named("app:1").layer(base).layer(new TinyTar().file("app", "app")).build();

    @BeforeEach
    void open() {
        shelf = new Shelf(temp);
        shelf.load(app);
    }

    private List<Removal> remove(String ref, boolean force, InUse check) {
        return shelf.store.remove(ref, force, true, check);
    }

    private void tag(String name) {
        shelf.store.tag(shelf.store.get(app.id().toString()), ImageReference.parse(name));
    }

    @Test
    void theLastNameTakesTheImageWithIt() {
        ChainId lower = ChainId.of(app.diffIds().subList(0, 1));
        ChainId upper = ChainId.of(app.diffIds());
        assertThat(remove("app:1", false, InUse.NOBODY))
                .containsExactly(
                        new Untagged("app:1"),
                        new Deleted(app.id().toString()),
                        new Deleted(upper.toString()),
                        new Deleted(lower.toString()));
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void oneOfSeveralNamesGoesAlone() {
        tag("other:2");
        assertThat(remove("other:2", false, RUNNING)).containsExactly(new Untagged("other:2"));
        assertThat(shelf.store.get("app:1").repoTags()).containsExactly("app:1");
    }

    @Test
    void anIdTakesTheOnlyNameWithIt() {
        assertThat(remove(app.id().shortHex(), false, InUse.NOBODY))
                .startsWith(new Untagged("app:1"), new Deleted(app.id().toString()));
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void anIdInSeveralRepositoriesMustBeForced() {
        tag("other:2");
        String id = app.id().toString();
        assertThatThrownBy(() -> remove(id, false, InUse.NOBODY))
                .isInstanceOf(Conflict.class)
                .hasMessage(
                        "conflict: unable to delete "
                                + app.id().shortHex()
                                + " (must be forced) - image is referenced in multiple repositories");
        assertThat(remove(id, true, InUse.NOBODY))
                .startsWith(new Untagged("app:1"), new Untagged("other:2"), new Deleted(id));
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void anImageInUseIsNotRemovedByName() {
        for (InUse check : List.of(RUNNING, STOPPED)) {
            assertThatThrownBy(() -> remove("app:1", false, check))
                    .isInstanceOf(Conflict.class)
                    .hasMessage(
                            "conflict: unable to remove repository reference \"app:1\" (must force) - container "
                                    + "0123456789ab is using its referenced image "
                                    + app.id().shortHex());
        }
        assertThat(shelf.store.get("app:1").id()).isEqualTo(app.id());
    }

    @Test
    void forceTakesTheNameOfAnImageThatRuns() {
        assertThat(remove("app:1", true, RUNNING)).containsExactly(new Untagged("app:1"));
        assertThat(shelf.store.get(app.id().toString()).dangling()).isTrue();
    }

    @Test
    void forceTakesAnImageWithStoppedContainersAndLeavesTheirLayers() {
        shelf.snapshots.prepare(CONTAINER, ChainId.of(app.diffIds()));
        assertThat(remove("app:1", true, STOPPED))
                .containsExactly(new Untagged("app:1"), new Deleted(app.id().toString()));
        assertThat(shelf.snapshots.list()).hasSize(2);
        shelf.snapshots.discard(CONTAINER);
        shelf.reopen();
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void anIdInUseIsRefusedWithItsReason() {
        String id = app.id().toString();
        String start = "conflict: unable to delete " + app.id().shortHex();
        assertThatThrownBy(() -> remove(id, false, STOPPED))
                .isInstanceOf(Conflict.class)
                .hasMessage(
                        start
                                + " (must be forced) - image is being used by stopped container 0123456789ab");
        for (boolean force : new boolean[] {false, true}) {
            assertThatThrownBy(() -> remove(id, force, RUNNING))
                    .isInstanceOf(Conflict.class)
                    .hasMessage(
                            start
                                    + " (cannot be forced) - image is being used by running container 0123456789ab");
        }
        assertThat(shelf.store.get("app:1").id()).isEqualTo(app.id());
        assertThat(remove(id, true, STOPPED)).contains(new Deleted(id));
    }

    @Test
    void layersThatAnotherImageNeedsStay() {
        TinyImage other = TinyImages.named("other:1").layer(base).build();
        shelf.load(other);
        assertThat(remove("app:1", false, InUse.NOBODY)).hasSize(3);
        assertThat(shelf.snapshots.list()).containsExactly(ChainId.of(other.diffIds()));
        assertThat(shelf.store.get("other:1").layers()).allMatch(shelf.snapshots::exists);
    }

    @Test
    void layersThatAreBeingUsedForANewImageStay() {
        try (LayerHold hold = shelf.store.hold()) {
            hold.keep(ChainId.of(app.diffIds().subList(0, 1)));
            remove("app:1", false, InUse.NOBODY);
            assertThat(shelf.snapshots.list())
                    .containsExactly(ChainId.of(app.diffIds().subList(0, 1)));
        }
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> remove("nope", true, InUse.NOBODY))
                .isInstanceOf(NotFound.class)
                .hasMessage("No such image: nope:latest");
        Digest other = Digest.of(new byte[1]);
        assertThatThrownBy(() -> shelf.store.get(other.toString()))
                .isInstanceOf(NotFound.class)
                .hasMessage("No such image: " + other);
        assertThatThrownBy(() -> shelf.store.get("app@" + other))
                .hasMessage("No such image: app@" + other);
    }

    @Test
    void aRestartRemovesWhatNobodyNeeds() {
        shelf.content.put(shelf.content.lease(), new byte[] {1, 2, 3});
        shelf.snapshots.apply(
                null, new ByteArrayInputStream(new TinyTar().file("orphan", "x").bytes()));
        shelf.reopen();
        assertThat(shelf.blobs()).hasSize(2);
        assertThat(shelf.snapshots.list()).hasSize(2);
        assertThat(shelf.store.get("app:1").id()).isEqualTo(app.id());
    }

    @Test
    void pruneTakesDanglingImagesThatNobodyUses() {
        TinyImage loose = TinyImages.named().layer(new TinyTar().file("loose", "12345")).build();
        shelf.load(loose);
        assertThat(shelf.store.prune(PruneFilter.DANGLING, RUNNING).removals()).isEmpty();
        Pruned pruned = shelf.store.prune(PruneFilter.DANGLING, InUse.NOBODY);
        assertThat(pruned.removals()).startsWith(new Deleted(loose.id().toString())).hasSize(2);
        assertThat(pruned.spaceReclaimedBytes()).isEqualTo(5);
        assertThat(shelf.store.list()).extracting(Image::id).containsExactly(app.id());
    }

    @Test
    void pruneLeavesOneTagOfAnImageInUse() {
        shelf.store.tag(shelf.store.get("app:1"), ImageReference.parse("app:0"));
        shelf.store.tag(shelf.store.get("app:1"), ImageReference.parse("app:2"));
        PruneFilter all = new PruneFilter(false, null, List.of(), List.of());
        assertThat(shelf.store.prune(all, RUNNING).removals())
                .containsExactly(new Untagged("app:0"), new Untagged("app:1"));
        assertThat(shelf.store.get("app:2").id()).isEqualTo(app.id());
    }

    @Test
    void pruneDoesNotCountALayerThatARootStillStandsOn() {
        TinyImage loose = TinyImages.named().layer(new TinyTar().file("loose", "12345")).build();
        Image image = shelf.load(loose);
        shelf.snapshots.prepare("container", image.layers().getFirst());
        Pruned pruned = shelf.store.prune(PruneFilter.DANGLING, InUse.NOBODY);
        assertThat(pruned.removals()).containsExactly(new Deleted(loose.id().toString()));
        assertThat(pruned.spaceReclaimedBytes()).isZero();
    }

    @Test
    void pruneFiltersByAgeAndLabels() {
        TinyImage labeled =
                TinyImages.named("l:1")
                        .layer(base)
                        .labels(Map.of("keep", "yes"))
                        .created(Instant.parse("2020-01-01T00:00:00Z"))
                        .build();
        shelf.load(labeled);
        Instant until = Instant.parse("2021-01-01T00:00:00Z");
        PruneFilter old = new PruneFilter(false, until, List.of(), List.of("keep=yes"));
        assertThat(shelf.store.prune(old, InUse.NOBODY).removals()).isEmpty();
        PruneFilter kept = new PruneFilter(false, until, List.of("keep"), List.of("keep=no"));
        assertThat(shelf.store.prune(kept, InUse.NOBODY).removals()).contains(new Untagged("l:1"));
        assertThat(shelf.store.list()).extracting(Image::id).containsExactly(app.id());
    }

    private Digest madeOf(Digest parent, String name) {
        byte[] config =
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"" + name + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        return shelf.store
                .add(
                        NewImage.plain(config, List.of(), List.of(ImageReference.parse(name)))
                                .of(parent))
                .id();
    }

    @Test
    void whatAnotherImageWasMadeOfGoesWithIt() {
        Digest child = madeOf(app.id(), "child");
        assertThatThrownBy(() -> remove(app.id().hex(), true, InUse.NOBODY))
                .isInstanceOf(Conflict.class)
                .hasMessageEndingWith("(cannot be forced) - image has dependent child images");
        assertThat(remove("app:1", false, InUse.NOBODY)).containsExactly(new Untagged("app:1"));
        assertThat(shelf.store.prune(PruneFilter.DANGLING, InUse.NOBODY).removals()).isEmpty();
        assertThat(shelf.store.byId(app.id())).isPresent();
        assertThat(remove("child", false, InUse.NOBODY))
                .startsWith(
                        new Untagged("child:latest"),
                        new Deleted(child.toString()),
                        new Deleted(app.id().toString()));
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void whatHasAnotherChildOrANameOrAUserStays() {
        madeOf(app.id(), "one");
        madeOf(app.id(), "two");
        remove("one", false, InUse.NOBODY);
        assertThat(shelf.store.find("app:1")).isPresent();
        remove("app:1", false, InUse.NOBODY);
        remove("two", false, image -> image.equals(app.id()) ? STOPPED.users(image) : List.of());
        assertThat(shelf.store.byId(app.id())).isPresent();
        Digest three = madeOf(app.id(), "three");
        shelf.store.remove("three", false, false, InUse.NOBODY);
        assertThat(shelf.store.byId(three)).isEmpty();
        assertThat(shelf.store.byId(app.id())).isPresent();
    }
}
