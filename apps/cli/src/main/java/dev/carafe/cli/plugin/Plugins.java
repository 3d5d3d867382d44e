package dev.carafe.cli.plugin;

import dev.carafe.cli.session.ConfigFile;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// The programs `docker-NAME` in docker's folders of plugins: those that the configuration names,
/// its own, the system's. The first of a name counts.
public final class Plugins {
    private static final String PREFIX = "docker-";
    private static final String[] SYSTEM = {
        "/usr/local/lib/docker/cli-plugins",
        "/usr/local/libexec/docker/cli-plugins",
        "/usr/lib/docker/cli-plugins",
        "/usr/libexec/docker/cli-plugins"
    };

    private final List<File> folders = new ArrayList<>();

    public Plugins(ConfigFile config) {
        for (String more : config.content().texts("cliPluginsExtraDirs")) {
            folders.add(new File(more));
        }
        folders.add(new File(config.directory(), "cli-plugins"));
        Arrays.stream(SYSTEM).map(File::new).forEach(folders::add);
    }

    /// The plugin that has this command; it is not asked whether it is one.
    public Optional<Plugin> find(String name) {
        if (!isName(name)) {
            return Optional.empty();
        }
        return folders.stream()
                .map(folder -> new File(folder, PREFIX + name))
                .filter(File::isFile)
                .filter(File::canExecute)
                .findFirst()
                .map(file -> new Plugin(name, file));
    }

    /// All by name, without asking them anything.
    public List<Plugin> candidates() {
        Map<String, Plugin> byName = new LinkedHashMap<>();
        for (File folder : folders) {
            String[] files = folder.list();
            for (String file : files == null ? new String[0] : files) {
                if (file.startsWith(PREFIX)) {
                    find(file.substring(PREFIX.length()))
                            .ifPresent(plugin -> byName.putIfAbsent(plugin.name(), plugin));
                }
            }
        }
        List<Plugin> all = new ArrayList<>(byName.values());
        all.sort(Comparator.comparing(Plugin::name));
        return all;
    }

    /// Those that tell what they are, by name. They are asked side by side, a few seconds at most.
    public List<Description> described() {
        Executor eachItsOwn = task -> Thread.ofVirtual().start(task);
        List<CompletableFuture<Optional<Description>>> asked =
                candidates().stream()
                        .map(plugin ->
                                CompletableFuture.supplyAsync(plugin::description, eachItsOwn))
                        .toList();
        return asked.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
    }

    /// As docker has it: a small letter, then small letters and digits.
    private static boolean isName(String name) {
        return !name.isEmpty()
                && Character.isLetter(name.charAt(0))
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
}
