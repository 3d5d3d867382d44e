package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;

/// Names of what the engine and the user have, for completion: each a word, a tab, a description.
final class ObjectOffers {
    private static final String ENDED =
            "/containers/json?all=1&filters=%7B%22status%22%3A%7B%22exited%22%3Atrue%2C%22created%22%3Atrue%7D%7D";

    private final Session session;

    ObjectOffers(Session session) {
        this.session = session;
    }

    /// @throws dev.carafe.cli.session.Failure when no daemon answers
    List<String> of(Completion kind) {
        return switch (kind) {
            case NOTHING -> List.of();
            case FILES -> List.of(CompleteCommand.FILES);
            case SHELLS -> List.of("bash", "zsh", "fish");
            case CONTAINERS -> containers("/containers/json?all=1");
            case RUNNING -> containers("/containers/json");
            case STOPPED -> containers(ENDED);
            case CONTAINER_FILES -> containerFiles();
            case CONTEXTS -> contexts();
            case IMAGES -> images();
            case NETWORKS -> named(session.api().getList("/networks"));
            case VOLUMES -> named(session.api().getObject("/volumes").objects("Volumes"));
            case OBJECTS -> {
                List<String> all = containers("/containers/json?all=1");
                all.addAll(images());
                all.addAll(of(Completion.NETWORKS));
                all.addAll(of(Completion.VOLUMES));
                yield all;
            }
        };
    }

    private List<String> contexts() {
        List<String> all = new ArrayList<>(List.of(Context.DEFAULT));
        session.contexts().all().forEach(c -> all.add(c.name() + "\t" + c.description()));
        return all;
    }

    private List<String> containerFiles() {
        List<String> all = new ArrayList<>(List.of(CompleteCommand.FILES));
        for (String container : containers("/containers/json?all=1")) {
            all.add(container.replaceFirst("\t", ":\t"));
        }
        return all;
    }

    private List<String> containers(String target) {
        List<String> all = new ArrayList<>();
        for (JsonObject container : session.api().getList(target)) {
            for (String name : container.texts("Names")) {
                String bare = name.startsWith("/") ? name.substring(1) : name;
                // A name with a second slash is a link's
                if (bare.indexOf('/') < 0) {
                    all.add(bare + "\t" + container.text("Image"));
                }
            }
        }
        return all;
    }

    private List<String> images() {
        List<String> all = new ArrayList<>();
        for (JsonObject image : session.api().getList("/images/json")) {
            for (String tag : image.texts("RepoTags")) {
                all.add(tag + "\t");
                if (tag.endsWith(":latest")) {
                    all.add(tag.substring(0, tag.length() - 7) + "\t");
                }
            }
        }
        return all;
    }

    private static List<String> named(List<JsonObject> objects) {
        List<String> all = new ArrayList<>();
        for (JsonObject object : objects) {
            all.add(object.text("Name") + "\t" + object.text("Driver"));
        }
        return all;
    }
}
