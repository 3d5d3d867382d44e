package dev.carafe.daemon;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.registry.Registries;
import dev.carafe.registry.RegistryOptions;
import dev.carafe.registryserver.RegistryServerOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/// `carafe registry serve`. Exit codes: 0 told to end, 1 could not start, 125 bad options.
public final class RegistryMain {
    private static final int BAD_USAGE = 125;

    private RegistryMain() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
            out.print(RegistryArguments.HELP);
            return 0;
        }
        RegistryServerOptions options;
        try {
            if (!arguments.getFirst().equals("serve")) {
                throw new InvalidArgument(
                        "unknown command: carafe registry " + arguments.getFirst());
            }
            options = RegistryArguments.parse(arguments.subList(1, arguments.size())).options();
        } catch (InvalidArgument e) {
            err.println(e.text());
            err.println("See 'carafe registry serve --help'.");
            return BAD_USAGE;
        }
        return serve(options, err);
    }

    private static int serve(RegistryServerOptions options, PrintStream err) {
        CountDownLatch end = new CountDownLatch(1);
        Signal.handle(new Signal("TERM"), s -> end.countDown());
        Signal.handle(new Signal("INT"), s -> end.countDown());
        RegistryOptions reach =
                RegistryOptions.defaults().withUserAgent("carafe/" + Build.load().version());
        try (ServedRegistry served = ServedRegistry.start(options, new Registries(() -> reach))) {
            end.await();
            return 0;
        } catch (CarafeException e) {
            err.println("failed to start the registry: " + e.text());
            return 1;
        } catch (InterruptedException e) {
            return 1;
        }
    }
}
