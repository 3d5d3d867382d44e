package dev.carafe.engine;

import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventBus;
import dev.carafe.images.Image;
import dev.carafe.images.Removal;
import dev.carafe.oci.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells what happened to images, with Docker's attributes: the image's labels and a name.
public final class ImageEvents {
    private final EventBus events;

    ImageEvents(EventBus events) {
        this.events = events;
    }

    /// @param name `busybox:latest`
    public void tagged(Image image, String name) {
        publish("tag", image, name);
    }

    /// @param action `load`, `import`, `save`: Docker names the image by its id there
    public void about(String action, Image image) {
        publish(action, image, image.id().toString());
    }

    /// What a removal of this image did: a line for each name, one for the image itself, none for
    /// its layers.
    public void removed(Image image, List<Removal> done) {
        String id = image.id().toString();
        for (Removal one : done) {
            switch (one) {
                case Removal.Untagged name -> publish("untag", image, id);
                case Removal.Deleted part when part.id().equals(id) -> deleted(id);
                case Removal.Deleted layer -> {}
            }
        }
    }

    /// What a prune did to images that were there before it: their names go first, then they do.
    public void pruned(List<Image> before, List<Removal> done) {
        Map<String, Image> byId = new HashMap<>();
        before.forEach(i -> byId.put(i.id().toString(), i));
        List<Removal> part = new ArrayList<>();
        for (Removal one : done) {
            part.add(one);
            if (one instanceof Removal.Deleted deleted && byId.containsKey(deleted.id())) {
                removed(byId.get(deleted.id()), part);
                part.clear();
            }
        }
    }

    /// A build made an image, or found it made, and gave it these names.
    public void built(Image image, List<ImageReference> names) {
        names.forEach(name -> tagged(image, name.familiar()));
        about("create", image);
    }

    /// Nothing is left then whose labels could be told.
    private void deleted(String id) {
        events.publish(new Event("image", "delete", id, Map.of("name", id), Instant.now()));
    }

    private void publish(String action, Image image, String name) {
        Map<String, String> attributes =
                new LinkedHashMap<>(image.config().config().labelsOrEmpty());
        attributes.put("name", name);
        events.publish(
                new Event("image", action, image.id().toString(), attributes, Instant.now()));
    }
}
