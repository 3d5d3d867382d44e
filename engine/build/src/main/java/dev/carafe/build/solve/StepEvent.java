package dev.carafe.build.solve;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// One step of a build in a flight recording. Costs nothing while nobody records.
@Name("carafe.BuildStep")
@Label("Build Step")
@Category("Carafe")
@Description("A step of a build that can be cached")
@StackTrace(false)
final class StepEvent extends Event {
    @Label("Key")
    @Description("Of the cache; what a step does can hold secrets and is not recorded")
    final String key;

    @Label("Cached")
    boolean cached;

    StepEvent(String key) {
        this.key = key;
        begin();
    }
}
