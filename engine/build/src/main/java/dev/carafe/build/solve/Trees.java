package dev.carafe.build.solve;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Wrapped;
import dev.carafe.build.client.NamedContext;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.files.FileSums;
import dev.carafe.linux.Fd;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.RootMount;
import org.jspecify.annotations.Nullable;

/// The trees that COPY and mounts take files from: the context, stages, images.
final class Trees {
    private final StageWork work;
    private final Bases bases;

    Trees(StageWork work, Bases bases) {
        this.work = work;
        this.bases = bases;
    }

    /// An open tree.
    ///
    /// @param mount to be closed; null where the tree is a context's
    /// @param sums what is known of the files' contents; null for nothing
    record Tree(Fd root, @Nullable RootMount mount, @Nullable FileSums sums)
            implements AutoCloseable {
        @Override
        public void close() {
            if (mount != null) {
                mount.close();
            }
        }
    }

    /// @param from null for the context
    Tree open(@Nullable String from) {
        if (from == null) {
            return of(work.job.context());
        }
        NamedContext named = work.job.client().context(from).orElse(null);
        if (named instanceof NamedContext.OfFiles folder) {
            return of(folder.files());
        }
        ChainId top =
                named instanceof NamedContext.OfImage image ? image(image.reference()) : top(from);
        if (top == null) {
            throw new InvalidArgument("invalid from flag value " + from + ": it has no files");
        }
        work.job.hold().keep(top);
        RootMount mount = work.job.services().snapshots().view(top);
        return new Tree(mount.mount(), mount, null);
    }

    private static Tree of(BuildContext context) {
        return new Tree(context.root(), null, context.sums());
    }

    private @Nullable ChainId top(String from) {
        int stage = BuildPlan.find(work.job.plan().stages(), work.index, from, true);
        if (stage >= 0) {
            return work.otherStages.apply(stage).state().top();
        }
        if (from.matches("\\d+")) {
            throw new InvalidArgument(
                    "invalid from flag value " + from + ": invalid stage index " + from);
        }
        try {
            return image(from);
        } catch (CarafeException e) {
            throw work.job.options().buildKitForm()
                    ? e
                    : Wrapped.in("invalid from flag value " + from, e);
        }
    }

    private @Nullable ChainId image(String name) {
        return bases.image(name, work.state.config().platform(), false, work.out).top();
    }
}
