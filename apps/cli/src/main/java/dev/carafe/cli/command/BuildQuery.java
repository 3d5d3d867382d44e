package dev.carafe.cli.command;

import dev.carafe.cli.context.BuildSource;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.flags.UlimitValue;
import dev.carafe.cli.flags.Values;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import java.util.ArrayList;
import java.util.List;

/// The query of `POST /build`.
final class BuildQuery {
    private BuildQuery() {}

    /// @param names that the image gets in the store
    /// @param id by which the build can be canceled
    /// @param proxies further arguments, `NAME=value`
    static Query of(
            Parsed flags, List<String> names, BuildSource source, String id, List<String> proxies) {
        Query query =
                Query.of("/build")
                        .with("version", "1")
                        .with("buildid", id)
                        .with("dockerfile", source.dockerfile())
                        .withIfAny("remote", source.remote())
                        .withIfAny("target", flags.text("target"))
                        .withIfAny(
                                "platform",
                                Platforms.orDefault(String.join(",", flags.all("platform"))))
                        .withIfAny("nocachefilter", String.join(",", flags.all("no-cache-filter")))
                        .withIfAny("cgroupparent", flags.text("cgroup-parent"))
                        .withIfAny("cpusetcpus", flags.text("cpuset-cpus"))
                        .withIfAny("cpusetmems", flags.text("cpuset-mems"))
                        .with("networkmode", flags.text("network"))
                        .withIf(flags.bool("force-rm"), "forcerm")
                        .withIf(flags.bool("no-cache"), "nocache")
                        .withIf(flags.bool("pull"), "pull")
                        .withIf(flags.bool("squash"), "squash")
                        .with("rm", flags.bool("rm") ? "1" : "0");
        names.forEach(tag -> query.with("t", tag));
        flags.all("add-host").forEach(host -> query.with("extrahosts", host));
        number(query, "cpuperiod", flags.number("cpu-period"));
        number(query, "cpuquota", flags.number("cpu-quota"));
        number(query, "cpushares", flags.number("cpu-shares"));
        number(query, "memory", bytes(flags.text("memory")));
        number(query, "shmsize", bytes(flags.text("shm-size")));
        String swap = flags.text("memory-swap");
        number(query, "memswap", swap.isEmpty() ? 0 : Values.swapBytes(swap));
        query.withIfAny("buildargs", arguments(flags.all("build-arg"), proxies));
        query.withIfAny("labels", pairs(flags.all("label")));
        query.withIfAny("cacheimports", BuildCaches.json(flags.all("cache-from"), false));
        query.withIfAny("cacheexports", BuildCaches.json(flags.all("cache-to"), true));
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
    private static String arguments(List<String> given, List<String> proxies) {
        JsonObject values = new JsonObject();
        for (String text : given) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            values.put(name, equals < 0 ? System.getenv(name) : text.substring(equals + 1));
        }
        for (String proxy : proxies) {
            int equals = proxy.indexOf('=');
            values.put(proxy.substring(0, equals), proxy.substring(equals + 1));
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
