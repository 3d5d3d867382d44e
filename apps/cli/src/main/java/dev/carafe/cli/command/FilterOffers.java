package dev.carafe.cli.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// Keys of `--filter` and their values, for completion.
final class FilterOffers {
    private final ObjectOffers objects;
    private final String path;

    /// @param path the command, `ps` or `network ls`
    FilterOffers(ObjectOffers objects, String path) {
        this.objects = objects;
        this.path = path;
    }

    /// @param typed what the flag's value begins with: a key, or a key with a part of its value
    List<String> of(String typed) {
        int equals = typed.indexOf('=');
        List<String> offers = new ArrayList<>();
        if (equals < 0) {
            for (String key : keys().split(" ")) {
                offers.add(key + "=");
            }
        } else {
            String key = typed.substring(0, equals);
            for (String value : new LinkedHashSet<>(values(key))) {
                offers.add(key + "=" + value);
            }
        }
        return offers;
    }

    private String keys() {
        return switch (path) {
            case "ps", "container ls" ->
                    "ancestor before exited expose health id label name network publish since status volume";
            case "images", "image ls" -> "before dangling label reference since until";
            case "network ls" -> "dangling driver id label name scope type";
            case "volume ls" -> "dangling driver label name";
            case "events", "system events" ->
                    "container daemon event image label network scope type volume";
            case "search" -> "is-official stars";
            case "image prune" -> "dangling label label! until";
            case "volume prune" -> "all label label!";
            case "builder prune" -> "id inuse parent private shared type until";
            default -> "label label! until";
        };
    }

    private Collection<String> values(String key) {
        boolean ofNetworks = path.startsWith("network");
        return switch (key) {
            case "status" ->
                    List.of(
                            "created",
                            "dead",
                            "exited",
                            "paused",
                            "removing",
                            "restarting",
                            "running");
            case "health" -> List.of("healthy", "none", "starting", "unhealthy");
            case "dangling", "is-official", "all" -> List.of("true", "false");
            case "scope" -> List.of("local");
            case "driver" ->
                    ofNetworks ? List.of("bridge", "host", "macvlan", "null") : List.of("local");
            case "type" ->
                    ofNetworks
                            ? List.of("builtin", "custom")
                            : List.of(
                                    "builder", "container", "daemon", "image", "network", "volume");
            case "event" ->
                    List.of(
                            "attach commit copy create delete destroy detach die exec_create exec_detach exec_die exec_start export health_status import kill load oom pause prune pull push reload rename resize restart save start stop tag top unpause untag update"
                                    .split(" "));
            case "ancestor", "image" -> objects.of(Completion.IMAGES);
            case "before", "since" ->
                    objects.of(
                            path.startsWith("image") ? Completion.IMAGES : Completion.CONTAINERS);
            case "container" -> objects.of(Completion.CONTAINERS);
            case "network" -> objects.of(Completion.NETWORKS);
            case "volume" -> objects.of(Completion.VOLUMES);
            case "name" ->
                    objects.of(
                            ofNetworks
                                    ? Completion.NETWORKS
                                    : path.startsWith("volume")
                                            ? Completion.VOLUMES
                                            : Completion.CONTAINERS);
            default -> List.of();
        };
    }
}
