package dev.carafe.engine.container;

import dev.carafe.base.ByteSize;
import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.StorageConfig;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// The size that a container's writable layer may have: `--storage-opt size=10G`.
public final class RootSize {
    private RootSize() {}

    /// @param bounded whether roots can have a bound here
    /// @throws InvalidArgument with Docker's sentence for what can't be
    public static void check(StorageConfig storage, BooleanSupplier bounded) {
        if (!storage.storageOptions().isEmpty() && !bounded.getAsBoolean()) {
            throw new InvalidArgument(
                    "--storage-opt is supported only for overlay over xfs with 'pquota' mount"
                            + " option");
        }
        bytes(storage);
    }

    /// 0 for none.
    ///
    /// @throws InvalidArgument an option that is no size
    static long bytes(StorageConfig storage) {
        long bytes = 0;
        for (Map.Entry<String, String> option : storage.storageOptions().entrySet()) {
            if (!option.getKey().toLowerCase(Locale.ROOT).equals("size")) {
                throw new InvalidArgument("unknown option " + option.getKey());
            }
            bytes = ByteSize.parse(option.getValue()).bytes();
        }
        return bytes;
    }
}
