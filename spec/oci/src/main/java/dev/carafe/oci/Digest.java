package dev.carafe.oci;

import dev.carafe.base.InvalidArgument;
import io.avaje.jsonb.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The name of a blob: a hash of its bytes, written `sha256:<64 hex digits>`.
///
/// @param algorithm `sha256`, or `sha512` where a foreign document uses it (image-spec
///   descriptor.md#digests)
/// @param hex lower-case hex digits
@Json
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
    private static final Pattern SHA256 = Pattern.compile("[a-f0-9]{64}");
    private static final Pattern SHA512 = Pattern.compile("[a-f0-9]{128}");

    /// @throws InvalidArgument when the algorithm is unknown or the digits are not as many as it
    ///   gives
    public Digest {
        Pattern expected =
                switch (algorithm) {
                    case "sha256" -> SHA256;
                    case "sha512" -> SHA512;
                    default ->
                            throw new InvalidArgument("unsupported digest algorithm: " + algorithm);
                };
        if (!expected.matcher(hex).matches()) {
            throw new InvalidArgument("invalid checksum digest format: " + algorithm + ":" + hex);
        }
    }

    /// Reads `sha256:...`.
    ///
    /// @throws InvalidArgument when the text is no digest
    @Json.Creator
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidArgument("invalid checksum digest format: " + text);
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /// True when {@link #parse} would take the text.
    public static boolean isDigest(String text) {
        return text.startsWith("sha256:") && SHA256.matcher(text).region(7, text.length()).matches()
                || text.startsWith("sha512:")
                        && SHA512.matcher(text).region(7, text.length()).matches();
    }

    /// The sha256 digest of the bytes.
    public static Digest of(byte[] bytes) {
        return sha256().update(bytes, 0, bytes.length).digest();
    }

    /// A sha256 sum to be fed piece by piece.
    public static Hasher sha256() {
        return new Hasher("sha256");
    }

    /// A sum of this digest's algorithm, to verify a stream against it.
    public Hasher hasher() {
        return new Hasher(algorithm);
    }

    /// The first 12 hex digits, as tables show them.
    public String shortHex() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    @Json.Value
    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    /// A digest under construction. Not thread-safe.
    public static final class Hasher {
        private final String algorithm;
        private final MessageDigest sum;

        private Hasher(String algorithm) {
            this.algorithm = algorithm;
            try {
                this.sum =
                        MessageDigest.getInstance(
                                algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /// Adds bytes.
        public Hasher update(byte[] bytes, int offset, int length) {
            sum.update(bytes, offset, length);
            return this;
        }

        /// The digest of all bytes so far; the hasher is empty afterwards.
        public Digest digest() {
            return new Digest(algorithm, HexFormat.of().formatHex(sum.digest()));
        }
    }
}
