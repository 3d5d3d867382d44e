package dev.carafe.registryserver.jetty;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.registryserver.http.ApiError;
import dev.carafe.registryserver.http.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Gives each request a virtual thread, and turns what goes wrong into the specification's errors.
final class CallHandler extends Handler.Abstract.NonBlocking {
    private static final System.Logger LOG = System.getLogger(CallHandler.class.getName());

    private final Call.Work work;

    CallHandler(Call.Work work) {
        this.work = work;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Thread.startVirtualThread(() -> serve(request, response, callback));
        return true;
    }

    private void serve(Request request, Response response, Callback callback) {
        Call call = new JettyCall(request, response);
        try {
            answer(call);
            callback.succeeded();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, () -> call.method() + " " + call.path() + ": " + e);
            // half an answer must not look like a whole one
            request.getConnectionMetaData().getConnection().getEndPoint().close();
            callback.failed(new EofException(e));
        }
    }

    private void answer(Call call) throws IOException {
        try {
            work.answer(call);
        } catch (ApiError e) {
            refuse(call, e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CarafeException e) {
            refuse(call, translated(e));
        }
    }

    private static ApiError translated(CarafeException e) {
        return switch (e) {
            case InvalidArgument a -> new ApiError(400, "UNSUPPORTED", a.text());
            case NotFound n -> new ApiError(404, "BLOB_UNKNOWN", n.text());
            case ResourceExhausted r -> new ApiError(507, "UNKNOWN", r.text());
            default -> {
                LOG.log(Level.ERROR, "a request failed", e);
                yield new ApiError(500, "UNKNOWN", e.text());
            }
        };
    }

    private static void refuse(Call call, ApiError error) throws IOException {
        if (call.begun()) {
            throw new IOException(error.getMessage(), error);
        }
        call.json(error.status(), error.body());
    }
}
