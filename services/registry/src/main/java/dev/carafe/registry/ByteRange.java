package dev.carafe.registry;

import dev.carafe.registry.http.Answer;

/// Bytes of a blob (RFC 9110 section 14.1.2).
///
/// @param from offset of the first byte
/// @param to offset behind the last byte; -1 for all that is left
record ByteRange(long from, long to) {
    static ByteRange startingAt(long from) {
        return new ByteRange(from, -1);
    }

    boolean isWhole() {
        return from == 0 && to < 0;
    }

    /// The value of `Range`.
    String requested() {
        return "bytes=" + from + "-" + (to < 0 ? "" : to - 1);
    }

    /// Whether the answer's `Content-Range` (section 14.4) says that it is this range.
    boolean isOf(Answer answer) {
        String end = to < 0 ? "" : (to - 1) + "/";
        return answer.header("Content-Range").startsWith("bytes " + from + "-" + end);
    }
}
