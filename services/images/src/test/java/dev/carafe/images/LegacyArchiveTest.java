package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig.History;
import dev.carafe.testkit.Seeded;
import dev.carafe.testkit.TinyTar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives from before docker 1.10.
class LegacyArchiveTest {
    @TempDir Path temp;

    private Shelf shelf;
    private final byte[] low =
            new TinyTar().file("low", new Seeded(1).softBytes(200_000), 0644).bytes();
    private final byte[] high = new TinyTar().file("high", "high").bytes();

    @BeforeEach
    void open() {
        shelf = new Shelf(temp);
    }

    private static TinyTar layer(TinyTar archive, String id, String json, byte[] tar) {
        return archive.dir(id)
                .file(id + "/VERSION", "1.0")
                .file(id + "/json", json)
                .file(id + "/layer.tar", tar, 0644);
    }

    private byte[] archive(String repositories) {
        TinyTar archive = new TinyTar();
        layer(
                archive,
                "bb",
                """
                {"id":"bb","parent":"aa","created":"2015-02-03T04:05:06Z","author":"Ada",
                 "container_config":{"Cmd":["/bin/sh","-c","#(nop) CMD"]},"docker_version":"1.8.2",
                 "config":{"Cmd":["high"],"Env":["A=1"]},"architecture":"amd64","os":"linux",
                 "Size":4}
                """,
                high);
        layer(
                archive,
                "aa",
                """
                {"id":"aa","created":"2015-01-02T03:04:05Z","comment":"below",
                 "container_config":{"Cmd":["make"]}}
                """,
                low);
        return archive.file("repositories", repositories).bytes();
    }

    @Test
    void aNamedImageHasItsLayersAndAHistory() {
        List<Loaded> loaded = shelf.load(archive("{\"team/app\":{\"1\":\"bb\",\"2\":\"bb\"}}"));
        assertThat(loaded).hasSize(1);
        Image image = shelf.store.get("team/app:2");
        assertThat(image.repoTags()).containsExactly("team/app:1", "team/app:2");
        assertThat(image.config().rootfs().diffIds())
                .containsExactly(Digest.of(low), Digest.of(high));
        assertThat(image.config().history())
                .extracting(History::createdBy)
                .containsExactly("make", "/bin/sh -c #(nop) CMD");
        assertThat(image.config().history().getFirst().comment()).isEqualTo("below");
        assertThat(image.config().config().cmd()).containsExactly("high");
        assertThat(image.config().author()).isEqualTo("Ada");
        assertThat(image.created()).isEqualTo("2015-02-03T04:05:06Z");
        assertThat(shelf.leftovers()).isZero();
    }

    @Test
    void whatHasANameBelowIsTheParent() {
        shelf.load(archive("{\"app\":{\"low\":\"aa\",\"high\":\"bb\"}}"));
        assertThat(shelf.store.get("app:high").parent()).isEqualTo(shelf.store.get("app:low").id());
        assertThat(shelf.store.list()).hasSize(2);
        assertThat(new ImageHistory(shelf.store).of("app:high"))
                .extracting(ImageHistory.Item::tags)
                .containsExactly(List.of("app:high"), List.of("app:low"));
    }

    @Test
    void anImageThatNothingStandsOnNeedsNoName() {
        List<Loaded> loaded = shelf.load(archive("{}"));
        assertThat(loaded.getFirst().lines())
                .containsExactly("Loaded image ID: " + shelf.store.list().getFirst().id());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> shelf.load(archive("{\"app\":{\"1\":\"cc\"}}")))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid target ID: cc");
        assertThatThrownBy(() -> shelf.load(archive("[1]"))).isInstanceOf(InvalidArgument.class);
        TinyTar alone = layer(new TinyTar(), "bb", "{\"parent\":\"aa\"}", high);
        byte[] broken = alone.file("repositories", "{}").bytes();
        assertThatThrownBy(() -> shelf.load(broken)).hasMessage("the archive has no \"aa/json\"");
        TinyTar circle = layer(new TinyTar(), "bb", "{\"parent\":\"bb\"}", high);
        byte[] round = circle.file("repositories", "{\"app\":{\"1\":\"bb\"}}").bytes();
        assertThatThrownBy(() -> shelf.load(round))
                .hasMessage("the layers of bb stand on each other");
        TinyTar other = layer(new TinyTar(), "bb", "{\"os\":\"windows\"}", high);
        byte[] windows = other.file("repositories", "{}").bytes();
        assertThatThrownBy(() -> shelf.load(windows))
                .hasMessage("cannot load windows image on linux");
        assertThat(shelf.isEmpty()).isTrue();
    }
}
