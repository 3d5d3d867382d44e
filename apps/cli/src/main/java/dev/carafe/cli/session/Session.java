package dev.carafe.cli.session;

import dev.carafe.cli.terminal.Output;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command works with: the user's streams, the options before the command, the daemon.
public final class Session {
    private final Globals globals;
    private final ConfigFile config;
    private final InputStream in;
    private final boolean inIsTerminal;
    private final Output out;
    private final Output err;
    private @Nullable Api api;

    public Session(Globals globals, InputStream in, boolean inIsTerminal, Output out, Output err) {
        this.globals = globals;
        this.config = new ConfigFile(globals, err);
        this.in = in;
        this.inIsTerminal = inIsTerminal;
        this.out = out;
        this.err = err;
    }

    public Globals globals() {
        return globals;
    }

    public ConfigFile config() {
        return config;
    }

    public InputStream in() {
        return in;
    }

    public boolean inIsTerminal() {
        return inIsTerminal;
    }

    public Output out() {
        return out;
    }

    public Output err() {
        return err;
    }

    /// The daemon. Nothing is sent before the first request.
    public Api api() {
        Api known = api;
        if (known == null) {
            known = new Api(new Endpoints(globals, config).choose(), globals, config, err);
            api = known;
        }
        return known;
    }

    /// The named daemons that the user keeps.
    public ContextStore contexts() {
        return new ContextStore(config);
    }

    /// The name of the context in use.
    public String contextName() {
        return new Endpoints(globals, config).contextName();
    }

    /// The variables that lead a program which knows docker's only to the same daemon; null takes
    /// one away.
    public Map<String, @Nullable String> dockersEnvironment() {
        return new Endpoints(globals, config).asDockers();
    }

    /// Whether colours may be used on standard output.
    public boolean colours() {
        String no = System.getenv("NO_COLOR");
        return out.isTerminal() && (no == null || no.isEmpty());
    }
}
