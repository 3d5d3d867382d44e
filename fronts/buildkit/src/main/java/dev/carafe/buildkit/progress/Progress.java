package dev.carafe.buildkit.progress;

import com.google.protobuf.ByteString;
import dev.carafe.build.check.Finding;
import dev.carafe.build.steps.BuildStep;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.build.steps.Material;
import dev.carafe.buildkit.wire.common.Position;
import dev.carafe.buildkit.wire.common.Range;
import dev.carafe.buildkit.wire.common.SourceInfo;
import dev.carafe.buildkit.wire.control.StatusResponse;
import dev.carafe.buildkit.wire.control.Vertex;
import dev.carafe.buildkit.wire.control.VertexLog;
import dev.carafe.buildkit.wire.control.VertexStatus;
import dev.carafe.buildkit.wire.control.VertexWarning;
import dev.carafe.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Tells a build's steps as vertexes, statuses and logs. Thread-safe.
public final class Progress implements BuildWatcher {
    /// As BuildKit, which drops what a step says beyond that.
    private static final int MAX_LOG_BYTES = 2 << 20;

    private static final int OF_NO_STAGE = -1;

    private final String ref;
    private final StatusFeed feed;
    private final Instant begun = Instant.now();
    private final Map<String, Vertex> vertexes = new ConcurrentHashMap<>();
    private final Map<String, String> lastOfStage = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> logged = new ConcurrentHashMap<>();
    private final AtomicInteger cached = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger warnings = new AtomicInteger();
    private final AtomicBoolean canceled = new AtomicBoolean();
    private final Set<Material> materials = ConcurrentHashMap.newKeySet();
    private final BuildWatcher beside;
    private volatile @Nullable BuildStep failed;

    public Progress(String ref, StatusFeed feed) {
        this(ref, feed, NONE);
    }

    private Progress(String ref, StatusFeed feed, BuildWatcher beside) {
        this.ref = ref;
        this.feed = feed;
        this.beside = beside;
    }

    /// Of what is done besides a Dockerfile's steps, told to a watcher instead of a client.
    public static Progress beside(BuildWatcher watcher) {
        return new Progress("", new StatusFeed(), watcher);
    }

    /// Set once the client does not want the build any more: what is being sent ends.
    public AtomicBoolean canceled() {
        return canceled;
    }

    /// When the build began.
    public Instant begun() {
        return begun;
    }

    /// The step that failed first; null for none.
    public @Nullable BuildStep failed() {
        return failed;
    }

    public int cachedSteps() {
        return cached.get();
    }

    public int steps() {
        return vertexes.size();
    }

    public int completedSteps() {
        return completed.get();
    }

    public int warnings() {
        return warnings.get();
    }

    public String digest(BuildStep step) {
        return digest(step.stage() + "/" + step.number() + "/" + step.name());
    }

    private String digest(String what) {
        return Digest.of((ref + "/" + what).getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public void begins(BuildStep step) {
        String digest = digest(step);
        Vertex.Builder vertex =
                Vertex.newBuilder().setDigest(digest).setName(step.name()).setStarted(Times.now());
        String before = lastOfStage.put(String.valueOf(step.stage()), digest);
        if (before != null) {
            vertex.addInputs(before);
        }
        begin(vertex.build());
    }

    private void begin(Vertex vertex) {
        vertexes.put(vertex.getDigest(), vertex);
        feed.tell(StatusResponse.newBuilder().addVertexes(vertex).build());
    }

    @Override
    public void writes(BuildStep step, byte[] bytes, int offset, int length) {
        log(digest(step), ByteString.copyFrom(bytes, offset, length));
    }

    private void log(String digest, ByteString text) {
        AtomicInteger sum = logged.computeIfAbsent(digest, d -> new AtomicInteger());
        int before = sum.getAndAdd(text.size());
        if (before > MAX_LOG_BYTES) {
            sum.set(MAX_LOG_BYTES + 1);
            return;
        }
        ByteString shown =
                before + text.size() > MAX_LOG_BYTES
                        ? ByteString.copyFromUtf8("\n[output clipped, log limit 2MiB reached]\n")
                        : text;
        feed.tell(
                StatusResponse.newBuilder()
                        .addLogs(
                                VertexLog.newBuilder()
                                        .setVertex(digest)
                                        .setStream(1)
                                        .setTimestamp(Times.now())
                                        .setMsg(shown))
                        .build());
    }

    @Override
    public void ends(BuildStep step, boolean cached, @Nullable RuntimeException error) {
        if (error != null && failed == null) {
            failed = step;
        }
        end(digest(step), cached, error == null ? "" : Failures.text(error));
    }

    private void end(String digest, boolean wasCached, String error) {
        Vertex vertex = vertexes.get(digest);
        if (vertex == null) {
            return;
        }
        if (wasCached) {
            cached.incrementAndGet();
        }
        completed.incrementAndGet();
        feed.tell(
                StatusResponse.newBuilder()
                        .addVertexes(
                                vertex.toBuilder()
                                        .setCached(wasCached)
                                        .setCompleted(Times.now())
                                        .setError(error))
                        .build());
    }

    @Override
    public void uses(Material material) {
        materials.add(material);
    }

    /// What was brought besides what the steps use.
    public List<Material> materials() {
        return List.copyOf(materials);
    }

    @Override
    public void warns(String text) {
        beside.warns(text);
        warns(warning(text));
    }

    @Override
    public void finds(Finding finding, String name, String content) {
        warns(
                warning(finding.text())
                        .setUrl(finding.rule().url())
                        .addDetail(ByteString.copyFromUtf8(finding.rule().description()))
                        .setInfo(
                                SourceInfo.newBuilder()
                                        .setFilename(name)
                                        .setData(ByteString.copyFromUtf8(content))
                                        .setLanguage("Dockerfile"))
                        .addAllRanges(
                                IntStream.rangeClosed(finding.firstLine(), finding.lastLine())
                                        .mapToObj(n ->
                                                Range.newBuilder()
                                                        .setStart(line(n))
                                                        .setEnd(line(n))
                                                        .build())
                                        .toList()));
    }

    private static Position.Builder line(int number) {
        return Position.newBuilder().setLine(number);
    }

    private VertexWarning.Builder warning(String text) {
        return VertexWarning.newBuilder()
                .setVertex(digest("warnings"))
                .setLevel(1)
                .setShort(ByteString.copyFromUtf8(text));
    }

    private void warns(VertexWarning.Builder warning) {
        warnings.incrementAndGet();
        feed.tell(StatusResponse.newBuilder().addWarnings(warning).build());
    }

    /// Something that is done besides the Dockerfile's steps: `[internal] load build context`.
    public <T> T step(String name, Work<T> work) {
        String digest = digest(name);
        BuildStep step = new BuildStep(OF_NO_STAGE, vertexes.size(), name, 0, 0);
        begin(Vertex.newBuilder().setDigest(digest).setName(name).setStarted(Times.now()).build());
        beside.begins(step);
        try {
            T result = work.run(new Part(digest));
            end(digest, false, "");
            beside.ends(step, false, null);
            return result;
        } catch (RuntimeException e) {
            end(digest, false, Failures.text(e));
            beside.ends(step, false, e);
            throw e;
        }
    }

    /// The same for work that tells of no parts.
    public <T> T step(String name, Supplier<T> work) {
        return step(name, (Work<T>) part -> work.get());
    }

    @FunctionalInterface
    public interface Work<T> {
        T run(Part part);
    }

    /// Tells of the parts of such a step.
    public final class Part {
        private final String digest;

        private Part(String digest) {
            this.digest = digest;
        }

        public void log(String line) {
            Progress.this.log(digest, ByteString.copyFromUtf8(line + "\n"));
        }

        /// @param current in bytes; 0 for what has no size
        public void done(String name, long current) {
            status(name, current, 0, true);
        }

        /// @param id what clients show
        /// @param name of what is done, the same for all of its kind
        public void done(String id, String name, long current) {
            status(id, name, current, 0, true);
        }

        public void status(String name, long current, long total, boolean completed) {
            status(name, name, current, total, completed);
        }

        private void status(String id, String name, long current, long total, boolean completed) {
            VertexStatus.Builder status =
                    VertexStatus.newBuilder()
                            .setId(id)
                            .setVertex(digest)
                            .setName(name)
                            .setCurrent(current)
                            .setTotal(total)
                            .setTimestamp(Times.now())
                            .setStarted(Times.now());
            if (completed) {
                status.setCompleted(Times.now());
            }
            feed.tell(StatusResponse.newBuilder().addStatuses(status).build());
        }
    }
}
