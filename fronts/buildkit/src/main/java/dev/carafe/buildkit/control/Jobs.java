package dev.carafe.buildkit.control;

import dev.carafe.base.AlreadyExists;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.buildkit.wire.control.SolveResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The builds under way, and the last ones that have ended. Thread-safe.
final class Jobs {
    /// A build's calls come over several streams, in any order.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int ENDED_KEPT = 50;

    private final Map<String, Job> open = new LinkedHashMap<>();

    /// Ended ones, for who asks late what happened.
    private final Map<String, Job> ended =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Job> eldest) {
                    return size() > ENDED_KEPT;
                }
            };

    /// One whole build, from its opening to its end.
    SolveResponse run(Job job, Supplier<SolveResponse> work) {
        open(job);
        try {
            SolveResponse response = work.get();
            job.ended(response.getExporterResponseMap(), null);
            return response;
        } catch (RuntimeException e) {
            job.ended(Map.of(), e);
            throw e;
        } finally {
            end(job);
        }
    }

    /// A build under way.
    synchronized Optional<Job> open(String ref) {
        return Optional.ofNullable(open.get(ref));
    }

    synchronized void open(Job job) {
        if (open.putIfAbsent(job.ref(), job) != null) {
            throw new AlreadyExists(new Subject("build", job.ref()), "job ID exists: " + job.ref());
        }
        notifyAll();
    }

    synchronized void end(Job job) {
        open.remove(job.ref(), job);
        ended.values().forEach(earlier -> earlier.feed().shrink());
        ended.put(job.ref(), job);
        job.feed().end();
    }

    /// The builds that are known, the latest last.
    synchronized List<Job> all() {
        List<Job> all = new ArrayList<>(ended.values());
        all.addAll(open.values());
        return all;
    }

    /// Lets a build that has ended be forgotten.
    synchronized void forget(String ref) {
        ended.remove(ref);
    }

    /// Waits a while for it.
    ///
    /// @throws NotFound when it does not come
    synchronized Job await(String ref) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Job job = open.getOrDefault(ref, ended.get(ref));
            if (job != null) {
                return job;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new NotFound(new Subject("build", ref), "no such job " + ref);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotFound(new Subject("build", ref), "no such job " + ref, e);
            }
        }
    }
}
