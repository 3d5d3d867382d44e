package dev.carafe.cli.command;

import dev.carafe.cli.archive.TarHead;
import dev.carafe.cli.archive.TarInput;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonFailure;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// `context import`: what `context export` wrote, or a zip of the same.
final class ContextImportCommand extends Command {
    private static final String META = "meta.json";
    private static final String TLS = "tls/docker/";
    private static final int LARGEST = 10 << 20;

    ContextImportCommand() {
        super("import", "CONTEXT FILE|-", "Make a context from an archive", 2, 2);
    }

    @Override
    Completion completes(int position) {
        return position == 1 ? Completion.FILES : Completion.NOTHING;
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String name = Context.checked(flags.argument(0));
        if (session.contexts().find(name).isPresent()) {
            throw new Failure("context \"" + name + "\" already exists");
        }
        String file = flags.argument(1);
        try (InputStream in =
                new BufferedInputStream(
                        file.equals("-") ? session.in() : Files.newInputStream(Path.of(file)))) {
            session.contexts().save(context(name, files(in)));
        } catch (NoSuchFileException e) {
            throw new Failure("open " + file + ": no such file or directory");
        }
        session.out().line(name).flush();
        session.err().line("Successfully imported context \"" + name + "\"");
        return 0;
    }

    private static Map<String, byte[]> files(InputStream in) throws IOException {
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        boolean zip = magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3;
        try {
            return zip ? zipped(in) : tarred(in);
        } catch (IOException e) {
            throw new Failure("not an archive of a context: " + e.getMessage());
        }
    }

    private static Map<String, byte[]> tarred(InputStream in) throws IOException {
        TarInput tar = new TarInput(in);
        Map<String, byte[]> files = new TreeMap<>();
        byte[] buffer = new byte[8192];
        for (TarHead head = tar.next(); head != null; head = tar.next()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (int n = tar.read(buffer); n >= 0; n = tar.read(buffer)) {
                content.write(buffer, 0, n);
                check(content.size());
            }
            files.put(head.name(), content.toByteArray());
        }
        return files;
    }

    private static Map<String, byte[]> zipped(InputStream in) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        Map<String, byte[]> files = new TreeMap<>();
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            byte[] content = zip.readNBytes(LARGEST + 1);
            check(content.length);
            files.put(entry.getName(), content);
        }
        return files;
    }

    private static void check(int size) throws IOException {
        if (size > LARGEST) {
            throw new IOException("a file in it is larger than 10 MiB");
        }
    }

    /// Only files that contexts have are looked at; their names in the archive lead nowhere.
    private static Context context(String name, Map<String, byte[]> files) {
        byte[] meta = files.get(META);
        if (meta == null) {
            throw new Failure("invalid context: no metadata found");
        }
        Map<String, byte[]> tls = new TreeMap<>();
        put(tls, Context.CA, files.get(TLS + Context.CA));
        put(tls, Context.CERTIFICATE, files.get(TLS + Context.CERTIFICATE));
        put(tls, Context.KEY, files.get(TLS + Context.KEY));
        try {
            JsonObject content = Json.readObject(new String(meta, StandardCharsets.UTF_8));
            JsonObject docker = content.object("Endpoints").object("docker");
            return new Context(
                    name,
                    content.object("Metadata").text("Description"),
                    docker.text("Host"),
                    docker.bool("SkipTLSVerify"),
                    tls);
        } catch (JsonFailure e) {
            throw new Failure("invalid context: " + META + ": " + e.getMessage());
        }
    }

    private static void put(Map<String, byte[]> tls, String name, byte @Nullable [] content) {
        if (content != null) {
            tls.put(name, content);
        }
    }
}
