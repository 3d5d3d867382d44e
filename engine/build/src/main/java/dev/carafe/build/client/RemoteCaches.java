package dev.carafe.build.client;

import dev.carafe.build.cache.CacheSource;
import dev.carafe.build.cache.UsedStep;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.oci.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Caches of builds in other places than this host: `--cache-from`, `--cache-to`. Thread-safe.
public interface RemoteCaches {
    /// One of them.
    ///
    /// @param type `registry`, `inline`, ...
    /// @param attrs by BuildKit's names: `ref`, `mode`
    record Place(String type, Map<String, String> attrs) {
        public Place {
            attrs = Map.copyOf(attrs);
        }
    }

    /// What was read, until it is closed.
    interface Opened extends AutoCloseable {
        /// In the order of the places.
        List<CacheSource> sources();

        @Override
        void close();
    }

    /// Reads caches. One that can't be read is told to the watcher and left out.
    Opened open(List<Place> from, BuildClient client, BuildWatcher watcher);

    /// The image with the records of its steps in its configuration where one of the places is
    /// `inline`; else the image itself.
    Digest inline(Digest image, List<Place> to, Collection<UsedStep> used);

    /// Writes what the steps made to all places but the inline one.
    ///
    /// @throws dev.carafe.base.CarafeException when one can't be written, unless its `ignore-error`
    ///   is set
    void write(List<Place> to, Collection<UsedStep> used, BuildClient client, BuildWatcher watcher);
}
