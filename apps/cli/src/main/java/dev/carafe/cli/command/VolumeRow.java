package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.text.Human;
import java.util.Map;

/// A volume in listings.
final class VolumeRow extends Row {
    private final JsonObject volume;

    VolumeRow(JsonObject volume) {
        super(
                "*formatter.volumeContext",
                "Name",
                "Driver",
                "Scope",
                "Mountpoint",
                "Labels",
                "Links",
                "Size",
                "Group",
                "Availability",
                "Status");
        this.volume = volume;
    }

    @Override
    Map<String, String> labels() {
        return volume.strings("Labels");
    }

    @Override
    String text(String field) {
        JsonObject usage = volume.object("UsageData");
        return switch (field) {
            case "Labels" -> joined(labels());
            case "Links" -> usage.isEmpty() ? "N/A" : usage.text("RefCount");
            case "Size" ->
                    usage.isEmpty() || usage.number("Size") < 0
                            ? "N/A"
                            : Human.size4(usage.number("Size"));
            case "Group", "Availability", "Status" -> "N/A";
            default -> volume.text(field);
        };
    }
}
