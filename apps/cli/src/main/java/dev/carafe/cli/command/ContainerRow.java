package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.template.GoNil;
import dev.carafe.cli.text.Human;
import dev.carafe.cli.text.Instants;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container in `ps`.
final class ContainerRow extends Row {
    private static final int NAME_WIDTH = 15;
    private static final int COMMAND_WIDTH = 20;

    private final JsonObject container;
    private final boolean whole;
    private final long nowSeconds;

    ContainerRow(JsonObject container, boolean whole, long nowSeconds) {
        super(
                "*formatter.ContainerContext",
                "ID",
                "Names",
                "Image",
                "Command",
                "CreatedAt",
                "RunningFor",
                "Ports",
                "State",
                "Status",
                "Size",
                "Labels",
                "Mounts",
                "LocalVolumes",
                "Networks",
                "Platform",
                "HealthStatus");
        this.container = container;
        this.whole = whole;
        this.nowSeconds = nowSeconds;
    }

    static String id(JsonObject container, boolean whole) {
        return whole ? container.text("Id") : Human.shortId(container.text("Id"));
    }

    @Override
    Map<String, String> labels() {
        return container.strings("Labels");
    }

    /// A platform that the server did not tell is no text.
    @Override
    public @Nullable Object get(String field, List<@Nullable Object> arguments) {
        return field.equals("Platform") ? new GoNil("*v1.Platform") : super.get(field, arguments);
    }

    @Override
    String text(String field) {
        return switch (field) {
            case "ID" -> id(container, whole);
            case "Names" -> names();
            case "Image" -> image();
            case "Command" ->
                    Human.quote(
                            whole
                                    ? container.text("Command")
                                    : Human.shorten(container.text("Command"), COMMAND_WIDTH));
            case "CreatedAt" -> Instants.goString(container.number("Created"));
            case "RunningFor" -> Human.ago(container.number("Created"), nowSeconds);
            case "Ports" -> PortsText.of(container.objects("Ports"));
            case "State", "Status" -> container.text(field);
            case "Size" -> size();
            case "Labels" -> joined(labels());
            case "Mounts" -> mounts();
            case "LocalVolumes" -> Long.toString(localVolumes());
            case "Networks" ->
                    String.join(
                            ",", container.object("NetworkSettings").object("Networks").keySet());
            case "HealthStatus" -> health();
            default -> "";
        };
    }

    private String names() {
        StringBuilder s = new StringBuilder();
        for (String name : container.texts("Names")) {
            String bare = name.startsWith("/") ? name.substring(1) : name;
            // A name with a second slash is a link's
            if (whole || bare.indexOf('/') < 0) {
                s.append(s.isEmpty() ? "" : ",").append(bare);
            }
        }
        return s.toString();
    }

    private String image() {
        String image = container.text("Image");
        if (image.isEmpty()) {
            return "<no image>";
        }
        if (whole) {
            return image;
        }
        // An image without a name is shown by its id; a digest after a name is left out
        if (image.startsWith("sha256:") || image.equals(container.text("ImageID"))) {
            return Human.shortId(image);
        }
        int at = image.indexOf('@');
        return at > 0 ? image.substring(0, at) : image;
    }

    private String size() {
        String rw = Human.size(container.number("SizeRw"));
        long total = container.number("SizeRootFs");
        return total > 0 ? rw + " (virtual " + Human.size(total) + ")" : rw;
    }

    private String mounts() {
        StringBuilder s = new StringBuilder();
        for (JsonObject mount : container.objects("Mounts")) {
            String name = mount.text("Name").isEmpty() ? mount.text("Source") : mount.text("Name");
            s.append(s.isEmpty() ? "" : ",").append(whole ? name : Human.shorten(name, NAME_WIDTH));
        }
        return s.toString();
    }

    private long localVolumes() {
        long count = 0;
        for (JsonObject mount : container.objects("Mounts")) {
            count += mount.text("Driver").equals("local") ? 1 : 0;
        }
        return count;
    }

    private String health() {
        String status = container.object("Health").text("Status");
        String text = container.text("Status");
        int open = text.lastIndexOf('(');
        if (!status.isEmpty() || open < 0 || !text.endsWith(")")) {
            return status;
        }
        String inside = text.substring(open + 1, text.length() - 1);
        return inside.equals("healthy") || inside.equals("unhealthy")
                ? inside
                : inside.startsWith("health: ") ? inside.substring(8) : "";
    }
}
