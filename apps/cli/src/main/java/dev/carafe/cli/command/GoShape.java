package dev.carafe.cli.command;

import dev.carafe.cli.template.GoMap;
import dev.carafe.cli.template.GoNil;
import dev.carafe.cli.template.GoNilList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of those structures of the Engine API whose JSON leaves empty ones out: Go prints
/// them nevertheless.
final class GoShape {
    private GoShape() {}

    /// The fields in Go's order with their zero values; empty when the structure is not known.
    ///
    /// @param name of the field that holds the structure, of its kind where that is a list or map
    static Map<String, @Nullable Object> of(String name) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String word : words(name).split(" ")) {
            if (!word.isEmpty()) {
                add(fields, word);
            }
        }
        return fields;
    }

    /// After a name: `?` a boolean, `#` a number, `*` a pointer, `[]` a slice, `{}` a map; else a
    /// string.
    private static String words(String name) {
        return switch (name) {
            case "Mount" -> "Type Name Source Destination Driver Mode RW? Propagation";
            case "PortBinding" -> "HostIp HostPort";
            case "LogConfig" -> "Type Config{}";
            case "RestartPolicy" -> "Name MaximumRetryCount#";
            case "State" ->
                    "Status Running? Paused? Restarting? OOMKilled? Dead? Pid# ExitCode# Error StartedAt FinishedAt Health*";
            case "IPAM" -> "Driver Options{} Config[]";
            case "IPAMRange" -> "Subnet IPRange Gateway AuxiliaryAddresses{}";
            case "Config" ->
                    "Hostname Domainname User AttachStdin? AttachStdout? AttachStderr? ExposedPorts{} Tty? OpenStdin? StdinOnce? Env[] Cmd[] Healthcheck* ArgsEscaped? Image Volumes{} WorkingDir Entrypoint[] NetworkDisabled? MacAddress OnBuild[] Labels{} StopSignal StopTimeout* Shell[]";
            case "volume" ->
                    "ClusterVolume* CreatedAt Driver Labels{} Mountpoint Name Options{} Scope Status{} UsageData*";
            default -> "";
        };
    }

    private static void add(Map<String, @Nullable Object> fields, String word) {
        String name = word.replaceAll("[^A-Za-z]", "");
        fields.put(
                name,
                switch (word.substring(name.length())) {
                    case "?" -> (Object) Boolean.FALSE;
                    case "#" -> 0L;
                    case "*" -> new GoNil("*" + name);
                    case "[]" -> GoNilList.INSTANCE;
                    case "{}" -> GoMap.nil("");
                    default -> "";
                });
    }
}
