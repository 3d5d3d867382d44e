package dev.carafe.runtime;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.linux.seccomp.SeccompAction;
import dev.carafe.linux.seccomp.SeccompArchitecture;
import dev.carafe.linux.seccomp.SeccompFilter;
import dev.carafe.linux.seccomp.SeccompProfile;
import dev.carafe.oci.runtime.Seccomp;
import dev.carafe.runtime.steps.ContainerShape.Filter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Compiled seccomp filters, kept in memory and, for the execs of a later daemon, as files named by
/// their content. Thread-safe.
final class SeccompFilters {
    private static final int EPERM = 1;
    private static final int SPEC_ALLOW = 4;
    private static final int MOST_KEPT = 64;

    private final Path folder;
    private final Map<Seccomp, Stored> compiled = new ConcurrentHashMap<>();
    private final Map<String, Filter> loaded = new ConcurrentHashMap<>();

    SeccompFilters(Path folder) {
        this.folder = folder;
    }

    /// A filter and the name under which {@link #load} finds it.
    record Stored(String name, Filter filter) {}

    /// @throws InvalidArgument when the profile can't be compiled
    @Nullable Stored of(@Nullable Seccomp seccomp) {
        if (seccomp == null) {
            return null;
        }
        Stored known = compiled.get(seccomp);
        if (known != null) {
            return known;
        }
        Filter filter = compile(seccomp);
        Stored stored = new Stored(store(filter), filter);
        if (compiled.size() >= MOST_KEPT) {
            compiled.clear();
        }
        compiled.put(seccomp, stored);
        return stored;
    }

    @Nullable Filter load(String name) {
        if (name.isEmpty()) {
            return null;
        }
        return loaded.computeIfAbsent(name, this::read);
    }

    private Filter read(String name) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)));
            long flags = bytes.getLong();
            byte[] program = new byte[bytes.remaining()];
            bytes.get(program);
            return new Filter(program, flags);
        } catch (IOException e) {
            throw new UncheckedIOException("the container's seccomp filter is lost", e);
        }
    }

    private String store(Filter filter) {
        byte[] bytes =
                ByteBuffer.allocate(8 + filter.program().length)
                        .putLong(filter.flags())
                        .put(filter.program())
                        .array();
        try {
            String name =
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                Path temp = Files.createTempFile(folder, "filter", ".tmp");
                Files.write(temp, bytes);
                Files.move(
                        temp,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            loaded.put(name, filter);
            return name;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Filter compile(Seccomp seccomp) {
        try {
            Set<SeccompArchitecture> architectures = EnumSet.of(SeccompArchitecture.current());
            seccomp.architectures()
                    .forEach(name ->
                            SeccompArchitecture.ofName(name)
                                    .filter(SeccompFilters::runsHere)
                                    .ifPresent(architectures::add));
            List<SeccompProfile.Rule> rules =
                    seccomp.syscalls().stream().map(SeccompFilters::rule).toList();
            byte[] program =
                    SeccompFilter.compile(
                            new SeccompProfile(
                                    action(seccomp.defaultAction(), seccomp.defaultErrnoRet()),
                                    architectures,
                                    rules));
            // the filter of a container is no reason to run all its code with speculation switched
            // off
            long flags =
                    seccomp.flags().isEmpty() ? SPEC_ALLOW : SeccompFilter.flags(seccomp.flags());
            return new Filter(program, flags);
        } catch (IllegalArgumentException e) {
            throw new InvalidArgument(Subject.NONE, "seccomp profile: " + e.getMessage(), e);
        }
    }

    private static boolean runsHere(SeccompArchitecture other) {
        boolean arm = other == SeccompArchitecture.AARCH64 || other == SeccompArchitecture.ARM;
        return arm == (SeccompArchitecture.current() == SeccompArchitecture.AARCH64);
    }

    private static SeccompProfile.Rule rule(Seccomp.Rule rule) {
        List<SeccompProfile.ArgumentFilter> arguments =
                rule.args().stream()
                        .map(a ->
                                new SeccompProfile.ArgumentFilter(
                                        a.index(),
                                        a.value(),
                                        a.valueTwo(),
                                        SeccompProfile.Comparison.ofName(a.op())))
                        .toList();
        return new SeccompProfile.Rule(
                rule.names(), action(rule.action(), rule.errnoRet()), arguments);
    }

    private static SeccompAction action(String name, @Nullable Integer errno) {
        return SeccompAction.ofName(name, errno == null ? EPERM : errno);
    }
}
