package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.images.state.Catalog;
import dev.carafe.images.state.ImageRecord;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import java.util.List;
import java.util.Optional;

/// Finds out which image a text means, in docker's order: whole id, name, beginning of an id.
final class Lookup {
    private final Catalog catalog;

    Lookup(Catalog catalog) {
        this.catalog = catalog;
    }

    /// No image, the image, or every image whose id begins so.
    ///
    /// @throws InvalidArgument when the text can be no reference
    List<Digest> matches(String text) {
        Optional<Digest> whole = wholeId(text);
        if (whole.isPresent()) {
            return catalog.image(whole.get()).map(record -> List.of(record.id())).orElse(List.of());
        }
        if (isId(text)) {
            return byPrefix(text);
        }
        ImageReference name = ImageReference.parse(text);
        Optional<Digest> named = byName(name);
        return named.map(List::of).orElseGet(() -> byPrefix(text));
    }

    /// A name with tag and digest means the digest.
    private Optional<Digest> byName(ImageReference name) {
        Digest digest = name.digest();
        if (digest == null) {
            return catalog.target(name.withDefaultTag().full());
        }
        return catalog.target(name.withDigest(digest).full());
    }

    private List<Digest> byPrefix(String text) {
        String prefix = text.startsWith("sha256:") ? text.substring(7) : text;
        if (prefix.isEmpty() || !prefix.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return List.of();
        }
        return catalog.images().stream()
                .map(ImageRecord::id)
                .filter(id -> id.hex().startsWith(prefix))
                .toList();
    }

    /// `sha256:<64>` or 64 bare digits.
    private static Optional<Digest> wholeId(String text) {
        String full = text.startsWith("sha256:") ? text : "sha256:" + text;
        return Digest.isDigest(full) ? Optional.of(Digest.parse(full)) : Optional.empty();
    }

    /// True for `sha256:...` and for 64 bare digits: never a name.
    static boolean isId(String text) {
        return text.startsWith("sha256:") || wholeId(text).isPresent();
    }

    /// True when the text is an id or the beginning of this one, and so no name.
    static boolean meansId(Digest id, String text) {
        return !text.isEmpty() && (id.toString().startsWith(text) || id.hex().startsWith(text));
    }

    /// As docker's `No such image` shows it: a name with its tag, an id as it is.
    static String shown(String text) {
        return wholeId(text)
                .map(Digest::toString)
                .orElseGet(() ->
                        isId(text) ? text : ImageReference.parse(text).withDefaultTag().familiar());
    }
}
