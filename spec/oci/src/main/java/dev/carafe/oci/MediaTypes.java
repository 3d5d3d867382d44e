package dev.carafe.oci;

/// Media types of images, OCI's and docker's (image-spec media-types.md; distribution
/// manifest-v2-2).
public final class MediaTypes {
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    public static final String OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
    public static final String DOCKER_LIST =
            "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_MANIFEST =
            "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
    public static final String DOCKER_LAYER_GZIP =
            "application/vnd.docker.image.rootfs.diff.tar.gzip";

    private MediaTypes() {}

    /// A document that lists manifests.
    public static boolean isIndex(String type) {
        return type.equals(OCI_INDEX) || type.equals(DOCKER_LIST);
    }

    /// A document that lists one image's config and layers.
    public static boolean isManifest(String type) {
        return type.equals(OCI_MANIFEST) || type.equals(DOCKER_MANIFEST);
    }

    /// A file system layer, whatever its compression; attestations and other artifacts are not.
    public static boolean isLayer(String type) {
        return type.startsWith(OCI_LAYER)
                || type.startsWith("application/vnd.oci.image.layer.nondistributable.v1.tar")
                || type.startsWith(DOCKER_LAYER)
                || type.startsWith("application/vnd.docker.image.rootfs.foreign.diff.tar");
    }
}
