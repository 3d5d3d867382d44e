package dev.carafe.registryserver.http;

import java.nio.charset.StandardCharsets;

/// A refusal with a code of the specification (distribution-spec, "Error Codes").
public final class ApiError extends RuntimeException {
    private final int status;
    private final String code;

    public ApiError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    public static ApiError blobUnknown(Object digest) {
        return new ApiError(404, "BLOB_UNKNOWN", "blob unknown to registry: " + digest);
    }

    public static ApiError manifestUnknown(Object reference) {
        return new ApiError(404, "MANIFEST_UNKNOWN", "manifest unknown: " + reference);
    }

    public static ApiError nameUnknown(String name) {
        return new ApiError(404, "NAME_UNKNOWN", "repository name not known to registry: " + name);
    }

    public static ApiError digestInvalid(String why) {
        return new ApiError(400, "DIGEST_INVALID", why);
    }

    public static ApiError unsupported(String why) {
        return new ApiError(405, "UNSUPPORTED", why);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /// `{"errors":[{"code":...,"message":...}]}`.
    public byte[] body() {
        String text =
                "{\"errors\":[{\"code\":\""
                        + code
                        + "\",\"message\":\""
                        + escaped(String.valueOf(getMessage()))
                        + "\"}]}\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        StringBuilder s = new StringBuilder();
        text.chars()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        s.append('\\').append((char) c);
                    } else if (c < ' ') {
                        s.append(' ');
                    } else {
                        s.append((char) c);
                    }
                });
        return s.toString();
    }
}
