package dev.carafe.buildkit.control;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.base.Undo;
import dev.carafe.build.client.NamedContext;
import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.buildkit.session.Session;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.InUse;
import dev.carafe.images.LayerHold;
import dev.carafe.images.NewImage;
import dev.carafe.images.archive.Compression;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.Snapshotter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Images in folders of the client's (`--build-context name=oci-layout://folder`), brought into the
/// store for one build.
final class LayoutImages {
    private static final int MAX_DOCUMENT = 8 << 20;

    /// As clients write it: their name for the folder, and what it leads to.
    private static final Pattern ADDRESS =
            Pattern.compile("oci-layout:/*([^:@/]+)(?::[^@]*)?@(.+)");

    private final ImageStore images;
    private final Snapshotter snapshots;

    LayoutImages(ImageStore images, Snapshotter snapshots) {
        this.images = images;
        this.snapshots = snapshots;
    }

    /// @param undo takes an image that was not there before away after the build
    /// @throws InvalidArgument for an address without a digest, and for what is no image
    /// @throws NotFound when no image is for the platform
    NamedContext bring(Session session, String address, Platform platform, Undo undo) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new InvalidArgument("invalid oci-layout context: " + address);
        }
        ClientStore store = new ClientStore(session, "oci:" + parts.group(1));
        byte[] document = manifest(store, Digest.parse(parts.group(2)), platform);
        Manifest manifest = OciJson.manifest(document);
        byte[] config = store.read(manifest.config().digest(), MAX_DOCUMENT);
        try (LayerHold hold = images.hold()) {
            layers(store, manifest.layers(), OciJson.config(config).rootfs().diffIds(), hold);
            Digest id = Digest.of(config);
            if (images.byId(id).isEmpty()) {
                String told = manifest.mediaType();
                String type = told == null ? MediaTypes.OCI_MANIFEST : told;
                images.add(new NewImage(config, document, type, List.of()));
                undo.push(() -> forget(id));
            }
            return new NamedContext.OfImage(id.toString());
        }
    }

    private void forget(Digest id) {
        if (images.byId(id).filter(Image::dangling).isPresent()) {
            images.remove(id.toString(), false, false, InUse.NOBODY);
        }
    }

    private static byte[] manifest(ClientStore store, Digest top, Platform platform) {
        byte[] document = store.read(top, MAX_DOCUMENT);
        String type = OciJson.index(document).mediaType();
        if (type == null || !MediaTypes.isIndex(type)) {
            return document;
        }
        Descriptor found =
                OciJson.index(document).manifests().stream()
                        .filter(entry -> isFor(entry.platform(), platform))
                        .findFirst()
                        .orElseThrow(() ->
                                new NotFound(
                                        new Subject("image", top.toString()),
                                        "no match for platform in " + top + ": " + platform));
        return manifest(store, found.digest(), platform);
    }

    private static boolean isFor(@Nullable Platform one, Platform wanted) {
        return one == null || one.fits(wanted);
    }

    private void layers(
            ClientStore store, List<Descriptor> blobs, List<Digest> diffIds, LayerHold hold) {
        if (blobs.size() != diffIds.size()) {
            throw new InvalidArgument("an image whose manifest is another's");
        }
        ChainId parent = null;
        for (int i = 0; i < blobs.size(); i++) {
            ChainId chain = ChainId.over(parent, diffIds.get(i));
            hold.keep(chain);
            if (!images.hasLayer(chain)) {
                layer(store, blobs.get(i), parent, diffIds.get(i));
            }
            parent = chain;
        }
    }

    private void layer(
            ClientStore store, Descriptor blob, @Nullable ChainId parent, Digest diffId) {
        try (InputStream bytes = store.open(blob.digest());
                InputStream plain = Compression.plain(bytes)) {
            snapshots.apply(parent, plain, diffId);
        } catch (IOException e) {
            throw new Unavailable(
                    new Subject("layer", diffId.toString()),
                    "read the layer " + blob.digest() + ": " + e.getMessage(),
                    e);
        }
    }
}
