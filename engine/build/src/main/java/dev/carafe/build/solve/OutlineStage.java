package dev.carafe.build.solve;

import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.KeyValue;
import dev.carafe.build.dockerfile.RunMount;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Variables;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of a stage that is read, not built: what its base image sets is not known. Not
/// thread-safe.
final class OutlineStage {
    private final Lexer lexer;
    private final BuildArguments arguments;
    private final Map<String, String> env;

    OutlineStage(Lexer lexer, BuildArguments arguments, Map<String, String> env) {
        this.lexer = lexer;
        this.arguments = arguments;
        this.env = new HashMap<>(env);
    }

    BuildArguments arguments() {
        return arguments;
    }

    Map<String, String> env() {
        return env;
    }

    void declare(Instruction.Arg.Definition one) {
        String value = one.value();
        if (value != null && !arguments.isGiven(one.name())) {
            value = expand(value);
        }
        arguments.declare(one.name(), value);
    }

    @Nullable String value(String name) {
        return arguments.stageValue(name);
    }

    void env(Instruction.Env instruction) {
        Map<String, String> set = new HashMap<>();
        for (KeyValue pair : instruction.pairs()) {
            set.put(expand(pair.key()), expand(pair.value()));
        }
        env.putAll(set);
    }

    void mounts(
            Instruction.Run run,
            Map<String, Outline.Need> secrets,
            Map<String, Outline.Need> agents) {
        for (String text : run.mounts()) {
            RunMount mount = RunMount.parse(text, this::expand);
            String id = RunMounts.id(mount);
            Outline.Need need = new Outline.Need(id, mount.required(), run.source());
            switch (mount.type()) {
                case SECRET -> secrets.putIfAbsent(id, need);
                case SSH -> agents.putIfAbsent(id, need);
                case BIND, CACHE, TMPFS -> {}
            }
        }
    }

    private String expand(String text) {
        Variables variables = name -> env.containsKey(name) ? env.get(name) : value(name);
        return lexer.expand(text, variables);
    }
}
