package dev.carafe.registry.http;

import dev.carafe.registry.wire.ErrorBody;
import dev.carafe.registry.wire.WireJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A registry's answer that is no success.
public final class Refused extends IOException {
    public static final String DENIED = "DENIED";
    public static final String UNAUTHORIZED = "UNAUTHORIZED";

    /// Ours: the server wants a name and a password, and there are none.
    public static final String NO_CREDENTIALS = "NO_CREDENTIALS";

    public static final String MANIFEST_UNKNOWN = "MANIFEST_UNKNOWN";
    public static final String NAME_UNKNOWN = "NAME_UNKNOWN";

    private static final Duration WATCHED = Duration.ofSeconds(60);
    private static final Duration NO_WAIT_GIVEN = Duration.ofSeconds(-1);

    private final int status;
    private final String code;
    private final Duration retryAfter;
    private final boolean unsent;

    private Refused(int status, String code, String message, Duration retryAfter) {
        this(status, code, message, retryAfter, false);
    }

    private Refused(int status, String code, String message, Duration retryAfter, boolean unsent) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
        this.unsent = unsent;
    }

    /// The same for a request that could not even be sent, since the right to it was refused.
    public Refused beforeSending() {
        return new Refused(status, code, String.valueOf(getMessage()), retryAfter, true);
    }

    /// The same refusal with other words.
    public Refused told(String message) {
        return new Refused(status, code, message, retryAfter);
    }

    /// A refusal in our own words.
    public static Refused of(int status, String code, String message) {
        return new Refused(status, code, message, NO_WAIT_GIVEN);
    }

    /// Reads the answer's body, and its challenge, where the reason of a missing right stands (RFC
    /// 6750 section 3.1).
    ///
    /// @param retryAfter negative when the server said nothing
    static Refused from(int status, List<Challenge> challenges, byte[] body, Duration retryAfter) {
        for (Challenge challenge : challenges) {
            String error = challenge.parameter("error");
            if (challenge.isBearer() && error.equals("insufficient_scope")) {
                return denied(
                        status, challenge, DENIED, "requested access to the resource is denied");
            }
            if (challenge.isBearer() && error.equals("invalid_token")) {
                return denied(status, challenge, UNAUTHORIZED, "authentication required");
            }
        }
        ErrorBody told =
                WireJson.read(ErrorBody.class, body).orElse(new ErrorBody(null, null, null));
        List<ErrorBody.Item> errors = told.errors();
        if (errors != null && !errors.isEmpty()) {
            String code = String.valueOf(errors.getFirst().code());
            String message = errors.getFirst().message();
            return new Refused(status, code, worded(code, message), retryAfter);
        }
        String text = told.details() != null ? told.details() : told.message();
        if (status == 401) {
            return new Refused(
                    status,
                    UNAUTHORIZED,
                    worded(UNAUTHORIZED, text == null ? "authentication required" : text),
                    retryAfter);
        }
        if (status == 403) {
            return new Refused(
                    status,
                    DENIED,
                    worded(
                            DENIED,
                            text == null ? "requested access to the resource is denied" : text),
                    retryAfter);
        }
        if (status == 429) {
            return new Refused(
                    status, "TOOMANYREQUESTS", worded("TOOMANYREQUESTS", text), retryAfter);
        }
        return new Refused(
                status,
                "UNKNOWN",
                "received unexpected HTTP status: " + status + (text == null ? "" : ": " + text),
                retryAfter);
    }

    private static Refused denied(int status, Challenge challenge, String code, String otherwise) {
        String described = challenge.parameter("error_description");
        return new Refused(
                status,
                code,
                worded(code, described.isEmpty() ? otherwise : described),
                NO_WAIT_GIVEN);
    }

    /// `MANIFEST_UNKNOWN` and its message as docker joins them: `manifest unknown: manifest
    /// unknown`.
    private static String worded(String code, @Nullable String message) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return message == null || message.isEmpty() ? words : words + ": " + message;
    }

    public int status() {
        return status;
    }

    /// `MANIFEST_UNKNOWN`, `DENIED`, ...; `UNKNOWN` when it gave none.
    public String code() {
        return code;
    }

    /// True when no request was sent: who gives the right to it refused, or there are no
    /// credentials.
    public boolean unsent() {
        return unsent;
    }

    /// What the server asks to wait; zero when it asks for nothing.
    public Duration retryAfter() {
        return retryAfter.isNegative() ? Duration.ZERO : retryAfter;
    }

    /// True when the same request may succeed before somebody who watches loses patience.
    public boolean worthWaiting() {
        return passing()
                && (status != 429 || !retryAfter.isNegative())
                && retryAfter.compareTo(WATCHED) <= 0;
    }

    /// True when the same request may succeed a little later.
    public boolean passing() {
        return status == 429 || status == 408 || status >= 500 && status != 501;
    }
}
