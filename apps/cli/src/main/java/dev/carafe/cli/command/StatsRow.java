package dev.carafe.cli.command;

import dev.carafe.cli.text.Human;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One line of `stats`.
final class StatsRow extends Row {
    private final String container;
    private final @Nullable StatsFigures figures;
    private final boolean whole;

    /// @param container as the user named it
    /// @param figures null before the first answer
    StatsRow(String container, @Nullable StatsFigures figures, boolean whole) {
        super(
                "*container.statsContext",
                "BlockIO",
                "CPUPerc",
                "Container",
                "ID",
                "MemPerc",
                "MemUsage",
                "Name",
                "NetIO",
                "PIDs");
        this.container = container;
        this.figures = figures;
        this.whole = whole;
    }

    @Override
    String text(String field) {
        StatsFigures f = figures;
        if (field.equals("Container")) {
            return container;
        }
        if (f == null) {
            return field.equals("MemUsage") ? "-- / --" : field.equals("ID") ? "" : "--";
        }
        return switch (field) {
            case "ID" -> whole ? f.id() : Human.shortId(f.id());
            case "Name" -> f.name().isEmpty() ? "--" : f.name();
            case "CPUPerc" -> percent(f.cpuPercent());
            case "MemPerc" -> percent(f.memoryPercent());
            case "MemUsage" ->
                    Human.binarySize((long) f.memory())
                            + " / "
                            + Human.binarySize((long) f.memoryLimit());
            case "NetIO" -> Human.size((long) f.received()) + " / " + Human.size((long) f.sent());
            case "BlockIO" -> Human.size((long) f.read()) + " / " + Human.size((long) f.written());
            case "PIDs" -> Long.toString(f.pids());
            default -> "";
        };
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }
}
