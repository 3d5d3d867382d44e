package dev.carafe.build.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The entry of the root itself (`./`) at the beginning of a tar.
///
/// @param mode permission bits
record RootEntry(int mode, int uid, int gid) {
    /// How far it is looked for.
    static final int REACH = 1 << 14;

    private static final int BLOCK = 512;
    private static final int TYPE_AT = 156;
    private static final int PERMISSIONS = 07777;

    /// Empty when the tar begins with something else.
    ///
    /// @param tar of which at most {@link #REACH} bytes are read
    static Optional<RootEntry> of(InputStream tar) throws IOException {
        byte[] block = tar.readNBytes(BLOCK);
        if (block.length == BLOCK && block[TYPE_AT] == 'x') {
            // a further header of the same entry
            int size = octal(block, 124 + 4);
            int blocks = (size + BLOCK - 1) / BLOCK;
            if (size < 0 || (blocks + 2) * BLOCK > REACH) {
                return Optional.empty();
            }
            tar.readNBytes(blocks * BLOCK);
            block = tar.readNBytes(BLOCK);
        }
        boolean root =
                block.length == BLOCK
                        && block[0] == '.'
                        && (block[1] == 0 || block[1] == '/' && block[2] == 0)
                        && block[TYPE_AT] == '5';
        return root
                ? Optional.of(
                        new RootEntry(
                                octal(block, 100) & PERMISSIONS,
                                octal(block, 108),
                                octal(block, 116)))
                : Optional.empty();
    }

    /// 0 for what is no number.
    private static int octal(byte[] block, int at) {
        String text = new String(block, at, 8, StandardCharsets.US_ASCII);
        String digits = text.replace("\0", "").strip();
        return digits.matches("[0-7]{1,8}") ? Integer.parseInt(digits, 8) : 0;
    }
}
