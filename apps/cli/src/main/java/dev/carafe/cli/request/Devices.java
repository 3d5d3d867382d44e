package dev.carafe.cli.request;

import dev.carafe.cli.flags.GpuValue;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `--device` and `--gpus`.
final class Devices {
    private final List<@Nullable Object> mappings = new ArrayList<>();
    private final List<@Nullable Object> requests = new ArrayList<>();
    private final List<String> cdi = new ArrayList<>();

    /// HostConfig.Devices.
    List<@Nullable Object> mappings() {
        return mappings;
    }

    /// HostConfig.DeviceRequests.
    List<@Nullable Object> requests() {
        if (!cdi.isEmpty()) {
            requests.add(
                    new JsonObject()
                            .with("Driver", "cdi")
                            .with("DeviceIDs", new ArrayList<Object>(cdi)));
            cdi.clear();
        }
        return requests;
    }

    /// `host[:container][:rwm]`, or a CDI name `vendor.com/class=name`.
    void device(String text) {
        if (isCdi(text)) {
            cdi.add(text);
            return;
        }
        String[] parts = text.split(":", -1);
        String inside = parts[0];
        String permissions = "rwm";
        if (parts.length > 3 || parts[0].isEmpty()) {
            throw new Failure(125, "bad format for path: " + text);
        }
        if (!parts[0].startsWith("/")) {
            throw new Failure(125, parts[0] + " is not an absolute path");
        }
        if (parts.length == 2 && isPermissions(parts[1])) {
            permissions = parts[1];
        } else if (parts.length >= 2) {
            inside = parts[1].isEmpty() ? parts[0] : parts[1];
        }
        if (parts.length == 3) {
            permissions = parts[2];
            if (!isPermissions(permissions)) {
                throw new Failure(125, "invalid device specification: " + text);
            }
        }
        mappings.add(
                new JsonObject()
                        .with("PathOnHost", parts[0])
                        .with("PathInContainer", inside)
                        .with("CgroupPermissions", permissions));
    }

    private static boolean isCdi(String text) {
        int slash = text.indexOf('/');
        int equals = text.indexOf('=');
        return slash > 0
                && equals > slash + 1
                && equals < text.length() - 1
                && text.charAt(0) != '.';
    }

    private static boolean isPermissions(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("rwm".indexOf(text.charAt(i)) < 0 || text.indexOf(text.charAt(i)) != i) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    void gpus(String text) {
        GpuValue gpus = GpuValue.parse(text);
        JsonObject request = new JsonObject();
        if (!gpus.driver().isEmpty()) {
            request.put("Driver", gpus.driver());
        }
        request.put("Count", gpus.count());
        if (!gpus.devices().isEmpty()) {
            request.put("DeviceIDs", gpus.devices());
        }
        List<Object> capabilities = new ArrayList<>();
        capabilities.add(gpus.capabilities());
        request.put("Capabilities", capabilities);
        if (!gpus.options().isEmpty()) {
            JsonObject options = new JsonObject();
            options.putAll(gpus.options());
            request.put("Options", options);
        }
        requests.add(request);
    }
}
