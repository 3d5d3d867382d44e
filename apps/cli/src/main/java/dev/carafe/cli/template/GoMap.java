package dev.carafe.cli.template;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// A Go map with typed elements: `index` of a missing key gives the element's zero value.
public final class GoMap extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object zero;

    private final boolean nil;

    /// @param zero what a missing key gives
    public GoMap(@Nullable Object zero) {
        this(zero, false);
    }

    private GoMap(@Nullable Object zero, boolean nil) {
        this.zero = zero;
        this.nil = nil;
    }

    /// A nil map: empty for everything but `json`, which gives `null`.
    public static GoMap nil(@Nullable Object zero) {
        return new GoMap(zero, true);
    }

    boolean isNil() {
        return nil;
    }

    @Nullable Object zero() {
        return zero;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
