package dev.carafe.cli.plugin;

import dev.carafe.cli.json.JsonObject;

/// What a plugin tells of itself.
///
/// @param content the JSON of its command `docker-cli-plugin-metadata`: `SchemaVersion`, `Vendor`,
///   `Version`, `ShortDescription`
public record Description(Plugin plugin, JsonObject content) {
    public String name() {
        return plugin.name();
    }

    public String vendor() {
        return content.text("Vendor");
    }

    /// Empty = not told.
    public String version() {
        return content.text("Version");
    }

    public String summary() {
        return content.text("ShortDescription");
    }
}
