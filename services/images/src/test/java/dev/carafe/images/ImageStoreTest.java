package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.OciJson;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageStoreTest {
    @TempDir Path temp;

    private Shelf shelf;
    private final TinyImage app = TinyImages.simple("app:1");

    @BeforeEach
    void open() {
        shelf = new Shelf(temp);
        shelf.load(app);
    }

    @Test
    void everyFormOfTheNameLeadsToTheImage() {
        Image image = shelf.store.get("app:1");
        String hex = app.id().hex();
        for (String form :
                List.of(
                        "app:1",
                        "library/app:1",
                        "docker.io/app:1",
                        "docker.io/library/app:1",
                        "index.docker.io/library/app:1",
                        "sha256:" + hex,
                        hex,
                        hex.substring(0, 12),
                        hex.substring(0, 4),
                        "sha256:" + hex.substring(0, 6))) {
            assertThat(shelf.store.find(form)).as(form).contains(image);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "app:2",
                "other/app:1",
                "localhost/app:1",
                "ffffffffffff",
                "sha256:0000"
            })
    void otherNamesLeadNowhere(String form) {
        assertThat(shelf.store.find(form)).isEmpty();
        assertThatThrownBy(() -> shelf.store.get(form))
                .isInstanceOf(NotFound.class)
                .hasMessageStartingWith("No such image: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UPPER", "app:", "a b", "app@sha256:12", ":1"})
    void whatIsNoReferenceIsRefused(String form) {
        assertThatThrownBy(() -> shelf.store.find(form))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("invalid reference format");
    }

    @Test
    void aPrefixOfSeveralIdsIsAmbiguous() {
        for (int i = 0; i < 40; i++) {
            shelf.load(TinyImages.named("i:" + i).layer(new TinyTar().file("f", "" + i)).build());
        }
        List<String> firsts =
                shelf.store.list().stream().map(i -> i.id().hex().substring(0, 1)).toList();
        String twice =
                firsts.stream()
                        .filter(c -> firsts.indexOf(c) != firsts.lastIndexOf(c))
                        .findFirst()
                        .orElseThrow();
        assertThat(shelf.store.find(twice)).isEmpty();
        assertThatThrownBy(() -> shelf.store.get(twice))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("ambiguous");
    }

    @Test
    void aTagMayBeGivenAndMovesAway() {
        TinyImage other = TinyImages.named("x:1").layer(new TinyTar().file("x", "x")).build();
        Image second = shelf.load(other);
        Loaded tagged = shelf.store.tag(second, ImageReference.parse("app:1"));
        assertThat(tagged.displaced()).containsExactly(new Loaded.Displaced("app:1", app.id()));
        assertThat(shelf.store.get("app:1").id()).isEqualTo(other.id());
        assertThat(shelf.store.get(app.id().toString()).repoTags()).isEmpty();
        shelf.store.tag(second, ImageReference.parse("registry:5000/team/app"));
        assertThat(shelf.store.get("registry:5000/team/app").repoTags())
                .containsExactly("app:1", "x:1", "registry:5000/team/app:latest");
    }

    @Test
    void aDigestIsNoTag() {
        Image image = shelf.store.get("app:1");
        assertThatThrownBy(() -> shelf.store.tag(image, ImageReference.parse("a@" + app.id())))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("refusing to create a tag with a digest reference");
    }

    @Test
    void namesWithDigestsAreRepoDigests() {
        Image image = shelf.store.get("app:1");
        Digest manifest = image.manifest().digest();
        byte[] config = shelf.store.configBytes(image);
        ImageReference name = ImageReference.parse("team/app@" + manifest);
        shelf.store.add(
                new NewImage(
                        config,
                        shelf.store.manifestBytes(image),
                        image.manifest().mediaType(),
                        List.of(name)));
        Image now = shelf.store.get("team/app@" + manifest);
        assertThat(now.id()).isEqualTo(app.id());
        assertThat(now.repoDigests()).containsExactly("team/app@" + manifest);
        assertThat(now.repoTags()).containsExactly("app:1");
    }

    /// Adds an image with these steps and the layers of `app:1`.
    private Image made(@Nullable Digest parent, String... steps) {
        Image image = shelf.store.get("app:1");
        ImageConfig base = image.config();
        List<ImageConfig.History> history = new ArrayList<>();
        for (String step : steps) {
            history.add(new ImageConfig.History(Instant.EPOCH, step, null, null, true));
        }
        ImageConfig config =
                new ImageConfig(
                        base.created(),
                        null,
                        base.architecture(),
                        null,
                        base.os(),
                        null,
                        null,
                        base.config(),
                        base.rootfs(),
                        history,
                        String.join(" ", steps),
                        null);
        List<Long> sizes = shelf.store.layers(image).stream().map(LayerInfo::tarBytes).toList();
        NewImage made = NewImage.plain(OciJson.write(ImageConfig.class, config), sizes, List.of());
        return shelf.store.get(shelf.store.add(made.of(parent)).id().toString());
    }

    @Test
    void anImageKnowsWhatItWasMadeOfWhileThatIsThere() {
        Image lower = made(null, "a");
        Image upper = made(lower.id(), "a", "b");
        assertThat(lower.parent()).isNull();
        assertThat(upper.parent()).isEqualTo(lower.id());
        shelf.store.dropBroken(lower.id());
        assertThat(shelf.store.get(upper.id().toString()).parent()).isNull();
    }

    @Test
    void theImageBelowHasTheLongestBeginning() {
        Image one = made(null, "a");
        Image two = made(null, "a", "b");
        made(null, "a", "c");
        Image three = made(null, "a", "b", "c");
        assertThat(shelf.store.below(three.config()).map(Image::id)).contains(two.id());
        assertThat(shelf.store.below(two.config()).map(Image::id)).contains(one.id());
        assertThat(shelf.store.below(one.config())).isEmpty();
    }

    @Test
    void theNewestImageComesFirst() {
        TinyImage old =
                TinyImages.named("old:1")
                        .layer(new TinyTar().file("o", "o"))
                        .created(Instant.parse("2001-01-01T00:00:00Z"))
                        .build();
        TinyImage young =
                TinyImages.named("young:1")
                        .layer(new TinyTar().file("y", "y"))
                        .created(Instant.parse("2030-01-01T00:00:00Z"))
                        .build();
        shelf.load(old);
        shelf.load(young);
        assertThat(shelf.store.list())
                .extracting(Image::id)
                .containsExactly(young.id(), app.id(), old.id());
    }

    @Test
    void everythingIsThereAfterARestart() {
        shelf.store.tag(shelf.store.get("app:1"), ImageReference.parse("again"));
        List<Image> before = shelf.store.list();
        shelf.reopen();
        assertThat(shelf.store.list()).isEqualTo(before);
        assertThat(shelf.store.get("again").id()).isEqualTo(app.id());
    }

    @Test
    void aDamagedRecordCostsOnlyItsImage() throws Exception {
        shelf.load(TinyImages.named("x:1").layer(new TinyTar().file("x", "x")).build());
        Files.writeString(temp.resolve("images/images/" + app.id().hex() + ".json"), "{");
        try (Stream<Path> names = Files.list(temp.resolve("images/names"))) {
            Files.writeString(
                    names.findFirst().orElseThrow().resolveSibling(".half.tmp1"), "garbage");
        }
        shelf.reopen();
        assertThat(shelf.store.list()).extracting(Image::repoTags).containsExactly(List.of("x:1"));
        assertThat(shelf.store.find("app:1")).isEmpty();
    }

    @Test
    void historyTellsTheStepsNewestFirst() {
        List<ImageHistory.Item> items = new ImageHistory(shelf.store).of("app:1");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).id()).isEqualTo(app.id().toString());
        assertThat(items.get(0).tags()).containsExactly("app:1");
        assertThat(items.get(0).sizeBytes()).isZero();
        assertThat(items.get(0).comment()).isEqualTo("the end");
        assertThat(items.get(1).id()).isEqualTo("<missing>");
        assertThat(items.get(1).sizeBytes()).isEqualTo("app:1\n".length());
        assertThat(items.get(1).createdBy()).isEqualTo("COPY layer 1");
    }

    @Test
    void theHelloImageIsMadeOnceAndIsTheSameEverywhere(@TempDir Path elsewhere) {
        byte[] program = "pretend this is a program".getBytes();
        Image made = new HelloImage(shelf.store).ensure(program);
        assertThat(made.repoTags()).containsExactly("carafe/hello:latest");
        assertThat(made.config().config().cmd()).containsExactly("/hello");
        assertThat(made.layers()).hasSize(2);
        assertThat(new HelloImage(shelf.store).ensure(program)).isEqualTo(made);
        Image other = new HelloImage(new Shelf(elsewhere).store).ensure(program);
        assertThat(other.id()).isEqualTo(made.id());
        assertThat(other.manifest()).isEqualTo(made.manifest());
    }
}
