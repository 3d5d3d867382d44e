package dev.carafe.dockerapi.jetty;

import dev.carafe.dockerapi.http.Front;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Gives each request a virtual thread and runs it through the front. What is answered at once is
/// run on the thread that read it: two hand-overs take longer than most such answers.
final class ExchangeHandler extends Handler.Abstract.NonBlocking {
    private static final Logger LOG = System.getLogger(ExchangeHandler.class.getName());

    /// Ends a request whose connection is ours and closed: Jetty has nothing to answer on it.
    static final EofException TAKEN_OVER = new TakenOver();

    private final Front front;

    ExchangeHandler(Front front) {
        this.front = front;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        JettyExchange exchange = new JettyExchange(request, response);
        String query = request.getHttpURI().getQuery();
        if (!exchange.hasBody()
                && front.answersAtOnce(exchange.method(), exchange.rawPath(), query)) {
            exchange.answerAtOnce(callback);
            answerAtOnce(exchange, request, callback);
        } else {
            Thread.startVirtualThread(() -> serve(exchange, request, callback));
        }
        return true;
    }

    private void answerAtOnce(JettyExchange exchange, Request request, Callback callback) {
        try {
            front.serve(exchange);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, exchange.toString(), e);
            request.getConnectionMetaData().getConnection().getEndPoint().close();
            callback.failed(new EofException(e));
        }
    }

    private void serve(JettyExchange exchange, Request request, Callback callback) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        long idleTimeout = endPoint.getIdleTimeout();
        endPoint.setIdleTimeout(0);
        Throwable failure = null;
        try {
            front.serve(exchange);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> exchange + ": " + e.getMessage());
            failure = e;
        } catch (Throwable e) {
            LOG.log(Level.ERROR, exchange.toString(), e);
            failure = e;
        }
        RawConnection raw = exchange.raw();
        if (raw != null) {
            raw.close();
            callback.failed(TAKEN_OVER);
        } else if (failure != null) {
            endPoint.close();
            callback.failed(new EofException(failure));
        } else {
            endPoint.setIdleTimeout(idleTimeout);
            callback.succeeded();
        }
    }

    /// One for all of them, so without a stack trace.
    private static final class TakenOver extends EofException {
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
