package dev.carafe.registryserver.routes;

import dev.carafe.registryserver.access.Htpasswd;
import dev.carafe.registryserver.http.ApiError;
import dev.carafe.registryserver.http.Call;
import dev.carafe.registryserver.store.RepositoryName;
import dev.carafe.registryserver.store.Shelves;
import dev.carafe.registryserver.upstream.Upstream;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who answers what (distribution-spec, "Endpoints").
public final class Routes implements Call.Work {
    private static final Pattern PATH =
            Pattern.compile("/v2/(.+)/(blobs|manifests|tags|referrers)/(.*)");
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]*)");

    private final BlobRoutes blobs;
    private final UploadRoutes uploads;
    private final ManifestRoutes manifests;
    private final ListRoutes lists;
    private final @Nullable Htpasswd users;
    private final boolean readOnly;

    /// @param users null: everybody may do everything
    /// @param upstream null: no pull-through cache
    public Routes(
            Shelves shelves,
            @Nullable Upstream upstream,
            @Nullable Htpasswd users,
            boolean readOnly) {
        this.blobs = new BlobRoutes(shelves, upstream);
        this.uploads = new UploadRoutes(shelves);
        this.manifests = new ManifestRoutes(shelves, upstream);
        this.lists = new ListRoutes(shelves);
        this.users = users;
        this.readOnly = readOnly || upstream != null;
    }

    @Override
    public void answer(Call call) throws IOException {
        call.with("Docker-Distribution-API-Version", "registry/2.0");
        if (users != null && !users.allows(call.header("Authorization"))) {
            call.with("WWW-Authenticate", "Basic realm=\"carafe registry\"");
            throw new ApiError(401, "UNAUTHORIZED", "authentication required");
        }
        String method = call.method();
        boolean reading = method.equals("GET") || method.equals("HEAD");
        if (readOnly && !reading) {
            throw ApiError.unsupported("this registry is read-only");
        }
        String path = call.path();
        if (path.equals("/v2/") || path.equals("/v2")) {
            only(reading, call);
            call.json(200, new byte[] {'{', '}'});
        } else if (path.equals("/v2/_catalog")) {
            only(reading, call);
            lists.catalog(call);
        } else {
            thing(call, path);
        }
    }

    private void thing(Call call, String path) throws IOException {
        Matcher upload = UPLOAD.matcher(path);
        if (upload.matches()) {
            upload(call, new RepositoryName(upload.group(1)), upload.group(2));
            return;
        }
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new ApiError(404, "UNSUPPORTED", "no such path");
        }
        RepositoryName name = new RepositoryName(parts.group(1));
        String last = parts.group(3);
        boolean reading = call.method().equals("GET") || call.method().equals("HEAD");
        switch (parts.group(2)) {
            case "blobs" -> blob(call, name, last);
            case "manifests" -> manifest(call, name, last);
            case "referrers" -> {
                only(reading, call);
                lists.referrers(call, name, UploadRoutes.digest(last));
            }
            default -> {
                only(reading && last.equals("list"), call);
                lists.tags(call, name);
            }
        }
    }

    private void upload(Call call, RepositoryName name, String id) throws IOException {
        if (id.isEmpty()) {
            only(call.method().equals("POST"), call);
            uploads.begin(call, name);
            return;
        }
        switch (call.method()) {
            case "GET", "HEAD" -> uploads.status(call, name, id);
            case "PATCH" -> uploads.piece(call, name, id);
            case "PUT" -> uploads.finish(call, name, id);
            case "DELETE" -> uploads.abandon(call, name, id);
            default -> only(false, call);
        }
    }

    private void blob(Call call, RepositoryName name, String digest) throws IOException {
        switch (call.method()) {
            case "GET", "HEAD" -> blobs.get(call, name, UploadRoutes.digest(digest));
            case "DELETE" -> blobs.delete(call, name, UploadRoutes.digest(digest));
            default -> only(false, call);
        }
    }

    private void manifest(Call call, RepositoryName name, String reference) throws IOException {
        switch (call.method()) {
            case "GET", "HEAD" -> manifests.get(call, name, reference);
            case "PUT" -> manifests.put(call, name, reference);
            case "DELETE" -> manifests.delete(call, name, reference);
            default -> only(false, call);
        }
    }

    private static void only(boolean allowed, Call call) {
        if (!allowed) {
            throw ApiError.unsupported("the operation is unsupported: " + call.method());
        }
    }
}
