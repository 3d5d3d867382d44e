package dev.carafe.buildkit.export;

import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.SessionClient;
import dev.carafe.images.Image;
import dev.carafe.images.ImageForm;
import dev.carafe.images.ImageStore;
import dev.carafe.images.IndexForm;
import dev.carafe.images.PushImage;
import dev.carafe.images.PushProgress.Pushed;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import dev.carafe.registry.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// `--output type=image`: names in the image store.
final class ImageOutput {
    private final BiConsumer<Image, List<ImageReference>> naming;
    private final ImageStore images;
    private final PushImage pushes;
    private final SessionClient client;
    private final Progress progress;

    ImageOutput(
            ImageStore images,
            PushImage pushes,
            SessionClient client,
            Progress progress,
            BiConsumer<Image, List<ImageReference>> naming) {
        this.naming = naming;
        this.images = images;
        this.pushes = pushes;
        this.client = client;
        this.progress = progress;
    }

    /// @param all one image for each platform; the store gets the one for this machine, or the
    ///   first, registries get all
    Map<String, String> run(List<Image> all, Map<String, String> attrs, OutputForm form) {
        ImageOptions options = ImageOptions.of(attrs);
        Map<Image, ImageForm> forms = form.of(all, options.names());
        Image here =
                all.stream()
                        .filter(image -> image.platform().fits(Platform.host()))
                        .findFirst()
                        .orElse(all.getFirst());
        if (!options.pushed()) {
            warn(all, here, form);
        }
        List<ImageReference> stored = options.byDigest() ? List.of() : options.names();
        Map<String, String> response =
                options.stored() ? store(here, stored) : response(here, options.names());
        if (options.pushed()) {
            options.names().forEach(name -> push(forms, form.index(), name, response));
        }
        return response;
    }

    private void warn(List<Image> all, Image here, OutputForm form) {
        if (all.size() > 1) {
            progress.warns(
                    "The image store keeps one platform under a name: "
                            + here.platform()
                            + "; push, or write type=oci, to have all");
        }
        if (form.isAttested()) {
            progress.warns(
                    "The image store keeps no attestations: push, or write type=oci, to have them");
        }
    }

    private void push(
            Map<Image, ImageForm> all,
            IndexForm index,
            ImageReference name,
            Map<String, String> response) {
        progress.step(
                "pushing " + name.familiar(),
                part -> {
                    PushStatus status = new PushStatus(part);
                    Credentials login = client.login(name.domain());
                    Map.Entry<Image, ImageForm> first = all.entrySet().iterator().next();
                    Pushed pushed =
                            all.size() > 1 || first.getValue().needsIndex()
                                    ? pushes.pushAsOne(
                                            all,
                                            index.annotations(),
                                            name,
                                            login,
                                            progress.canceled(),
                                            status)
                                    : pushes.push(
                                            first.getKey(),
                                            first.getValue(),
                                            name,
                                            login,
                                            progress.canceled(),
                                            status);
                    response.putAll(told(pushed.top()));
                    return "";
                });
    }

    private Map<String, String> store(Image image, List<ImageReference> names) {
        return progress.step(
                "exporting to image",
                part -> {
                    part.done("exporting layers", 0);
                    part.done("writing image " + image.id(), 0);
                    for (ImageReference name : names) {
                        images.tag(image, name);
                        part.done("naming to " + name.fullName() + tag(name), 0);
                    }
                    naming.accept(image, names);
                    return response(image, names);
                });
    }

    private static String tag(ImageReference name) {
        return name.tag() == null ? "" : ":" + name.tag();
    }

    static Map<String, String> response(Image image, List<ImageReference> names) {
        Map<String, String> response = response(image, image.manifest(), names);
        response.put("containerimage.digest", image.id().toString());
        return response;
    }

    /// @param top what leads to the image where it was put
    static Map<String, String> response(Image image, Descriptor top, List<ImageReference> names) {
        Map<String, String> response = told(top);
        response.put("containerimage.config.digest", image.id().toString());
        if (!names.isEmpty()) {
            response.put(
                    "image.name",
                    String.join(",", names.stream().map(n -> n.fullName() + tag(n)).toList()));
        }
        return response;
    }

    private static Map<String, String> told(Descriptor top) {
        Map<String, String> response = new HashMap<>();
        response.put("containerimage.digest", top.digest().toString());
        String descriptor =
                "{\"mediaType\":\""
                        + top.mediaType()
                        + "\",\"digest\":\""
                        + top.digest()
                        + "\",\"size\":"
                        + top.size()
                        + "}";
        response.put(
                "containerimage.descriptor",
                Base64.getEncoder().encodeToString(descriptor.getBytes(StandardCharsets.UTF_8)));
        return response;
    }
}
