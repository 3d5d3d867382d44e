package dev.carafe.buildkit.progress;

import com.google.protobuf.ByteString;
import dev.carafe.base.AlreadyExists;
import dev.carafe.base.Canceled;
import dev.carafe.base.CarafeException;
import dev.carafe.base.Conflict;
import dev.carafe.base.DataLoss;
import dev.carafe.base.DeadlineExceeded;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.NotModified;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.base.Subject;
import dev.carafe.base.Unauthenticated;
import dev.carafe.base.Unavailable;
import dev.carafe.build.steps.StepFailed;
import dev.carafe.buildkit.wire.common.Detail;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;

/// The one table from our errors to gRPC's. BuildKit's own are mostly UNKNOWN: clients show any
/// other code, and end with another exit code for some.
public final class Failures {
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private Failures() {}

    /// What a client is shown.
    public static String text(Throwable error) {
        return switch (error) {
            case StepFailed e -> e.process();
            case CarafeException e -> e.text();
            case StatusRuntimeException e ->
                    e.getStatus().getDescription() == null
                            ? e.getStatus().getCode().toString()
                            : e.getStatus().getDescription();
            default ->
                    error.getMessage() == null || error.getMessage().isEmpty()
                            ? error.getClass().getSimpleName()
                            : error.getMessage();
        };
    }

    /// @param details clients know by their type
    public static StatusRuntimeException of(Throwable error, List<Detail> details) {
        Status status = code(error).toStatus().withDescription(text(error)).withCause(error);
        Metadata trailers = new Metadata();
        if (!details.isEmpty()) {
            trailers.put(
                    DETAILS,
                    dev.carafe.buildkit.wire.common.Status.newBuilder()
                            .setCode(status.getCode().value())
                            .setMessage(text(error))
                            .addAllDetails(details)
                            .build()
                            .toByteArray());
        }
        return status.asRuntimeException(trailers);
    }

    /// The error behind a status, for who does not speak gRPC; in BuildKit's words where a step
    /// failed.
    public static CarafeException plain(StatusRuntimeException e) {
        return e.getCause() instanceof CarafeException known && !(known instanceof Internal)
                ? known
                : new InvalidArgument(Subject.NONE, text(e), e);
    }

    public static Detail detail(String type, String json) {
        return Detail.newBuilder()
                .setTypeUrl("github.com/moby/buildkit/" + type)
                .setValue(ByteString.copyFromUtf8(json))
                .build();
    }

    private static Status.Code code(Throwable error) {
        if (!(error instanceof CarafeException known)) {
            return error instanceof StatusRuntimeException e
                    ? e.getStatus().getCode()
                    : Status.Code.UNKNOWN;
        }
        return switch (known) {
            case Canceled e -> Status.Code.CANCELLED;
            case NotImplemented e -> Status.Code.UNKNOWN;
            case PermissionDenied e -> Status.Code.UNKNOWN;
            case Unauthenticated e -> Status.Code.UNKNOWN;
            case ResourceExhausted e -> Status.Code.UNKNOWN;
            case Internal e -> Status.Code.UNKNOWN;
            case DataLoss e -> Status.Code.UNKNOWN;
            case InvalidArgument e -> Status.Code.UNKNOWN;
            case NotFound e -> Status.Code.UNKNOWN;
            case AlreadyExists e -> Status.Code.UNKNOWN;
            case Conflict e -> Status.Code.UNKNOWN;
            case NotModified e -> Status.Code.UNKNOWN;
            case Unavailable e -> Status.Code.UNKNOWN;
            case DeadlineExceeded e -> Status.Code.UNKNOWN;
        };
    }
}
