package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The portable part of a container's configuration: what an image can give too.
///
/// A mutable class with public fields, since create requests fill a few of many. Null means absent
/// from the JSON, except for the fields that Go's encoder writes as null.
@Json(caseInsensitiveKeys = true)
public class ContainerConfig {
    @Json.Property("Hostname")
    public @Nullable String hostname;

    @Json.Property("Domainname")
    public @Nullable String domainname;

    /// user[:group], names or numbers
    @Json.Property("User")
    public @Nullable String user;

    @Json.Property("AttachStdin")
    public @Nullable Boolean attachStdin;

    @Json.Property("AttachStdout")
    public @Nullable Boolean attachStdout;

    @Json.Property("AttachStderr")
    public @Nullable Boolean attachStderr;

    /// keys like `80/tcp`
    @Json.Property("ExposedPorts")
    public @Nullable Map<String, Empty> exposedPorts;

    @Json.Property("Tty")
    public @Nullable Boolean tty;

    @Json.Property("OpenStdin")
    public @Nullable Boolean openStdin;

    /// the first client's end of stdin is the container's
    @Json.Property("StdinOnce")
    public @Nullable Boolean stdinOnce;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Env")
    public @Nullable List<String> env;

    /// null = the image's
    @Json.Serializer(StringsOrString.class)
    @Json.Property("Cmd")
    public @Nullable List<String> cmd;

    @Json.Property("Healthcheck")
    public @Nullable Healthcheck healthcheck;

    @Json.Property("ArgsEscaped")
    public @Nullable Boolean argsEscaped;

    @Json.Property("Image")
    public @Nullable String image;

    @Json.Serializer(EmptySetOrNull.class)
    @Json.Property("Volumes")
    public @Nullable Map<String, Empty> volumes;

    @Json.Property("WorkingDir")
    public @Nullable String workingDir;

    /// null = the image's; empty or one empty string = none
    @Json.Serializer(StringsOrString.class)
    @Json.Property("Entrypoint")
    public @Nullable List<String> entrypoint;

    @Json.Property("NetworkDisabled")
    public @Nullable Boolean networkDisabled;

    @Json.Property("MacAddress")
    public @Nullable String macAddress;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("OnBuild")
    public @Nullable List<String> onBuild;

    @Json.Serializer(StringMapOrNull.class)
    @Json.Property("Labels")
    public @Nullable Map<String, String> labels;

    @Json.Property("StopSignal")
    public @Nullable String stopSignal;

    /// seconds
    @Json.Property("StopTimeout")
    public @Nullable Integer stopTimeout;

    @Json.Property("Shell")
    public @Nullable List<String> shell;
}
