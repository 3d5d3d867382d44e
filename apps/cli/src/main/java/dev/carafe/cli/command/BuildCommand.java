package dev.carafe.cli.command;

import dev.carafe.cli.context.BuildSource;
import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.flags.UlimitValue;
import dev.carafe.cli.flags.Values;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `build`.
final class BuildCommand extends Command {
    BuildCommand() {
        super("build", "[OPTIONS] PATH | URL | -", "Build an image from a Dockerfile", 1, 1);
    }

    @Override
    String aliases() {
        return "carafe image build, carafe build, carafe builder build";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.of(FlagType.LIST, "add-host", "Further name for steps (name:ip)"),
            Flag.list("build-arg", "Value of an ARG (name=value)"),
            Flag.of(FlagType.STRINGS, "cache-from", "Taken and not needed: the cache finds all"),
            Flag.string("cgroup-parent", "Cgroup above those of the steps"),
            Flag.bool("compress", "Taken and not needed: the socket is faster"),
            Flag.of(FlagType.INT64, "cpu-period", "Length of the CPU period in microseconds"),
            Flag.of(FlagType.INT64, "cpu-quota", "CPU time a period in microseconds"),
            Flag.of(FlagType.INT64, 'c', "cpu-shares", "Weight of the steps' CPU time"),
            Flag.string("cpuset-cpus", "CPUs that steps may use (0-3, 0,1)"),
            Flag.string("cpuset-mems", "Memory nodes that steps may use (0-3, 0,1)"),
            Flag.string('f', "file", "The Dockerfile; - for standard input"),
            Flag.bool("force-rm", "Remove the container of a failed step, too"),
            Flag.string("iidfile", "Write the image's id to this file"),
            Flag.string("isolation", "Taken and without effect"),
            Flag.list("label", "Label of the image (name=value)"),
            Flag.of(FlagType.BYTES, 'm', "memory", "Memory limit of the steps"),
            Flag.of(FlagType.SWAP_BYTES, "memory-swap", "Limit of memory and swap; -1 for none"),
            Flag.string("network", "Network of the steps").withDefault("default"),
            Flag.bool("no-cache", "Run every step"),
            Flag.string("platform", "Platform of the image (os[/arch[/variant]])"),
            Flag.bool("pull", "Ask for newer base images"),
            Flag.bool('q', "quiet", "Show nothing but the image's id"),
            Flag.bool("rm", "Remove the containers of steps").withDefault("true"),
            Flag.of(FlagType.STRINGS, "security-opt", "Security options of the steps"),
            Flag.of(FlagType.BYTES, "shm-size", "Size of /dev/shm in steps"),
            Flag.bool("squash", "Refused: copy from a stage into one FROM scratch instead"),
            Flag.of(FlagType.LIST, 't', "tag", "Name of the image (name[:tag])"),
            Flag.string("target", "The stage to build"),
            Flag.of(FlagType.ULIMIT, "ulimit", "Resource limit of the steps"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.FILES;
    }

    @Override
    String[] examples() {
        return new String[] {
            "build -t mine:1 .", "From the Dockerfile of this folder",
            "build -f - . < other", "With another Dockerfile"
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        BuildSource source = BuildSource.of(flags.argument(0), flags.text("file"), session.in());
        Query query = query(flags, source);
        boolean quiet = flags.bool("quiet");
        try (InputStream body = source.body();
                Stream stream =
                        session.api().upload("POST", query.toString(), "application/x-tar", body)) {
            BuildView view = new BuildView(session.out(), quiet);
            view.show(stream);
            String file = flags.text("iidfile");
            if (!file.isEmpty()) {
                Files.writeString(Path.of(file), view.id());
            }
        }
        return 0;
    }

    private static Query query(Parsed flags, BuildSource source) {
        Query query =
                Query.of("/build")
                        .with("version", "1")
                        .with("dockerfile", source.dockerfile())
                        .withIfAny("remote", source.remote())
                        .withIfAny("target", flags.text("target"))
                        .withIfAny("platform", flags.text("platform"))
                        .withIfAny("cgroupparent", flags.text("cgroup-parent"))
                        .withIfAny("cpusetcpus", flags.text("cpuset-cpus"))
                        .withIfAny("cpusetmems", flags.text("cpuset-mems"))
                        .with("networkmode", flags.text("network"))
                        .withIf(flags.bool("force-rm"), "forcerm")
                        .withIf(flags.bool("no-cache"), "nocache")
                        .withIf(flags.bool("pull"), "pull")
                        .withIf(flags.bool("squash"), "squash")
                        .with("rm", flags.bool("rm") ? "1" : "0");
        flags.all("tag").forEach(tag -> query.with("t", tag));
        flags.all("add-host").forEach(host -> query.with("extrahosts", host));
        number(query, "cpuperiod", flags.number("cpu-period"));
        number(query, "cpuquota", flags.number("cpu-quota"));
        number(query, "cpushares", flags.number("cpu-shares"));
        number(query, "memory", bytes(flags.text("memory")));
        number(query, "shmsize", bytes(flags.text("shm-size")));
        String swap = flags.text("memory-swap");
        number(query, "memswap", swap.isEmpty() ? 0 : Values.swapBytes(swap));
        query.withIfAny("buildargs", arguments(flags.all("build-arg")));
        query.withIfAny("labels", pairs(flags.all("label")));
        query.withIfAny("ulimits", ulimits(flags.all("ulimit")));
        List<String> security = flags.all("security-opt");
        return query.withIfAny("securityopt", security.isEmpty() ? "" : Json.write(security));
    }

    private static long bytes(String text) {
        return text.isEmpty() ? 0 : Values.bytes(text);
    }

    private static void number(Query query, String name, long value) {
        if (value != 0) {
            query.with(name, Long.toString(value));
        }
    }

    /// A name alone takes the value that it has here; without one it has none.
    private static String arguments(List<String> given) {
        JsonObject values = new JsonObject();
        for (String text : given) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            values.put(name, equals < 0 ? System.getenv(name) : text.substring(equals + 1));
        }
        return values.isEmpty() ? "" : Json.write(values);
    }

    private static String pairs(List<String> given) {
        JsonObject values = new JsonObject();
        for (String text : given) {
            int equals = text.indexOf('=');
            values.put(
                    equals < 0 ? text : text.substring(0, equals),
                    equals < 0 ? "" : text.substring(equals + 1));
        }
        return values.isEmpty() ? "" : Json.write(values);
    }

    private static String ulimits(List<String> given) {
        List<JsonObject> limits = new ArrayList<>();
        for (String text : given) {
            UlimitValue limit = UlimitValue.parse(text);
            limits.add(
                    new JsonObject()
                            .with("Name", limit.name())
                            .with("Hard", limit.hard())
                            .with("Soft", limit.soft()));
        }
        return limits.isEmpty() ? "" : Json.write(limits);
    }
}
