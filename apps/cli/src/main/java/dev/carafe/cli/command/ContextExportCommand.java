package dev.carafe.cli.command;

import dev.carafe.cli.archive.TarHead;
import dev.carafe.cli.archive.TarOutput;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.ContextStore;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/// `context export`: a tar of `meta.json` and `tls/docker/*.pem`.
final class ContextExportCommand extends Command {
    ContextExportCommand() {
        super("export", "CONTEXT [FILE|-]", "Write a context to an archive, keys included", 1, 2);
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.CONTEXTS : Completion.FILES;
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String name = flags.argument(0);
        Context context = session.contexts().get(Context.checked(name));
        String file = flags.arguments().size() > 1 ? flags.argument(1) : name + ".dockercontext";
        if (file.equals("-")) {
            if (session.out().isTerminal()) {
                throw new Failure("cowardly refusing to export to a terminal, specify a file path");
            }
            write(context, session.out());
            return 0;
        }
        Path path = Path.of(file);
        try {
            Files.createFile(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new Failure("open " + file + ": file exists");
        }
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
            write(context, out);
        }
        session.err().line("Written file \"" + file + "\"");
        return 0;
    }

    private static void write(Context context, OutputStream out) throws IOException {
        TarOutput tar = new TarOutput(out);
        put(
                tar,
                "meta.json",
                Json.write(ContextStore.meta(context)).getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, byte[]> pem : new TreeMap<>(context.tls()).entrySet()) {
            put(tar, "tls/docker/" + pem.getKey(), pem.getValue());
        }
        tar.finish();
    }

    private static void put(TarOutput tar, String name, byte[] bytes) throws IOException {
        tar.put(TarHead.of(name, '0', 0600, bytes.length, 0, ""));
        tar.write(bytes, 0, bytes.length);
    }
}
