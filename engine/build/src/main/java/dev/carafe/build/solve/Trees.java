package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.client.NamedContext;
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
    /// @param mount to be closed; null where the tree is the context's
    record Tree(Fd root, @Nullable RootMount mount) implements AutoCloseable {
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
            return new Tree(work.job.context().root(), null);
        }
        NamedContext named = work.job.client().context(from).orElse(null);
        if (named instanceof NamedContext.OfFiles folder) {
            return new Tree(folder.files().root(), null);
        }
        ChainId top =
                named instanceof NamedContext.OfImage image ? image(image.reference()) : top(from);
        if (top == null) {
            throw new InvalidArgument("invalid from flag value " + from + ": it has no files");
        }
        work.job.hold().keep(top);
        RootMount mount = work.job.services().snapshots().view(top);
        return new Tree(mount.mount(), mount);
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
        return image(from);
    }

    private @Nullable ChainId image(String name) {
        return bases.image(name, work.state.config().platform(), false, work.out).top();
    }
}
