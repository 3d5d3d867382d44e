package dev.carafe.images;

import dev.carafe.base.Conflict;
import dev.carafe.base.Ids;
import dev.carafe.base.Subject;
import dev.carafe.images.InUse.User;
import dev.carafe.images.Removal.Deleted;
import dev.carafe.images.Removal.Untagged;
import dev.carafe.images.state.Catalog;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Docker's rules of `rmi`: which names go, whether the image goes with them, and what stands
/// against it (Engine API DELETE /images/{name}; the sentences are matched by clients).
///
/// | asked by | names left or other names | in use | without force | with force |
/// |---|---|---|---|---|
/// | name | yes | any | that name goes | that name goes |
/// | name, the last | no | by a container | conflict | the name goes, the image stays (running) or goes |
/// | id | in one repository | stopped | conflict | all goes |
/// | id | in several | - | conflict | all goes |
/// | id | any | running | conflict | conflict |
/// | name, the last | no | another image was made of it | the name goes | the name goes |
/// | id | any | another image was made of it | conflict | conflict |
final class Untagging {
    private final Catalog catalog;
    private final InUse check;

    Untagging(Catalog catalog, InUse check) {
        this.catalog = catalog;
        this.check = check;
    }

    /// Removes names, and the image's record when the rules say so; adds to `done` what it did.
    void remove(Digest id, String ref, boolean force, List<Removal> done) {
        boolean single = isSingle(catalog.namesOf(id));
        boolean byName = !Lookup.meansId(id, ref);
        if (byName) {
            if (!force && single) {
                first(id, false).ifPresent(user -> refuseName(ref, user, id));
            }
            untag(ImageReference.parse(ref).withDefaultTag(), id, done);
            if (!catalog.namesOf(id).isEmpty()) {
                return;
            }
        } else if (single) {
            refuseWhenUsed(id, force, false);
            catalog.namesOf(id).forEach(name -> removeName(name, done));
        }
        removeImage(id, force, byName, done);
    }

    /// Removes the image with all its names, whoever uses it.
    void removeWhole(Digest id, List<Removal> done) {
        catalog.namesOf(id).forEach(name -> removeName(name, done));
        catalog.removeImage(id);
        done.add(new Deleted(id.toString()));
    }

    /// @param quiet the name was removed already: an image in use, or that others were made of,
    ///   then just stays
    private void removeImage(Digest id, boolean force, boolean quiet, List<Removal> done) {
        if (quiet && (hasChildren(id) || first(id, force).isPresent())) {
            return;
        }
        refuseWhenUsed(id, force, true);
        removeWhole(id, done);
    }

    /// An image without a name, that nobody uses and nothing was made of.
    boolean isLeftOver(Digest id) {
        return catalog.image(id).isPresent()
                && catalog.namesOf(id).isEmpty()
                && !hasChildren(id)
                && first(id, false).isEmpty();
    }

    private boolean hasChildren(Digest id) {
        return catalog.images().stream().anyMatch(record -> id.equals(record.parent()));
    }

    /// Removes the name; when it was the repository's last tag of this image, its digests in that
    /// repository go too.
    private void untag(ImageReference name, Digest id, List<Removal> done) {
        Digest digest = name.digest();
        ImageReference exact = digest == null ? name : name.withDigest(digest);
        removeName(exact, done);
        if (digest != null) {
            return;
        }
        List<ImageReference> left =
                catalog.namesOf(id).stream()
                        .filter(other -> other.fullName().equals(name.fullName()))
                        .toList();
        if (left.stream().allMatch(other -> other.digest() != null)) {
            left.forEach(other -> removeName(other, done));
        }
    }

    private void removeName(ImageReference name, List<Removal> done) {
        catalog.removeName(name.full());
        done.add(new Untagged(name.familiar()));
    }

    /// At most one tag, and any digests only in that tag's repository.
    private static boolean isSingle(List<ImageReference> names) {
        long tags = names.stream().filter(name -> name.digest() == null).count();
        Set<String> repositories = new HashSet<>();
        names.forEach(name -> repositories.add(name.fullName()));
        return tags <= 1 && repositories.size() <= 1;
    }

    /// @param named also for names that are left
    private void refuseWhenUsed(Digest id, boolean force, boolean named) {
        if (hasChildren(id)) {
            throw refusal(id, "cannot be forced", "image has dependent child images");
        }
        first(id, true)
                .ifPresent(user -> {
                    throw refusal(
                            id,
                            "cannot be forced",
                            "image is being used by running container " + shortId(user));
                });
        if (!force && named && !catalog.namesOf(id).isEmpty()) {
            throw refusal(id, "must be forced", "image is referenced in multiple repositories");
        }
        if (!force) {
            first(id, false)
                    .ifPresent(user -> {
                        throw refusal(
                                id,
                                "must be forced",
                                "image is being used by stopped container " + shortId(user));
                    });
        }
    }

    private static void refuseName(String ref, User user, Digest id) {
        throw new Conflict(
                new Subject("image", ref),
                "conflict: unable to remove repository reference \""
                        + ref
                        + "\" (must force) - container "
                        + shortId(user)
                        + " is using its referenced image "
                        + id.shortHex());
    }

    private static Conflict refusal(Digest id, String force, String reason) {
        return new Conflict(
                new Subject("image", id.toString()),
                "conflict: unable to delete " + id.shortHex() + " (" + force + ") - " + reason);
    }

    private Optional<User> first(Digest id, boolean runningOnly) {
        return check.users(id).stream().filter(user -> user.running() || !runningOnly).findFirst();
    }

    private static String shortId(User user) {
        return Ids.shortId(user.containerId());
    }
}
