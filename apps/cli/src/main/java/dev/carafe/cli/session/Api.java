package dev.carafe.cli.session;

import dev.carafe.cli.http.HttpConnection;
import dev.carafe.cli.http.HttpResponse;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonFailure;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests to the daemon. One idle connection is kept and used again; streams get their own.
///
/// No ping goes before the first request: the newest version we know is asked for, and a server
/// that finds it too new tells its own.
public final class Api {
    /// Engine API version that this client was written for.
    public static final String VERSION = "1.51";

    private static final String NO_HEADERS = "";

    private final Endpoint endpoint;
    private final Globals globals;
    private final ConfigFile config;
    private final Output err;
    private String version;
    private @Nullable HttpConnection idle;
    private @Nullable String extraHeaders;

    Api(Endpoint endpoint, Globals globals, ConfigFile config, Output err) {
        this.endpoint = endpoint;
        this.globals = globals;
        this.config = config;
        this.err = err;
        String asked = Globals.environment("API_VERSION");
        this.version = asked == null ? VERSION : asked;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /// The API version in use; the server may have lowered it.
    public String version() {
        return version;
    }

    public Object get(String target) {
        Object value = call("GET", target, null);
        return value == null ? new JsonObject() : value;
    }

    public JsonObject getObject(String target) {
        return get(target) instanceof JsonObject o ? o : new JsonObject();
    }

    /// The same with more header lines, each with its end.
    public JsonObject getObject(String target, String headers) {
        return call("GET", target, headers, null) instanceof JsonObject o ? o : new JsonObject();
    }

    public List<JsonObject> getList(String target) {
        return getList(target, NO_HEADERS);
    }

    /// @param headers whole lines
    public List<JsonObject> getList(String target, String headers) {
        List<JsonObject> all = new ArrayList<>();
        if (call("GET", target, headers, null) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof JsonObject o) {
                    all.add(o);
                }
            }
        }
        return all;
    }

    public JsonObject post(String target) {
        return call("POST", target, null) instanceof JsonObject o ? o : new JsonObject();
    }

    public JsonObject post(String target, JsonObject body) {
        return call("POST", target, body) instanceof JsonObject o ? o : new JsonObject();
    }

    public @Nullable Object delete(String target) {
        return call("DELETE", target, null);
    }

    /// @throws ApiFailure when the status is no success
    private @Nullable Object call(String method, String target, @Nullable JsonObject body) {
        return call(method, target, NO_HEADERS, body);
    }

    private @Nullable Object call(
            String method, String target, String headers, @Nullable JsonObject body) {
        byte[] bytes = body == null ? null : utf8(Json.write(body));
        try {
            HttpResponse response = exchange(method, target, headers, bytes);
            byte[] answer = response.bytes();
            return answer.length == 0 ? null : Json.read(answer);
        } catch (IOException e) {
            throw broken(e);
        } catch (JsonFailure e) {
            throw new Failure("the daemon's answer is no JSON: " + e.getMessage());
        }
    }

    /// Sends on the idle connection or a new one, and retries once when the server had closed the
    /// idle one.
    private HttpResponse exchange(
            String method, String target, String headers, byte @Nullable [] body)
            throws IOException {
        HttpConnection kept = idle != null && idle.reusable() ? idle : null;
        idle = null;
        if (kept != null) {
            try {
                return settle(kept, method, target, headers, body);
            } catch (EOFException | SocketException closedMeanwhile) {
                kept.close();
            }
        }
        return settle(open(), method, target, headers, body);
    }

    private HttpResponse settle(
            HttpConnection connection,
            String method,
            String target,
            String headers,
            byte @Nullable [] body)
            throws IOException {
        HttpResponse response = connection.send(method, path(target), common() + headers, body);
        if (response.status() >= 400) {
            ApiFailure failure = failure(response);
            if (lowered(failure)) {
                return settle(
                        connection.reusable() ? connection : open(), method, target, headers, body);
            }
            idle = connection;
            throw failure;
        }
        idle = connection;
        return response;
    }

    /// A request whose answer is a stream, on a connection of its own that the caller closes.
    public Stream stream(String method, String target, @Nullable JsonObject body) {
        return stream(method, target, NO_HEADERS, body);
    }

    /// @param headers each ending in CRLF
    public Stream stream(String method, String target, String headers, @Nullable JsonObject body) {
        try {
            HttpConnection connection = takeConnection();
            byte[] bytes = body == null ? null : utf8(Json.write(body));
            HttpResponse response =
                    connection.send(method, path(target), common() + headers, bytes);
            return new Stream(connection, accepted(connection, response));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /// A request that takes the connection over: bytes go both ways afterwards.
    public Stream hijack(String target, @Nullable JsonObject body) {
        return stream("POST", target, "Connection: Upgrade\r\nUpgrade: tcp\r\n", body);
    }

    /// Sends a stream as the body.
    public Stream upload(String method, String target, String contentType, InputStream body) {
        return upload(method, target, contentType, NO_HEADERS, body);
    }

    /// @param more headers, each ending in CRLF
    public Stream upload(
            String method, String target, String contentType, String more, InputStream body) {
        try {
            HttpConnection connection = open();
            String headers = common() + "Content-Type: " + contentType + "\r\n" + more;
            return new Stream(
                    connection,
                    accepted(connection, connection.stream(method, path(target), headers, body)));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /// One header of the answer to a HEAD request; null when there is none, as when it is refused.
    public @Nullable String head(String target, String lowerCaseName) {
        // the length that the answer may tell is that of a body which does not come
        try (HttpConnection connection = open()) {
            HttpResponse response = connection.send("HEAD", path(target), common(), null);
            return response.status() == 200 ? response.header(lowerCaseName) : null;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private HttpResponse accepted(HttpConnection connection, HttpResponse response)
            throws IOException {
        if (response.status() >= 400) {
            ApiFailure failure = failure(response);
            connection.close();
            throw failure;
        }
        return response;
    }

    // streams may be opened by several threads at once
    private synchronized HttpConnection takeConnection() throws IOException {
        HttpConnection kept = idle;
        idle = null;
        return kept != null && kept.reusable() ? kept : open();
    }

    /// A new connection for bytes that are not ours.
    public HttpConnection connect() {
        return open();
    }

    private HttpConnection open() {
        try {
            return endpoint.connect();
        } catch (FileNotFoundException e) {
            throw new Failure("unable to resolve docker endpoint: " + e.getMessage());
        } catch (IOException e) {
            if (AutoStart.allowed(endpoint, globals) && !isDenied(e)) {
                String command = System.getProperty("carafe.daemon.command", "");
                return new AutoStart(endpoint, err, command).start();
            }
            throw unreachable(e);
        }
    }

    private static boolean isDenied(IOException e) {
        return String.valueOf(e.getMessage()).contains("Permission denied");
    }

    private Failure unreachable(IOException e) {
        if (isDenied(e)) {
            return new Failure(
                    "permission denied while trying to connect to the Carafe daemon socket at "
                            + endpoint.address());
        }
        String why =
                endpoint.tls() != null || globals.bool("debug") ? " (" + e.getMessage() + ")" : "";
        return new Failure(
                "Cannot connect to the Carafe daemon at "
                        + endpoint.address()
                        + ". Is the carafe daemon running?"
                        + why);
    }

    /// What a lost connection is for the user.
    public static Failure broken(IOException e) {
        return new Failure("error during connect: " + e.getMessage());
    }

    private String path(String target) {
        return "/v" + version + target;
    }

    /// Headers of the configuration's HttpHeaders, or those of the environment in their place.
    private String common() {
        String known = extraHeaders;
        if (known == null) {
            String own = Globals.environment("CUSTOM_HEADERS");
            Map<String, String> all =
                    own == null ? config.content().strings("HttpHeaders") : CustomHeaders.of(own);
            StringBuilder headers = new StringBuilder();
            all.forEach((name, value) ->
                    headers.append(name).append(": ").append(value).append("\r\n"));
            known = headers.toString();
            extraHeaders = known;
        }
        return known;
    }

    private static ApiFailure failure(HttpResponse response) throws IOException {
        String text = new String(response.bytes(), StandardCharsets.UTF_8).strip();
        String message = text;
        if (text.startsWith("{")) {
            try {
                message = Json.readObject(text).text("message");
            } catch (JsonFailure e) {
                message = text;
            }
        }
        return new ApiFailure(
                response.status(),
                message.isEmpty()
                        ? "request returned status "
                                + response.status()
                                + ", check if the server supports it"
                        : message);
    }

    /// `client version 1.51 is too new. Maximum supported API version is 1.41`: goes on with that
    /// one.
    private boolean lowered(ApiFailure failure) {
        String mark = "Maximum supported API version is ";
        int at = failure.status() == 400 ? failure.serverMessage().indexOf(mark) : -1;
        if (at < 0 || Globals.environment("API_VERSION") != null) {
            return false;
        }
        String maximum = failure.serverMessage().substring(at + mark.length()).strip();
        int end = 0;
        while (end < maximum.length()
                && (Character.isDigit(maximum.charAt(end)) || maximum.charAt(end) == '.')) {
            end++;
        }
        maximum = maximum.substring(0, end);
        maximum = maximum.endsWith(".") ? maximum.substring(0, maximum.length() - 1) : maximum;
        boolean useful = !maximum.isEmpty() && !maximum.equals(version);
        version = useful ? maximum : version;
        return useful;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
