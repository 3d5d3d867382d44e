package dev.carafe.cli.template;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// A Go map with typed elements: `index` of a missing key gives the element's zero value.
public final class GoMap extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object zero;

    /// @param zero what a missing key gives
    public GoMap(@Nullable Object zero) {
        this.zero = zero;
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
