/// What tests of every room share: tiny images and tars built in memory, temporary folders, leak
/// checks, golden files, seeded random data.
///
/// Nothing here needs the network, a container engine or a file from outside. Fakes of a room's own
/// interfaces stay in that room's tests.
@NullMarked
package dev.carafe.testkit;

import org.jspecify.annotations.NullMarked;
