package dev.carafe.daemon;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.daemon.options.Help;
import dev.carafe.daemon.options.Settings;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/// `carafe daemon`. Exit codes: 0 told to end, 1 could not start, 125 bad options or configuration.
public final class Main {
    private static final Logger LOG = System.getLogger(Main.class.getName());
    private static final int BAD_USAGE = 125;
    private static final int DEFAULT_SHUTDOWN_SECONDS = 15;
    private static final int IDLE_LOOK_SECONDS = 10;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        Settings settings;
        try {
            settings = Settings.of(arguments);
            if (settings.flag("help", false)) {
                out.print(Help.text());
                return 0;
            }
            if (settings.flag("version", false)) {
                out.println(Build.load());
                return 0;
            }
            if (settings.flag("validate", false)) {
                Listeners.of(settings);
                out.println("configuration OK");
                return 0;
            }
        } catch (InvalidArgument e) {
            err.println(e.text());
            if (e.text().contains("flag")) {
                err.println("See 'carafe daemon --help'.");
            }
            return BAD_USAGE;
        }
        return serve(arguments, settings, err);
    }

    private static int serve(List<String> arguments, Settings settings, PrintStream err) {
        CountDownLatch end = new CountDownLatch(1);
        Signal.handle(new Signal("TERM"), s -> end(end, s));
        Signal.handle(new Signal("INT"), s -> end(end, s));
        try (Daemon daemon = Daemon.start(arguments)) {
            Signal.handle(new Signal("HUP"), s -> Thread.startVirtualThread(daemon::reload));
            IdleHeap heap = IdleHeap.ofThisJvm();
            while (!end.await(IDLE_LOOK_SECONDS, TimeUnit.SECONDS)) {
                heap.look();
            }
            haltAfter(
                    Duration.ofSeconds(
                            settings.number("shutdown-timeout").orElse(DEFAULT_SHUTDOWN_SECONDS)));
        } catch (CarafeException e) {
            err.println("failed to start daemon: " + e.text());
            LOG.log(Level.DEBUG, "failed to start daemon", e);
            return 1;
        } catch (InterruptedException e) {
            return 1;
        }
        LOG.log(Level.INFO, "Daemon shutdown complete");
        return 0;
    }

    private static void end(CountDownLatch end, Signal signal) {
        LOG.log(
                Level.INFO,
                "Processing signal '" + signal.getName() + "': the daemon ends, containers go on");
        end.countDown();
    }

    /// A daemon that can't end in order is as good as killed: nothing depends on its last steps.
    private static void haltAfter(Duration time) {
        Thread.ofPlatform()
                .daemon()
                .name("shutdown-timeout")
                .start(() -> {
                    try {
                        Thread.sleep(time);
                    } catch (InterruptedException e) {
                        return;
                    }
                    LOG.log(
                            Level.WARNING,
                            "the end takes longer than " + time.toSeconds() + " s: leaving now");
                    Runtime.getRuntime().halt(1);
                });
    }
}
