package dev.carafe.dockerapi.jetty;

import dev.carafe.dockerapi.http.Front;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers what is no HTTP, or more than we read, in Docker's form in place of Jetty's page.
final class JsonErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object error = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        if (error == ExchangeHandler.TAKEN_OVER) {
            callback.failed(ExchangeHandler.TAKEN_OVER);
            return true;
        }
        Object text = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        String message =
                error instanceof HttpException e && e.getReason() != null
                        ? e.getReason()
                        : text == null ? "bad request" : text.toString();
        response.getHeaders().put("Content-Type", "application/json");
        byte[] body = Front.json(message).getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
