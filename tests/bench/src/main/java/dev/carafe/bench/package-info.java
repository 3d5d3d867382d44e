/// Benchmarks of whole operations, ours and a peer's in turn (A B A B ...), so that ratios hold on
/// a machine whose speed drifts.
///
/// `Bench` is the program, `ApiClient` the smallest HTTP client that adds no time of its own,
/// `Series` the figures. Start with `tests/bench/run.sh`.
@NullMarked
package dev.carafe.bench;

import org.jspecify.annotations.NullMarked;
