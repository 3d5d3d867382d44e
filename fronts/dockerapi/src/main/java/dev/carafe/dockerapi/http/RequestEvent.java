package dev.carafe.dockerapi.http;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// One request to the API in a flight recording. Costs nothing while nobody records.
@Name("carafe.ApiRequest")
@Label("API Request")
@Category("Carafe")
@Description("A request of the Docker Engine API, to the end of its answer or stream")
@StackTrace(false)
final class RequestEvent extends Event {
    @Label("Method")
    final String method;

    @Label("Path")
    @Description("Without the query, which can hold secrets")
    final String path;

    RequestEvent(ServerExchange exchange) {
        method = exchange.method();
        path = withoutQuery(exchange.rawPath());
        begin();
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
