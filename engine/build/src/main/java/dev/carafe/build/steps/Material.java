package dev.carafe.build.steps;

import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;

/// Something that a build took from elsewhere, as its provenance names it (SLSA provenance,
/// `materials` and `resolvedDependencies`), or was given by its client.
public sealed interface Material {
    /// @param digest of the manifest or index that the name led to
    record OfImage(ImageReference name, Platform platform, Digest digest) implements Material {}

    /// @param url without a password
    /// @param digest of the bytes
    record OfFile(String url, Digest digest) implements Material {}

    /// @param url without a password, with the ref and folder that were asked for
    /// @param commit in hexadecimal
    record OfRepository(String url, String commit) implements Material {}

    /// A folder of the client's: nothing names its content.
    record OfFolder(String name) implements Material {}

    /// A secret's id, never its value.
    record OfSecret(String id, boolean optional) implements Material {}

    /// An ssh agent's id.
    record OfAgent(String id, boolean optional) implements Material {}

    /// An address of HTTP without name and password.
    static String withoutPassword(String address) {
        return address.replaceFirst("^(?i)(https?://)[^/@]*@", "$1");
    }
}
