/// The routes of the Engine API, one class a group: they read a request, call one use case of the
/// engine, and write its answer. No rule of the engine lives here, and no shape of an answer
/// (package `wire`).
///
/// Start at {@link dev.carafe.dockerapi.routes.ContainerRoutes}.
@NullMarked
package dev.carafe.dockerapi.routes;

import org.jspecify.annotations.NullMarked;
