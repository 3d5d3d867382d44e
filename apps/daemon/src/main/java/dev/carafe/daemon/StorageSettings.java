package dev.carafe.daemon;

import dev.carafe.base.ByteSize;
import dev.carafe.base.InvalidArgument;
import java.util.List;
import java.util.Locale;

/// The options of dockerd's storage driver overlay2 [storage-opts]. Its sentences.
final class StorageSettings {
    private static final String FAILED = "error initializing graphdriver: ";

    private StorageSettings() {}

    /// What a writable layer may have that names no size itself, 0 for no bound.
    ///
    /// @param options `overlay2.size=10G`
    /// @throws InvalidArgument an option that there is not, or no size
    static long rootSizeBytes(List<String> options) {
        long bytes = 0;
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new InvalidArgument(
                        FAILED + "unable to parse storage-opt key/value: " + option);
            }
            String key = option.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (!key.equals("overlay2.size")) {
                throw new InvalidArgument(FAILED + "overlay2: unknown option " + key);
            }
            bytes = ByteSize.parse(option.substring(equals + 1).strip()).bytes();
        }
        return bytes;
    }

    /// @param bounded whether writable layers can have a bound here
    /// @throws InvalidArgument a bound was set that nothing would keep
    static void check(long rootSizeBytes, boolean bounded) {
        if (rootSizeBytes > 0 && !bounded) {
            throw new InvalidArgument(
                    FAILED
                            + "Storage option overlay2.size not supported. Filesystem does not"
                            + " support Project Quota: mount the data root's file system (xfs or"
                            + " ext4) with the option prjquota, or take the option away");
        }
    }
}
