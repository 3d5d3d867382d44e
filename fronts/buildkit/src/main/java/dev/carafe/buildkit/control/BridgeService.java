package dev.carafe.buildkit.control;

import dev.carafe.buildkit.export.ResultFiles;
import dev.carafe.buildkit.wire.common.Status;
import dev.carafe.buildkit.wire.gateway.EvaluateRequest;
import dev.carafe.buildkit.wire.gateway.EvaluateResponse;
import dev.carafe.buildkit.wire.gateway.InputsRequest;
import dev.carafe.buildkit.wire.gateway.InputsResponse;
import dev.carafe.buildkit.wire.gateway.LLBBridgeGrpc;
import dev.carafe.buildkit.wire.gateway.PingRequest;
import dev.carafe.buildkit.wire.gateway.PongResponse;
import dev.carafe.buildkit.wire.gateway.ReadDirRequest;
import dev.carafe.buildkit.wire.gateway.ReadDirResponse;
import dev.carafe.buildkit.wire.gateway.ReadFileRequest;
import dev.carafe.buildkit.wire.gateway.ReadFileResponse;
import dev.carafe.buildkit.wire.gateway.ReturnRequest;
import dev.carafe.buildkit.wire.gateway.ReturnResponse;
import dev.carafe.buildkit.wire.gateway.SolveRequest;
import dev.carafe.buildkit.wire.gateway.SolveResponse;
import dev.carafe.buildkit.wire.gateway.StatFileRequest;
import dev.carafe.buildkit.wire.gateway.StatFileResponse;
import dev.carafe.buildkit.wire.gateway.WarnRequest;
import dev.carafe.buildkit.wire.gateway.WarnResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/// `moby.buildkit.v1.frontend.LLBBridge`: a client's own doing within its build.
public final class BridgeService extends LLBBridgeGrpc.LLBBridgeImplBase {
    private final Jobs jobs;
    private final Builds builds;
    private final Worker worker;
    private final ResultFiles files;

    BridgeService(Jobs jobs, Builds builds, Worker worker, ResultFiles files) {
        this.files = files;
        this.jobs = jobs;
        this.builds = builds;
        this.worker = worker;
    }

    @Override
    public void ping(PingRequest request, StreamObserver<PongResponse> out) {
        String build = Calls.build();
        Replies.later(
                out,
                () -> {},
                () -> {
                    jobs.await(build);
                    return PongResponse.newBuilder()
                            .addAllFrontendApiCaps(Worker.gatewayCaps())
                            .addAllLlbCaps(Worker.buildCaps())
                            .addWorkers(worker.record())
                            .build();
                });
    }

    @Override
    public void solve(SolveRequest request, StreamObserver<SolveResponse> out) {
        String build = Calls.build();
        Replies.later(
                out, () -> builds.cancel(build), () -> builds.solve(jobs.await(build), request));
    }

    @Override
    public void readFile(ReadFileRequest request, StreamObserver<ReadFileResponse> out) {
        Replies.later(
                out,
                () -> {},
                () ->
                        ReadFileResponse.newBuilder()
                                .setData(
                                        files.file(
                                                request.getRef(),
                                                request.getFilePath(),
                                                request.getRange().getOffset(),
                                                request.getRange().getLength()))
                                .build());
    }

    @Override
    public void readDir(ReadDirRequest request, StreamObserver<ReadDirResponse> out) {
        Replies.later(
                out,
                () -> {},
                () ->
                        ReadDirResponse.newBuilder()
                                .addAllEntries(
                                        files.folder(
                                                request.getRef(),
                                                request.getDirPath(),
                                                request.getIncludePattern()))
                                .build());
    }

    @Override
    public void statFile(StatFileRequest request, StreamObserver<StatFileResponse> out) {
        Replies.later(
                out,
                () -> {},
                () ->
                        StatFileResponse.newBuilder()
                                .setStat(files.stat(request.getRef(), request.getPath()))
                                .build());
    }

    /// All that a result stands for is there already when a client gets it.
    @Override
    public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> out) {
        Replies.one(out, EvaluateResponse::getDefaultInstance);
    }

    @Override
    public void inputs(InputsRequest request, StreamObserver<InputsResponse> out) {
        Replies.one(out, InputsResponse::getDefaultInstance);
    }

    @Override
    public void return_(ReturnRequest request, StreamObserver<ReturnResponse> out) {
        String build = Calls.build();
        Replies.later(
                out,
                () -> {},
                () -> {
                    jobs.await(build).returned(error(request));
                    return ReturnResponse.getDefaultInstance();
                });
    }

    private static @Nullable RuntimeException error(ReturnRequest request) {
        if (!request.hasError()) {
            return null;
        }
        Status status = request.getError();
        return new StatusRuntimeException(
                io.grpc.Status.fromCodeValue(status.getCode())
                        .withDescription(status.getMessage()));
    }

    @Override
    public void warn(WarnRequest request, StreamObserver<WarnResponse> out) {
        String build = Calls.build();
        Replies.later(
                out,
                () -> {},
                () -> {
                    jobs.await(build).progress().warns(request.getShort().toStringUtf8());
                    return WarnResponse.getDefaultInstance();
                });
    }
}
