package dev.carafe.registryserver.routes;

import dev.carafe.registryserver.http.ApiError;
import dev.carafe.registryserver.http.Call;
import java.util.List;

/// A piece of a sorted list: `?n=` entries after `?last=`.
record Page(List<String> entries, boolean more) {
    /// @throws ApiError PAGINATION_NUMBER_INVALID
    static Page of(List<String> sorted, Call call, int most) {
        int wanted = call.query("n").map(Page::number).orElse(most);
        String last = call.query("last").orElse("");
        List<String> rest = sorted.stream().filter(entry -> entry.compareTo(last) > 0).toList();
        int count = Math.min(Math.min(wanted, most), rest.size());
        return new Page(rest.subList(0, count), count < rest.size() && count > 0);
    }

    private static int number(String text) {
        try {
            int n = Integer.parseInt(text);
            if (n >= 0) {
                return n;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ApiError(
                400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested: " + text);
    }

    /// Sets the header that leads to the next piece.
    void link(Call call) {
        if (more) {
            call.with(
                    "Link",
                    "<%s?n=%d&last=%s>; rel=\"next\""
                            .formatted(call.path(), entries.size(), entries.getLast()));
        }
    }
}
