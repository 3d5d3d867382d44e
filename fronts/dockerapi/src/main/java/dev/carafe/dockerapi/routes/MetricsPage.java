package dev.carafe.dockerapi.routes;

import dev.carafe.dockerapi.config.ApiOptions;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.engine.Engine;
import dev.carafe.engine.EngineInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The engine's figures in Prometheus' text format, by the names that dockerd gives them.
final class MetricsPage {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private final Engine engine;
    private final ApiOptions options;

    MetricsPage(Engine engine, ApiOptions options) {
        this.engine = engine;
        this.options = options;
    }

    void handle(Exchange x) throws IOException {
        x.send(200, TYPE, text().getBytes(StandardCharsets.UTF_8));
    }

    private String text() {
        EngineInfo.Counts counts = engine.engineInfo().counts();
        EngineInfo.Facts facts = engine.engineInfo().facts();
        StringBuilder out = new StringBuilder();
        head(
                out,
                "engine_daemon_container_states_containers",
                "gauge",
                "The count of containers in various states");
        state(out, "paused", counts.paused());
        state(out, "running", counts.running());
        state(out, "stopped", counts.stopped());
        value(
                out,
                "engine_daemon_engine_cpus_cpus",
                "The number of cpus that the host system of the engine has",
                Runtime.getRuntime().availableProcessors());
        head(
                out,
                "engine_daemon_engine_info",
                "gauge",
                "The information related to the engine and the OS it is running on");
        out.append("engine_daemon_engine_info{architecture=")
                .append(quoted(HostFacts.machine()))
                .append(",commit=")
                .append(quoted(options.gitCommit()))
                .append(",daemon_id=")
                .append(quoted(facts.id()))
                .append(",graphdriver=")
                .append(quoted(facts.storageDriver()))
                .append(",kernel=")
                .append(quoted(HostFacts.kernelVersion()))
                .append(",os=")
                .append(quoted(HostFacts.osRelease("PRETTY_NAME")))
                .append(",os_type=\"linux\",os_version=")
                .append(quoted(HostFacts.osRelease("VERSION_ID")))
                .append(",version=")
                .append(quoted(options.serverVersion()))
                .append("} 1\n");
        value(
                out,
                "engine_daemon_engine_memory_bytes",
                "The number of bytes of memory that the host system of the engine has",
                HostFacts.memoryBytes());
        value(
                out,
                "engine_daemon_images_images",
                "The count of images that the engine has",
                counts.images());
        value(out, "process_open_fds", "Number of open file descriptors", HostFacts.openFiles());
        value(out, "process_threads", "Number of threads", HostFacts.threads());
        return out.toString();
    }

    private static void state(StringBuilder out, String state, long count) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "engine_daemon_container_states_containers{state=\"%s\"} %d\n",
                        state,
                        count));
    }

    private static void value(StringBuilder out, String name, String help, long value) {
        head(out, name, "gauge", help);
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /// A label's value.
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
    }
}
