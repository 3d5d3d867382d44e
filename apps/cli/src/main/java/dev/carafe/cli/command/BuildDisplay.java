package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;

/// How a build is shown while it runs. One thread calls.
interface BuildDisplay {
    /// A step begins or ends.
    ///
    /// @param id of the step
    /// @param event `Event`, `Name`, `Time`; at the end `Cached`, `Error`
    default void step(String id, JsonObject event) {}

    /// Output of a step's command.
    default void log(String id, String text) {}

    /// The classic builder's text.
    default void text(String text) {}

    /// Nothing more comes.
    default void end() {}
}
