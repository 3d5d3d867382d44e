/// Programs that add commands to this one, such as `docker-compose` and `docker-buildx`, by
/// docker's rules: where they lie, what they tell of themselves, how they are started.
///
/// {@link dev.carafe.cli.plugin.Plugins} finds them, {@link dev.carafe.cli.plugin.Plugin} is one.
@NullMarked
package dev.carafe.cli.plugin;

import org.jspecify.annotations.NullMarked;
