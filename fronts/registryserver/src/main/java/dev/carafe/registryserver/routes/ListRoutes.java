package dev.carafe.registryserver.routes;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Index;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.registryserver.http.ApiError;
import dev.carafe.registryserver.http.Call;
import dev.carafe.registryserver.store.RepositoryName;
import dev.carafe.registryserver.store.Shelves;
import dev.carafe.registryserver.store.StoredManifest;
import dev.carafe.registryserver.wire.Catalog;
import dev.carafe.registryserver.wire.TagList;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.util.List;

/// Lists: tags, referrers, repositories.
final class ListRoutes {
    private static final int MOST = 1000;
    private static final Jsonb JSONB = Jsonb.builder().build();

    private final Shelves shelves;

    ListRoutes(Shelves shelves) {
        this.shelves = shelves;
    }

    void tags(Call call, RepositoryName name) throws IOException {
        if (!shelves.hasRepository(name)) {
            throw ApiError.nameUnknown(name.text());
        }
        Page page = Page.of(shelves.tags(name), call, MOST);
        page.link(call);
        call.json(
                200,
                JSONB.type(TagList.class).toJsonBytes(new TagList(name.text(), page.entries())));
    }

    void catalog(Call call) throws IOException {
        Page page = Page.of(shelves.repositories(), call, MOST);
        page.link(call);
        call.json(200, JSONB.type(Catalog.class).toJsonBytes(new Catalog(page.entries())));
    }

    /// An unknown digest has no referrers, which is no error.
    void referrers(Call call, RepositoryName name, Digest subject) throws IOException {
        String wanted = call.query("artifactType").orElse("");
        List<Descriptor> found =
                shelves.referrers(name, subject).stream()
                        .map(ListRoutes::described)
                        .filter(d -> wanted.isEmpty() || wanted.equals(d.artifactType()))
                        .toList();
        if (!wanted.isEmpty()) {
            call.with("OCI-Filters-Applied", "artifactType");
        }
        call.with("Content-Type", MediaTypes.OCI_INDEX)
                .send(200, OciJson.write(Index.class, Index.of(found)));
    }

    private static Descriptor described(StoredManifest manifest) {
        Summary summary = Summary.of(manifest.mediaType(), manifest.bytes());
        return new Descriptor(
                manifest.mediaType(),
                manifest.digest(),
                manifest.bytes().length,
                null,
                summary.annotations(),
                null,
                summary.artifactType());
    }
}
