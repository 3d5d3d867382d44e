package dev.carafe.snapshots.tar;

/// What an entry is. `flag` is the type flag of the ustar header that says so.
public enum EntryKind {
    FILE('0'),
    HARD_LINK('1'),
    SYMLINK('2'),
    CHARACTER_DEVICE('3'),
    BLOCK_DEVICE('4'),
    DIRECTORY('5'),
    FIFO('6');

    private final char flag;

    EntryKind(char flag) {
        this.flag = flag;
    }

    char flag() {
        return flag;
    }
}
