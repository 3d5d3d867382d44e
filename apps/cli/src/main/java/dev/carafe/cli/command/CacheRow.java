package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.text.Human;
import dev.carafe.cli.text.Instants;

/// A record of the build cache in `system df -v`.
final class CacheRow extends Row {
    private final JsonObject cached;
    private final boolean whole;
    private final long nowSeconds;

    CacheRow(JsonObject cached, boolean whole, long nowSeconds) {
        super(
                "*formatter.buildCacheContext",
                "ID",
                "Parent",
                "CacheType",
                "Description",
                "Size",
                "CreatedAt",
                "CreatedSince",
                "LastUsedAt",
                "LastUsedSince",
                "UsageCount",
                "InUse",
                "Shared");
        this.cached = cached;
        this.whole = whole;
        this.nowSeconds = nowSeconds;
    }

    /// When it was used last, RFC 3339; empty = never.
    String lastUsed() {
        return cached.text("LastUsedAt");
    }

    @Override
    String text(String field) {
        return switch (field) {
            case "ID" -> id(cached.text("ID")) + (cached.bool("InUse") ? "*" : "");
            case "Parent" -> id(String.join(", ", cached.texts("Parents")));
            case "CacheType" -> cached.text("Type");
            case "Size" -> Human.size(cached.number("Size"));
            case "CreatedSince" -> since(cached.text("CreatedAt"));
            case "LastUsedSince" -> since(lastUsed());
            case "InUse", "Shared" -> Boolean.toString(cached.bool(field));
            default -> cached.text(field);
        };
    }

    private String id(String id) {
        return whole ? id : Human.shortId(id);
    }

    private String since(String time) {
        return time.isEmpty() ? "" : Human.ago(Instants.epochSeconds(time), nowSeconds);
    }
}
