package dev.carafe.cli.request;

import dev.carafe.cli.flags.MountValue;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The body of `POST /containers/create`. All that is wrong with flags is told here, before the
/// daemon is asked.
public final class CreateRequest {
    private final Parsed flags;
    private final JsonObject body = new JsonObject();
    private final JsonObject host = new JsonObject();

    private CreateRequest(Parsed flags) {
        this.flags = flags;
    }

    /// @param flags with the image and the command as arguments
    /// @param proxies environment of the client's configuration, which flags override
    /// @throws Failure with status 125 when the flags make no sense
    public static JsonObject of(Parsed flags, List<String> proxies) {
        CreateRequest request = new CreateRequest(flags);
        request.process(proxies);
        request.streams();
        request.ports();
        request.storage();
        request.namespaces();
        request.network();
        request.rest();
        new Limits(flags, request.host).apply();
        Security.apply(flags, request.host);
        Health.apply(flags, request.body);
        request.body.put("HostConfig", request.host);
        return request.body;
    }

    private void process(List<String> proxies) {
        text(body, "hostname", "Hostname");
        text(body, "domainname", "Domainname");
        text(body, "user", "User");
        text(body, "workdir", "WorkingDir");
        text(body, "stop-signal", "StopSignal");
        if (flags.has("stop-timeout")) {
            body.put("StopTimeout", flags.number("stop-timeout"));
        }
        List<String> env = new ArrayList<>(proxies);
        env.addAll(KeyValues.environment(flags.all("env-file"), flags.all("env")));
        if (!env.isEmpty()) {
            body.put("Env", env);
        }
        List<String> arguments = flags.arguments();
        if (arguments.size() > 1) {
            body.put("Cmd", new ArrayList<Object>(arguments.subList(1, arguments.size())));
        }
        body.put("Image", arguments.get(0));
        if (flags.has("entrypoint")) {
            body.put("Entrypoint", List.of(flags.text("entrypoint")));
        }
        JsonObject labels = KeyValues.labels(flags.all("label-file"), flags.all("label"));
        if (!labels.isEmpty()) {
            body.put("Labels", labels);
        }
    }

    private void streams() {
        boolean interactive = flags.bool("interactive");
        boolean in = interactive;
        boolean out = !flags.has("attach");
        boolean err = out;
        for (String stream : flags.all("attach")) {
            switch (stream.toLowerCase(Locale.ROOT)) {
                case "stdin" -> in = true;
                case "stdout" -> out = true;
                default -> err = true;
            }
        }
        if (flags.bool("detach")) {
            if (flags.has("attach")) {
                throw new Failure(
                        1, "conflicting options: cannot specify both --attach and --detach");
            }
            in = false;
            out = false;
            err = false;
        }
        body.put("AttachStdin", in);
        body.put("AttachStdout", out);
        body.put("AttachStderr", err);
        if (flags.bool("tty")) {
            body.put("Tty", true);
        }
        if (interactive) {
            body.put("OpenStdin", true);
            if (in) {
                body.put("StdinOnce", true);
            }
        }
    }

    private void ports() {
        Ports ports = new Ports();
        for (String text : flags.all("publish")) {
            ports.publish(text);
        }
        for (String text : flags.all("expose")) {
            ports.expose(text);
        }
        if (!ports.exposed().isEmpty()) {
            body.put("ExposedPorts", ports.exposed());
        }
        if (!ports.bindings().isEmpty()) {
            host.put("PortBindings", ports.bindings());
        }
        truth("publish-all", "PublishAllPorts");
    }

    private void storage() {
        Volumes volumes = new Volumes();
        for (String text : flags.all("volume")) {
            volumes.add(text);
        }
        if (!volumes.binds().isEmpty()) {
            host.put("Binds", volumes.binds());
        }
        if (!volumes.anonymous().isEmpty()) {
            body.put("Volumes", volumes.anonymous());
        }
        List<@Nullable Object> mounts = new ArrayList<>();
        for (String text : flags.all("mount")) {
            mounts.add(Mounts.mount(MountValue.parse(text)));
        }
        list("Mounts", mounts);
        texts("volumes-from", "VolumesFrom");
        text(host, "volume-driver", "VolumeDriver");
        JsonObject tmpfs = new JsonObject();
        for (String text : flags.all("tmpfs")) {
            int colon = text.indexOf(':');
            tmpfs.put(
                    colon < 0 ? text : text.substring(0, colon),
                    colon < 0 ? "" : text.substring(colon + 1));
        }
        object("Tmpfs", tmpfs);
        truth("read-only", "ReadonlyRootfs");
        storageOptions();
        Devices devices = new Devices();
        for (String text : flags.all("device")) {
            devices.device(text);
        }
        for (String text : flags.all("gpus")) {
            devices.gpus(text);
        }
        list("Devices", devices.mappings());
        list("DeviceRequests", devices.requests());
        texts("device-cgroup-rule", "DeviceCgroupRules");
    }

    private void storageOptions() {
        for (String option : flags.all("storage-opt")) {
            if (option.indexOf('=') < 0) {
                throw new Failure(125, "invalid storage option");
            }
        }
        object("StorageOpt", KeyValues.pairs(flags.all("storage-opt")));
    }

    private void namespaces() {
        mode("pid", "PidMode", "PID", "host", true);
        mode("uts", "UTSMode", "UTS", "host", false);
        mode("userns", "UsernsMode", "USER", "host", false);
        String cgroup = flags.text("cgroupns");
        if (!cgroup.isEmpty() && !cgroup.equals("host") && !cgroup.equals("private")) {
            throw new Failure(125, "--cgroupns: invalid CGROUP mode");
        }
        text(host, "cgroupns", "CgroupnsMode");
        text(host, "ipc", "IpcMode");
    }

    private void mode(String flag, String field, String name, String only, boolean container) {
        String value = flags.text(flag);
        boolean good =
                value.isEmpty()
                        || value.equals(only)
                        || (container && value.startsWith("container:") && value.length() > 10);
        if (!good) {
            throw new Failure(125, "--" + flag + ": invalid " + name + " mode");
        }
        text(host, flag, field);
    }

    private void network() {
        String mac = flags.text("mac-address");
        if (!mac.isEmpty() && !isMac(mac)) {
            throw new Failure(125, mac + " is not a valid mac address");
        }
        Networks networks = new Networks(flags);
        if (!networks.mode().isEmpty()) {
            host.put("NetworkMode", networks.mode());
        }
        JsonObject endpoints = networks.endpoints();
        if (!endpoints.isEmpty()) {
            body.put("NetworkingConfig", new JsonObject().with("EndpointsConfig", endpoints));
        }
        texts("dns", "Dns");
        texts("dns-search", "DnsSearch");
        List<String> options = new ArrayList<>(flags.all("dns-option"));
        options.addAll(flags.all("dns-opt"));
        if (!options.isEmpty()) {
            host.put("DnsOptions", options);
        }
        List<String> hosts = new ArrayList<>();
        for (String text : flags.all("add-host")) {
            hosts.add(extraHost(text));
        }
        if (!hosts.isEmpty()) {
            host.put("ExtraHosts", hosts);
        }
        texts("link", "Links");
    }

    private static boolean isMac(String text) {
        String[] parts = text.replace('-', ':').split(":", -1);
        for (String part : parts) {
            if (part.length() != 2
                    || Character.digit(part.charAt(0), 16) < 0
                    || Character.digit(part.charAt(1), 16) < 0) {
                return false;
            }
        }
        return parts.length == 6;
    }

    /// `host=ip` as `host:ip`, an IPv6 address without brackets.
    private static String extraHost(String text) {
        int equals = text.indexOf('=');
        int colon = text.indexOf(':');
        int at = equals >= 0 && (colon < 0 || equals < colon) ? equals : colon;
        String address = text.substring(at + 1);
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        return text.substring(0, at)
                + ":"
                + (bracketed ? address.substring(1, address.length() - 1) : address);
    }

    private void rest() {
        truth("rm", "AutoRemove");
        truth("privileged", "Privileged");
        if (flags.has("init")) {
            host.put("Init", flags.bool("init"));
        }
        if (flags.has("restart")) {
            host.put("RestartPolicy", restart(flags.text("restart")));
        }
        text(host, "cidfile", "ContainerIDFile");
        texts("group-add", "GroupAdd");
        object("Sysctls", KeyValues.pairs(flags.all("sysctl")));
        object("Annotations", KeyValues.pairs(flags.all("annotation")));
        text(host, "runtime", "Runtime");
        text(host, "isolation", "Isolation");
        if (flags.text("log-driver").equals("none") && flags.has("log-opt")) {
            throw new Failure(125, "invalid logging opts for driver none");
        }
        if (flags.has("log-driver") || flags.has("log-opt")) {
            host.put(
                    "LogConfig",
                    new JsonObject()
                            .with("Type", flags.text("log-driver"))
                            .with("Config", KeyValues.pairs(flags.all("log-opt"))));
        }
    }

    private JsonObject restart(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        if (flags.bool("rm") && !name.isEmpty() && !name.equals("no")) {
            throw new Failure(125, "conflicting options: cannot specify both --restart and --rm");
        }
        return restartPolicy(text, 125);
    }

    /// `name[:max]` as the API's object.
    ///
    /// @param code to exit with when it is none
    static JsonObject restartPolicy(String text, int code) {
        int colon = text.indexOf(':');
        JsonObject policy =
                new JsonObject().with("Name", colon < 0 ? text : text.substring(0, colon));
        if (colon >= 0) {
            try {
                policy.put("MaximumRetryCount", Long.valueOf(text.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new Failure(
                        code,
                        "invalid restart policy format: maximum retry count must be an integer");
            }
        }
        return policy;
    }

    private void text(JsonObject target, String flag, String field) {
        String value = flags.text(flag);
        if (!value.isEmpty()) {
            target.put(field, value);
        }
    }

    private void truth(String flag, String field) {
        if (flags.bool(flag)) {
            host.put(field, true);
        }
    }

    private void texts(String flag, String field) {
        if (flags.has(flag)) {
            host.put(field, flags.all(flag));
        }
    }

    private void list(String field, List<@Nullable Object> list) {
        if (!list.isEmpty()) {
            host.put(field, list);
        }
    }

    private void object(String field, JsonObject object) {
        if (!object.isEmpty()) {
            host.put(field, object);
        }
    }
}
