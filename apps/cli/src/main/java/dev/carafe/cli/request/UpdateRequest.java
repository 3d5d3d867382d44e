package dev.carafe.cli.request;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import java.util.List;

/// From the flags of `update` to the body of `POST /containers/{id}/update`.
public final class UpdateRequest {
    private UpdateRequest() {}

    public static JsonObject of(Parsed flags) {
        JsonObject body = new JsonObject();
        new Limits(flags, body).update();
        if (flags.has("restart")) {
            body.put("RestartPolicy", CreateRequest.restartPolicy(flags.text("restart"), 1));
        }
        ports(body, "PublishAdd", flags.all("publish-add"));
        ports(body, "PublishRm", flags.all("publish-rm"));
        return body;
    }

    private static void ports(JsonObject body, String field, List<String> texts) {
        Ports ports = new Ports();
        texts.forEach(ports::publish);
        if (!texts.isEmpty()) {
            body.put(field, ports.bindings());
        }
    }
}
