package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Body of `POST /containers/{id}/exec`.
@Json(caseInsensitiveKeys = true)
public final class ExecCreateRequest {
    @Json.Property("User")
    public @Nullable String user;

    @Json.Property("Privileged")
    public @Nullable Boolean privileged;

    @Json.Property("Tty")
    public @Nullable Boolean tty;

    /// height, width
    @Json.Property("ConsoleSize")
    public @Nullable List<Integer> consoleSize;

    @Json.Property("AttachStdin")
    public @Nullable Boolean attachStdin;

    @Json.Property("AttachStdout")
    public @Nullable Boolean attachStdout;

    @Json.Property("AttachStderr")
    public @Nullable Boolean attachStderr;

    @Json.Property("Detach")
    public @Nullable Boolean detach;

    @Json.Property("DetachKeys")
    public @Nullable String detachKeys;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Env")
    public @Nullable List<String> env;

    @Json.Property("WorkingDir")
    public @Nullable String workingDir;

    @Json.Serializer(StringsOrString.class)
    @Json.Property("Cmd")
    public @Nullable List<String> cmd;
}
