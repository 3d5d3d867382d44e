package dev.carafe.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Times of one operation of one engine, in milliseconds.
final class Series {
    private final List<Double> times = new ArrayList<>();

    void add(double millis) {
        times.add(millis);
    }

    boolean isEmpty() {
        return times.isEmpty();
    }

    double at(double share) {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.get(
                (int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
    }

    double median() {
        return at(0.5);
    }

    @Override
    public String toString() {
        return isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.1f [%.1f-%.1f]", median(), at(0.25), at(0.75));
    }
}
