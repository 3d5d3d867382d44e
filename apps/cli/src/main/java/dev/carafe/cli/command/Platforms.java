package dev.carafe.cli.command;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Globals;

/// `os[/arch[/variant]]` as the API's JSON.
final class Platforms {
    private Platforms() {}

    /// What was given, else what the environment says; empty when neither says anything.
    static String orDefault(String given) {
        String fallback = Globals.environment("DEFAULT_PLATFORM");
        return given.isEmpty() && fallback != null ? fallback : given;
    }

    static String json(String text) {
        String[] parts = text.split("/", -1);
        JsonObject platform = new JsonObject().with("os", parts[0]);
        if (parts.length > 1) {
            platform.put("architecture", parts[1]);
        }
        if (parts.length > 2) {
            platform.put("variant", parts[2]);
        }
        return Json.write(platform);
    }
}
