package dev.carafe.images;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.images.archive.TarWriter;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageConfig.History;
import dev.carafe.oci.ImageConfig.RootFs;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import dev.carafe.oci.RunConfig;
import dev.carafe.snapshots.ChainId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The image that the distribution carries, so that a first container can run without any registry:
/// `carafe/hello:latest`, one static program that tells what just happened to it.
public final class HelloImage {
    public static final String NAME = "carafe/hello:latest";
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private final ImageStore store;

    public HelloImage(ImageStore store) {
        this.store = store;
    }

    /// Makes the image when the name leads nowhere. The same program gives the same image
    /// everywhere.
    ///
    /// @param program a static executable for this machine
    public Image ensure(byte[] program) {
        return store.find(NAME).orElseGet(() -> make(program));
    }

    private Image make(byte[] program) {
        List<byte[]> tars = List.of(base(), top(program));
        try (LayerHold hold = store.hold()) {
            ChainId parent = null;
            List<Digest> diffIds = new ArrayList<>();
            List<Long> sizes = new ArrayList<>();
            for (byte[] tar : tars) {
                Digest diffId = Digest.of(tar);
                ChainId chain = ChainId.over(parent, diffId);
                hold.keep(chain);
                store.snapshots().apply(parent, new ByteArrayInputStream(tar), diffId);
                diffIds.add(diffId);
                sizes.add((long) tar.length);
                parent = chain;
            }
            byte[] config = OciJson.write(ImageConfig.class, config(diffIds));
            store.add(NewImage.plain(config, sizes, List.of(ImageReference.parse(NAME))));
        }
        return store.get(NAME);
    }

    private static byte[] base() {
        return tar(tar -> {
            for (String folder : List.of("dev", "etc", "proc", "root", "sys", "tmp")) {
                tar.directory(folder);
            }
            tar.file(
                    "etc/passwd",
                    "root:x:0:0:root:/root:/hello\n".getBytes(StandardCharsets.UTF_8));
            tar.file("etc/group", "root:x:0:\n".getBytes(StandardCharsets.UTF_8));
        });
    }

    private static byte[] top(byte[] program) {
        return tar(tar -> tar.file("hello", program.length, 0755, out -> out.write(program)));
    }

    private static byte[] tar(Filler filler) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TarWriter tar = new TarWriter(out);
            filler.fill(tar);
            tar.finish();
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make " + NAME, e);
        }
        return out.toByteArray();
    }

    private static ImageConfig config(List<Digest> diffIds) {
        RunConfig run =
                new RunConfig(
                        null,
                        null,
                        null,
                        null,
                        List.of("PATH=/"),
                        null,
                        List.of("/hello"),
                        null,
                        "/",
                        Map.of("org.opencontainers.image.title", "carafe/hello"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        Platform host = Platform.host();
        List<History> history =
                List.of(
                        new History(
                                CREATED, "COPY rootfs /", null, "folders, passwd and group", false),
                        new History(CREATED, "COPY hello /hello", null, "the program", false),
                        new History(CREATED, "CMD [\"/hello\"]", null, null, true));
        return new ImageConfig(
                CREATED,
                "Carafe",
                host.architecture(),
                host.variant(),
                host.os(),
                null,
                null,
                run,
                new RootFs("layers", diffIds),
                history,
                null,
                null);
    }

    private interface Filler {
        void fill(TarWriter tar) throws IOException;
    }
}
