package dev.carafe.buildkit.control;

import dev.carafe.base.Canceled;
import dev.carafe.base.DeadlineExceeded;
import dev.carafe.build.Built;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.steps.BuildStep;
import dev.carafe.buildkit.attest.BuildFacts;
import dev.carafe.buildkit.options.FrontendOptions;
import dev.carafe.buildkit.progress.Failures;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.progress.StatusFeed;
import dev.carafe.buildkit.progress.Times;
import dev.carafe.buildkit.wire.common.Detail;
import dev.carafe.buildkit.wire.common.Status;
import dev.carafe.buildkit.wire.control.BuildHistoryRecord;
import dev.carafe.buildkit.wire.control.SolveRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One build under way, from `Control.Solve` to its answer. Thread-safe.
final class Job {
    private final SolveRequest request;
    private final StatusFeed feed = new StatusFeed();
    private final Progress progress;
    private final CompletableFuture<Boolean> returned = new CompletableFuture<>();
    private final Runnable cancel;
    private @Nullable BuildContext body;
    private List<Built> built = List.of();
    private @Nullable RuntimeException failure;
    private String dockerfile = "";
    private String text = "";
    private Map<String, String> attrs = Map.of();
    private Map<String, String> response = Map.of();
    private @Nullable Instant completed;

    /// @param cancel ends the build from outside
    /// @param body a context that came with the request; null for none
    Job(SolveRequest request, Runnable cancel, @Nullable BuildContext body) {
        this.body = body;
        this.request = request;
        this.progress = new Progress(request.getRef(), feed);
        this.cancel = cancel;
    }

    SolveRequest request() {
        return request;
    }

    /// The context that came with the request, once; the caller closes it.
    synchronized Optional<BuildContext> takeBody() {
        Optional<BuildContext> taken = Optional.ofNullable(body);
        body = null;
        return taken;
    }

    String ref() {
        return request.getRef();
    }

    StatusFeed feed() {
        return feed;
    }

    Progress progress() {
        return progress;
    }

    /// The client has left, or does not want it any more.
    void cancel() {
        progress.canceled().set(true);
        returned.completeExceptionally(new Canceled("context canceled"));
        cancel.run();
    }

    void checkCanceled() {
        if (progress.canceled().get()) {
            throw new Canceled("context canceled");
        }
    }

    synchronized void built(List<Built> images) {
        built = List.copyOf(images);
    }

    synchronized void failed(RuntimeException e) {
        if (failure == null) {
            failure = e;
        }
    }

    /// The images by platform, once the client has returned them; none when it wanted none.
    synchronized List<Built> built() {
        return built;
    }

    synchronized @Nullable RuntimeException failure() {
        return failure;
    }

    /// What the front end was asked for.
    synchronized void asked(Map<String, String> options) {
        attrs = options;
    }

    synchronized void ended(Map<String, String> exported, @Nullable RuntimeException e) {
        response = exported;
        completed = Instant.now();
        if (e != null) {
            failed(e);
        }
    }

    /// The build as `buildx history` shows it.
    synchronized BuildHistoryRecord record() {
        BuildHistoryRecord.Builder record =
                BuildHistoryRecord.newBuilder()
                        .setRef(ref())
                        .setFrontend("dockerfile.v0")
                        .putAllFrontendAttrs(attrs)
                        .addAllExporters(request.getExportersList())
                        .setCreatedAt(Times.of(progress.begun()))
                        .putAllExporterResponse(response)
                        .setNumTotalSteps(progress.steps())
                        .setNumCompletedSteps(progress.completedSteps())
                        .setNumCachedSteps(progress.cachedSteps())
                        .setNumWarnings(progress.warnings());
        if (completed != null) {
            record.setCompletedAt(Times.of(completed));
        }
        if (completed != null && failure == null) {
            tellResults(record);
        }
        if (failure != null) {
            record.setError(Status.newBuilder().setCode(2).setMessage(Failures.text(failure)));
        }
        return record.build();
    }

    private void tellResults(BuildHistoryRecord.Builder record) {
        KeptProvenance kept = provenance();
        for (Built one : built) {
            if (options().isForSeveral()) {
                record.putResults(one.platform().toString(), kept.info(one));
            } else {
                record.setResult(kept.info(one));
            }
        }
    }

    /// What the history keeps of the results.
    synchronized KeptProvenance provenance() {
        return new KeptProvenance(facts(), completed == null ? List.of() : built);
    }

    /// The Dockerfile, for telling where a failure is.
    synchronized void source(String name, String content) {
        dockerfile = name;
        text = content;
    }

    /// What the front end was asked for.
    synchronized FrontendOptions options() {
        return new FrontendOptions(attrs);
    }

    /// What is known of the build now.
    synchronized BuildFacts facts() {
        return new BuildFacts(
                ref(),
                progress.begun(),
                completed == null ? Instant.now() : completed,
                attrs,
                progress.materials(),
                dockerfile,
                text);
    }

    /// Where the build failed, as clients know it; nothing when no step did.
    synchronized List<Detail> details() {
        BuildStep step = progress.failed();
        if (step != null) {
            return FailureDetails.of(dockerfile, text, step, progress.digest(step));
        }
        return FailureDetails.ofError(dockerfile, text, failure);
    }

    /// The client says that it wants no more of this build than what it has.
    void returned(@Nullable RuntimeException error) {
        if (error != null) {
            failed(error);
        }
        returned.complete(true);
    }

    /// Waits for {@link #returned}, which comes when the build has ended.
    void awaitReturned() {
        try {
            returned.get(1, TimeUnit.DAYS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Canceled("context canceled");
        } catch (TimeoutException e) {
            throw new DeadlineExceeded("the client did not return its build within a day");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CompletionException(e.getCause());
        }
        RuntimeException error = failure();
        if (error != null) {
            throw error;
        }
    }
}
