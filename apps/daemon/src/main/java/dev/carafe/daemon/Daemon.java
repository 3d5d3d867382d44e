package dev.carafe.daemon;

import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.build.BuildImage;
import dev.carafe.build.steps.ImagePuller;
import dev.carafe.daemon.log.DaemonLoggers;
import dev.carafe.daemon.options.Settings;
import dev.carafe.dockerapi.DockerApi;
import dev.carafe.dockerapi.MetricsServer;
import dev.carafe.dockerapi.config.ApiOptions;
import dev.carafe.engine.Engine;
import dev.carafe.engine.EngineOptions;
import dev.carafe.engine.config.LogConfig;
import dev.carafe.images.PullImage;
import dev.carafe.images.PullProgress;
import dev.carafe.registry.Registries;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A running daemon: locks on its directories, the engine, and the API on its sockets. Made by
/// {@link #start}; closing it leaves containers running.
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Daemon.class.getName());

    private final Undo undo;
    private final LiveSettings live;
    private final Engine engine;

    private Daemon(Undo undo, LiveSettings live, Engine engine) {
        this.undo = undo;
        this.live = live;
        this.engine = engine;
    }

    /// Returns when the API can be used.
    ///
    /// @param arguments of the command line, read again on {@link #reload}
    /// @throws dev.carafe.base.CarafeException what keeps the daemon from starting
    public static Daemon start(List<String> arguments) {
        Settings settings = Settings.of(arguments);
        Build build = Build.load();
        LiveSettings live = new LiveSettings(arguments, settings, DaemonLoggers.output());
        Listeners listeners = Listeners.of(settings);
        settings.checkProtections();
        LOG.log(Level.INFO, "Starting up " + build);
        settings.withoutEffect()
                .forEach(o -> LOG.log(Level.WARNING, "option " + o + " has no effect here"));
        Undo undo = new Undo();
        try {
            take(settings, undo);
            Engine engine = open(settings, live, undo);
            ApiOptions options =
                    new ApiOptions(
                            build.serverVersion(),
                            build.version(),
                            build.commit(),
                            build.time(),
                            live);
            serve(settings, engine, options, listeners, undo);
            settings.text("metrics-addr").ifPresent(text -> metrics(text, engine, options, undo));
            settings.text("registry-addr").ifPresent(text -> registry(text, settings, live, undo));
            listeners.ready();
            LOG.log(Level.INFO, "Daemon has completed initialization");
            return new Daemon(undo, live, engine);
        } catch (RuntimeException | Error e) {
            close(undo, e);
            throw e;
        }
    }

    private static Engine open(Settings settings, LiveSettings live, Undo undo) {
        Engine engine = Engine.open(engineOptions(settings, live));
        undo.push(engine::close);
        StorageSettings.check(
                ContainerSettings.of(settings).rootSizeBytes(), engine.snapshots().boundsRoots());
        Hello.ensure(engine.images());
        return engine;
    }

    private static void serve(
            Settings settings, Engine engine, ApiOptions options, Listeners listeners, Undo undo) {
        BuildImage builds = builds(settings, engine);
        BuildKitDoor buildKit = new BuildKitDoor(engine, builds);
        undo.push(buildKit::close);
        DockerApi api = new DockerApi(engine, builds, buildKit, options);
        listeners.addTo(api);
        undo.push(api::close);
        api.start();
    }

    private static BuildImage builds(Settings settings, Engine engine) {
        Path folder = settings.dataRoot().resolve("build");
        return new BuildImage(
                folder,
                settings.execRoot(),
                engine.images(),
                engine.snapshots(),
                new ContainerSteps(engine, new OpenSteps(folder.resolve("steps"))),
                puller(engine));
    }

    private static void metrics(String text, Engine engine, ApiOptions options, Undo undo) {
        if (!(Address.parse("tcp://" + text, false) instanceof Address.Tcp address)) {
            throw new InvalidArgument("invalid metrics-addr (" + text + "): use host:port");
        }
        MetricsServer server = new MetricsServer(engine, options);
        server.listen(address.host(), address.port());
        undo.push(server::close);
        server.start();
        LOG.log(Level.INFO, "metrics are served on http://" + address + "/metrics");
    }

    private static void registry(String text, Settings settings, LiveSettings live, Undo undo) {
        ServedRegistry registry =
                ServedRegistry.start(
                        RegistryArguments.ofDaemon(
                                        text, settings.object("registry-opts"), settings.dataRoot())
                                .options(),
                        new Registries(live::registries));
        undo.push(registry::close);
    }

    private static ImagePuller puller(Engine engine) {
        return (image, platform, credentials, output) ->
                engine.pullImage()
                        .pull(
                                new PullImage.Request(
                                        image, platform, credentials, new AtomicBoolean()),
                                PullProgress.NONE)
                        .id();
    }

    private static EngineOptions engineOptions(Settings settings, LiveSettings live) {
        EngineOptions options =
                EngineOptions.at(settings.dataRoot(), settings.execRoot())
                        .withNetwork(NetworkSettings.of(settings))
                        .withContainers(ContainerSettings.of(settings))
                        .withLog(
                                new LogConfig(
                                        settings.text("log-driver").orElse(""),
                                        settings.object("log-opts")))
                        .withRegistries(live::registries)
                        .withRuntimes(live::runtimes)
                        .withCdiFolders(ContainerSettings.cdiFolders(settings));
        return settings.text("cgroup-parent").map(options::withCgroupParent).orElse(options);
    }

    private static void close(Undo undo, Throwable why) {
        try {
            undo.close();
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    /// The directories, for this daemon alone, and its pid file.
    private static void take(Settings settings, Undo undo) {
        makePrivate(settings.dataRoot(), "rwx--x---");
        makePrivate(settings.execRoot(), "rwx--x--x");
        RootLock data = RootLock.take(settings.dataRoot(), "data-root");
        undo.push(data::close);
        RootLock exec = RootLock.take(settings.execRoot(), "exec-root");
        undo.push(exec::close);
        PidFile pid = PidFile.write(settings.pidFile());
        undo.push(pid::close);
    }

    private static void makePrivate(Path folder, String mode) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
            }
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "can't make the directory " + folder + ": " + e, e);
        }
    }

    /// Reads again what can change while it runs.
    public void reload() {
        if (live.reload()) {
            engine.daemonEvents().reloaded(live.attributes());
        }
    }

    @Override
    public void close() {
        undo.close();
    }
}
