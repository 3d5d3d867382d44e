package dev.carafe.engine.container;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/// One start of a container in a flight recording, with where its time went. Costs nothing while
/// nobody records.
@Name("carafe.ContainerStart")
@Label("Container Start")
@Category("Carafe")
@Description("A container's start, from the request to the execution of its program")
@StackTrace(false)
final class StartEvent extends Event {
    @Label("Container")
    String container = "";

    @Label("Image")
    String image = "";

    @Label("Network Mode")
    String networkMode = "";

    @Label("Network and Root")
    @Description("Until the network is attached and the root mounted, which go on side by side")
    @Timespan(Timespan.NANOSECONDS)
    long prepared;

    @Label("Process")
    @Description("Until the container's first process waits in its namespaces")
    @Timespan(Timespan.NANOSECONDS)
    long created;

    @Label("Program")
    @Description("Until the program was executed")
    @Timespan(Timespan.NANOSECONDS)
    long executed;

    @Label("Failure")
    @Description("Why it could not be started; null when it was")
    @Nullable String failure;

    /// Not recorded.
    private transient long last;

    StartEvent(ContainerRecord record) {
        begin();
        container = record.id();
        image = record.config().image();
        networkMode = record.host().network().mode();
        last = System.nanoTime();
    }

    void prepared() {
        prepared = lap();
    }

    void created() {
        created = lap();
    }

    void executed() {
        executed = lap();
    }

    private long lap() {
        long now = System.nanoTime();
        long lap = now - last;
        last = now;
        return lap;
    }
}
