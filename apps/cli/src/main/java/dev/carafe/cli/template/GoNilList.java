package dev.carafe.cli.template;

import java.util.AbstractList;
import org.jspecify.annotations.Nullable;

/// A nil slice: empty for everything but `json`, which gives `null`.
public final class GoNilList extends AbstractList<@Nullable Object> {
    public static final GoNilList INSTANCE = new GoNilList();

    private GoNilList() {}

    @Override
    public @Nullable Object get(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
        return 0;
    }
}
