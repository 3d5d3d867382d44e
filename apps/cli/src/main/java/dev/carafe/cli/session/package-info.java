/// One run of a command: where the daemon is (flags, environment, contexts), starting one that does
/// not run, talking to it, and the streams of the user.
///
/// {@link dev.carafe.cli.session.Session} is what a command gets. {@link
/// dev.carafe.cli.session.Api} sends requests and turns refusals into {@link
/// dev.carafe.cli.session.ApiFailure} with Docker's sentences.
///
/// Not here: what commands do (package `command`).
@NullMarked
package dev.carafe.cli.session;

import org.jspecify.annotations.NullMarked;
