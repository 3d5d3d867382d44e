package dev.carafe.buildkit.control;

import dev.carafe.build.BuildImage;
import dev.carafe.buildkit.session.Sessions;
import dev.carafe.buildkit.wire.common.BuildkitVersion;
import dev.carafe.buildkit.wire.control.BuildHistoryEvent;
import dev.carafe.buildkit.wire.control.BuildHistoryRequest;
import dev.carafe.buildkit.wire.control.BytesMessage;
import dev.carafe.buildkit.wire.control.ControlGrpc;
import dev.carafe.buildkit.wire.control.DiskUsageRequest;
import dev.carafe.buildkit.wire.control.DiskUsageResponse;
import dev.carafe.buildkit.wire.control.InfoRequest;
import dev.carafe.buildkit.wire.control.InfoResponse;
import dev.carafe.buildkit.wire.control.ListWorkersRequest;
import dev.carafe.buildkit.wire.control.ListWorkersResponse;
import dev.carafe.buildkit.wire.control.PruneRequest;
import dev.carafe.buildkit.wire.control.SolveRequest;
import dev.carafe.buildkit.wire.control.SolveResponse;
import dev.carafe.buildkit.wire.control.StatusRequest;
import dev.carafe.buildkit.wire.control.StatusResponse;
import dev.carafe.buildkit.wire.control.UpdateBuildHistoryRequest;
import dev.carafe.buildkit.wire.control.UpdateBuildHistoryResponse;
import dev.carafe.buildkit.wire.control.UsageRecord;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/// `moby.buildkit.v1.Control`.
public final class ControlService extends ControlGrpc.ControlImplBase {
    private final Jobs jobs;
    private final Builds builds;
    private final Worker worker;
    private final Usage usage;
    private final History history;
    private final Sessions sessions;

    ControlService(Jobs jobs, Builds builds, Worker worker, BuildImage images, Sessions sessions) {
        this.sessions = sessions;
        this.jobs = jobs;
        this.builds = builds;
        this.worker = worker;
        this.usage = new Usage(images);
        this.history = new History(jobs);
    }

    /// A whole build: with a front end it is made here, without one the client makes it by calls of
    /// `LLBBridge` meanwhile. Then it is exported.
    @Override
    public void solve(SolveRequest request, StreamObserver<SolveResponse> out) {
        Job job = new Job(request, () -> builds.cancel(request.getRef()), null);
        Replies.later(out, job::cancel, () -> jobs.run(job, () -> builds.whole(job)));
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> out) {
        Consumer<StatusResponse> paced = Replies.paced(out);
        Thread.startVirtualThread(() -> {
            try {
                jobs.await(request.getRef()).feed().follow(paced);
                out.onCompleted();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                Replies.error(out, e);
            }
        });
    }

    @Override
    public StreamObserver<BytesMessage> session(StreamObserver<BytesMessage> out) {
        String id = Calls.session();
        if (id.isEmpty()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("no session id: x-docker-expose-session-uuid is missing")
                    .asRuntimeException();
        }
        return SessionTunnel.open(out, sessions, id, Calls.sharedKey());
    }

    @Override
    public void listWorkers(ListWorkersRequest request, StreamObserver<ListWorkersResponse> out) {
        Replies.one(out, () -> ListWorkersResponse.newBuilder().addRecord(worker.record()).build());
    }

    @Override
    public void info(InfoRequest request, StreamObserver<InfoResponse> out) {
        BuildkitVersion version = worker.version();
        Replies.one(out, () -> InfoResponse.newBuilder().setBuildkitVersion(version).build());
    }

    @Override
    public void diskUsage(DiskUsageRequest request, StreamObserver<DiskUsageResponse> out) {
        Replies.one(out, () -> usage.of(request));
    }

    @Override
    public void prune(PruneRequest request, StreamObserver<UsageRecord> out) {
        try {
            usage.prune(request).forEach(out::onNext);
            out.onCompleted();
        } catch (RuntimeException e) {
            Replies.error(out, e);
        }
    }

    @Override
    public void listenBuildHistory(
            BuildHistoryRequest request, StreamObserver<BuildHistoryEvent> out) {
        try {
            history.events(request).forEach(out::onNext);
            out.onCompleted();
        } catch (RuntimeException e) {
            Replies.error(out, e);
        }
    }

    @Override
    public void updateBuildHistory(
            UpdateBuildHistoryRequest request, StreamObserver<UpdateBuildHistoryResponse> out) {
        Replies.one(
                out,
                () -> {
                    history.update(request);
                    return UpdateBuildHistoryResponse.getDefaultInstance();
                });
    }
}
