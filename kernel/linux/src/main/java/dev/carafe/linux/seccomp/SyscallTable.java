package dev.carafe.linux.seccomp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/// System call numbers by name and architecture, from the resource `syscalls.tsv`.
final class SyscallTable {
    private static final SeccompArchitecture[] COLUMNS = {
        SeccompArchitecture.X86_64,
        SeccompArchitecture.X86,
        SeccompArchitecture.X32,
        SeccompArchitecture.AARCH64,
        SeccompArchitecture.ARM
    };

    private final Map<SeccompArchitecture, Map<String, Integer>> numbers =
            new EnumMap<>(SeccompArchitecture.class);

    private SyscallTable(String text) {
        for (SeccompArchitecture architecture : COLUMNS) {
            numbers.put(architecture, new HashMap<>());
        }
        text.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
    }

    static SyscallTable load() {
        try (InputStream in = SyscallTable.class.getResourceAsStream("syscalls.tsv")) {
            if (in == null) {
                throw new IllegalStateException("syscalls.tsv is missing");
            }
            return new SyscallTable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The number (x32's without its bit), empty when the architecture has no such call.
    OptionalInt number(SeccompArchitecture architecture, String name) {
        Integer number = all(architecture).get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    Map<String, Integer> all(SeccompArchitecture architecture) {
        return numbers.getOrDefault(architecture, Map.of());
    }

    private void add(String line) {
        String[] fields = line.split("\t");
        for (int i = 0; i < COLUMNS.length; i++) {
            if (!fields[i + 1].equals("-")) {
                all(COLUMNS[i]).put(fields[0], Integer.parseInt(fields[i + 1]));
            }
        }
    }
}
