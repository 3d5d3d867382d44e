package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.CreateWire;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockerapi.wire.HostConfigRead;
import dev.carafe.dockerapi.wire.InspectWire;
import dev.carafe.dockerapi.wire.OldClients;
import dev.carafe.dockerapi.wire.OwnMac;
import dev.carafe.dockermodel.ContainerCreateRequest;
import dev.carafe.dockermodel.ContainerCreateResponse;
import dev.carafe.dockermodel.ContainerUpdateResponse;
import dev.carafe.dockermodel.HostConfig;
import dev.carafe.dockermodel.TopResponse;
import dev.carafe.engine.CreateContainer;
import dev.carafe.engine.Engine;
import dev.carafe.engine.ListContainers;
import dev.carafe.engine.TopContainer;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.view.ContainerSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Making, listing, showing, naming and removing containers. Their life is in {@link LifeRoutes},
/// their streams in {@link StreamRoutes}.
final class ContainerRoutes {
    private final Engine engine;
    private final Summaries summaries;
    private final Replies replies;
    private final Filters filters;

    ContainerRoutes(Engine engine, Summaries summaries, Replies replies) {
        this.engine = engine;
        this.summaries = summaries;
        this.replies = replies;
        this.filters = new Filters(replies.json());
    }

    void addTo(Router router) {
        router.get("/containers/json", this::list);
        router.post("/containers/create", this::create);
        router.post("/containers/prune", new PruneContainers(engine, replies)::handle);
        router.getAtOnce("/containers/{id*}/json", this::inspect);
        router.get("/containers/{id*}/top", this::top);
        router.get("/containers/{id*}/export", this::export);
        router.post("/containers/{id*}/rename", this::rename);
        router.post("/containers/{id*}/update", this::update);
        router.delete("/containers/{id*}", this::remove);
    }

    private void list(Exchange x) throws IOException {
        Integer limit = x.query().integer("limit");
        ListContainers.Query query =
                new ListContainers.Query(
                        x.query().flag("all"),
                        limit == null ? 0 : limit,
                        x.query().flag("size"),
                        filters.parse(x.query().text("filters")));
        List<ContainerSummary> found = engine.listContainers().list(query);
        replies.ok(x, summaries.containers(found, x.version()));
    }

    private void create(Exchange x) throws IOException {
        ContainerCreateRequest r = replies.body(x, ContainerCreateRequest.class);
        OldClients.forget(r, x.version());
        List<String> warnings = new ArrayList<>(OwnMac.settle(r, x.version()));
        NetworkingConfig networking = CreateWire.networking(r.networkingConfig);
        if (x.version().before(44) && networking.endpoints().size() > 1) {
            throw new InvalidArgument(
                    "Container cannot be created with multiple network endpoints: "
                            + String.join(", ", new TreeSet<>(networking.endpoints().keySet())));
        }
        CreateContainer.Created created =
                engine.createContainer()
                        .create(
                                new CreateContainer.Request(
                                        x.query().text("name").isEmpty()
                                                ? null
                                                : x.query().text("name"),
                                        CreateWire.config(r),
                                        host(r, x.version()),
                                        networking,
                                        platform(x)));
        warnings.addAll(created.warnings());
        replies.send(x, 201, new ContainerCreateResponse(created.id(), warnings));
    }

    private static @Nullable String platform(Exchange x) {
        String platform = x.query().text("platform");
        return platform.isEmpty() || x.version().before(41) ? null : platform;
    }

    /// Old versions shape only what was sent.
    private dev.carafe.engine.config.HostConfig host(ContainerCreateRequest r, ApiVersion version) {
        var host = HostConfigRead.read(r.hostConfig);
        OldClients.check(host, version);
        return r.hostConfig == null
                ? host
                : OldClients.created(host, version, engine.engineInfo().facts().cgroupVersion());
    }

    private void inspect(Exchange x) throws IOException {
        String ref = x.parameter("id");
        var container = engine.inspectContainer().inspect(ref);
        var sizes = x.query().flag("size") ? engine.inspectContainer().sizes(ref) : null;
        replies.ok(x, InspectWire.container(container, sizes, x.version()));
    }

    private void top(Exchange x) throws IOException {
        String arguments = x.query().text("ps_args");
        TopContainer.Processes processes =
                engine.topContainer()
                        .top(x.parameter("id"), arguments.isEmpty() ? "-ef" : arguments);
        replies.ok(x, new TopResponse(processes.rows(), processes.titles()));
    }

    private void export(Exchange x) throws IOException {
        try (LazyOutput out = new LazyOutput(() -> x.stream(200, "application/x-tar"))) {
            engine.exportContainer().export(x.parameter("id"), out);
            out.whole();
        }
    }

    private void rename(Exchange x) throws IOException {
        String name = x.query().text("name");
        if (name.isEmpty()) {
            throw new InvalidArgument("Neither old nor new names may be empty");
        }
        engine.renameContainer().rename(x.parameter("id"), name);
        Replies.noContent(x);
    }

    private void update(Exchange x) throws IOException {
        HostConfig body = replies.body(x, HostConfig.class, new HostConfig());
        OldClients.forget(body, x.version());
        dev.carafe.engine.config.HostConfig asked = HostConfigRead.read(body);
        boolean policy =
                body.restartPolicy != null
                        && body.restartPolicy.name() != null
                        && !body.restartPolicy.name().isEmpty();
        List<String> warnings =
                engine.updateContainer()
                        .update(
                                x.parameter("id"),
                                asked.resources(),
                                policy ? asked.restartPolicy() : null);
        if (body.publishAdd != null || body.publishRm != null) {
            engine.updateContainer()
                    .publish(
                            x.parameter("id"),
                            HostConfigRead.ports(body.publishAdd),
                            HostConfigRead.ports(body.publishRm));
        }
        replies.ok(x, new ContainerUpdateResponse(warnings));
    }

    private void remove(Exchange x) throws IOException {
        if (x.query().flag("link")) {
            engine.removeContainer().unlink(x.parameter("id"));
            Replies.noContent(x);
            return;
        }
        engine.removeContainer()
                .remove(x.parameter("id"), x.query().flag("force"), x.query().flag("v"));
        Replies.noContent(x);
    }
}
