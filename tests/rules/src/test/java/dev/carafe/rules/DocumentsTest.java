package dev.carafe.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Pages rot; names in them are checked.
class DocumentsTest {
    private static final Path TOP = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+)#([A-Za-z0-9]+)`");
    private static final Pattern CODE = Pattern.compile("`([A-Za-z0-9_./-]+)`");

    @Test
    void everyClassNamedInTheArchitecturePageExists() throws IOException {
        Set<String> classes =
                sourceFiles().stream()
                        .map(p -> p.getFileName().toString().replace(".java", ""))
                        .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (String name : namesIn("ARCHITECTURE.md")) {
            if (name.matches("[A-Z][A-Za-z0-9]+[a-z][A-Za-z0-9]*") && !classes.contains(name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyPathNamedInAPageExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String page : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
            for (String name : namesIn(page)) {
                boolean path =
                        name.matches(
                                "(base|spec|kernel|services|engine|fronts|apps|tests|docs|build)/[A-Za-z0-9_./-]+");
                if (path && !Files.exists(TOP.resolve(name))) {
                    missing.add(page + ": " + name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyTestNamedInTheCompatibilityPageExists() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path source : sourceFiles()) {
            if (source.toString().contains("/src/test/")) {
                sources.merge(
                        source.getFileName().toString().replace(".java", ""),
                        Files.readString(source),
                        String::concat);
            }
        }
        Set<String> missing = new TreeSet<>();
        Matcher matcher = TEST.matcher(Files.readString(TOP.resolve("docs/compat/README.md")));
        int named = 0;
        while (matcher.find()) {
            named++;
            String source = sources.getOrDefault(matcher.group(1), "");
            if (!source.contains("void " + matcher.group(2) + "(")) {
                missing.add(matcher.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isPositive();
    }

    @Test
    void everyRoomHasAPackagePage() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path source : sourceFiles()) {
            Path folder = source.getParent();
            if (source.toString().contains("/src/main/java/dev/")
                    && !Files.exists(folder.resolve("package-info.java"))) {
                missing.add(TOP.relativize(folder).toString());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Set<String> namesIn(String page) throws IOException {
        Matcher matcher = CODE.matcher(Files.readString(TOP.resolve(page)));
        Set<String> names = new TreeSet<>();
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static List<Path> sourceFiles() throws IOException {
        try (Stream<Path> all = Files.walk(TOP, 12)) {
            return all.filter(p -> p.toString().endsWith(".java"))
                    .filter(p ->
                            !p.toString().contains("/target/") && !p.toString().contains("/dist/"))
                    .toList();
        }
    }
}
