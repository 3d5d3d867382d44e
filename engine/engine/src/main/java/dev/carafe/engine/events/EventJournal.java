package dev.carafe.engine.events;

import dev.carafe.base.json.JsonText;
import io.avaje.json.JsonException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Events on disk: a JSON object a line in `events.log`, and the ones before in `events.log.1`. It
/// survives a killed daemon; it is not synced, since a start would wait for the disk several times,
/// so a power cut may take the last seconds. Not thread-safe, but for reading {@link Past}.
final class EventJournal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventJournal.class.getName());
    private static final JsonType<Event> TYPE =
            Jsonb.builder().adapter(JsonText.stream()).build().type(Event.class);
    private final Path file;
    private final Path older;
    private final long mostBytes;
    private @Nullable FileChannel channel;
    private long size;
    private boolean failing;

    /// @param mostBytes of each of the two files
    EventJournal(Path folder, long mostBytes) {
        this.file = folder.resolve("events.log");
        this.older = folder.resolve("events.log.1");
        this.mostBytes = mostBytes;
    }

    /// A disk that does not take it is told in the daemon's log: what happens, happens.
    void append(Event event) {
        byte[] line = (TYPE.toJson(event) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            FileChannel open = channel();
            if (size > 0 && size + line.length > mostBytes) {
                open.close();
                channel = null;
                Files.move(file, older, StandardCopyOption.ATOMIC_MOVE);
                open = channel();
            }
            ByteBuffer buffer = ByteBuffer.wrap(line);
            while (buffer.hasRemaining()) {
                size += open.write(buffer);
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.log(Level.ERROR, "events are not kept: " + file, e);
            }
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            open =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND,
                            StandardOpenOption.WRITE);
            size = open.size();
            channel = open;
        }
        return open;
    }

    /// What there is at this moment, to be read by another thread later.
    Past past() {
        List<FileChannel> files = new ArrayList<>();
        try {
            channel();
            for (Path path : List.of(older, file)) {
                try {
                    files.add(FileChannel.open(path));
                } catch (NoSuchFileException e) {
                    // nothing came before
                }
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "past events can't be read: " + file, e);
        }
        return new Past(files, size);
    }

    /// Opened files, oldest first.
    ///
    /// @param end of the last one at the time it was opened
    record Past(List<FileChannel> files, long end) implements AutoCloseable {
        static final Past NONE = new Past(List.of(), 0);

        /// Gives those from one time to another, both included.
        void read(Instant from, Instant to, Consumer<Event> consumer) throws IOException {
            for (int i = 0; i < files.size(); i++) {
                boolean last = i == files.size() - 1;
                read(files.get(i), last ? end : Long.MAX_VALUE, from, to, consumer);
            }
        }

        private static void read(
                FileChannel file, long end, Instant from, Instant to, Consumer<Event> consumer)
                throws IOException {
            Reader in =
                    new InputStreamReader(Channels.newInputStream(file), StandardCharsets.UTF_8);
            BufferedReader lines = new BufferedReader(in);
            long at = 0;
            String line;
            while (at < end && (line = lines.readLine()) != null) {
                at += line.getBytes(StandardCharsets.UTF_8).length + 1L;
                Event event = event(line);
                if (event != null && !event.time().isBefore(from) && !event.time().isAfter(to)) {
                    consumer.accept(event);
                }
            }
        }

        /// Null for a line that a crash has cut.
        private static @Nullable Event event(String line) {
            try {
                return TYPE.fromJson(line);
            } catch (JsonException | IllegalStateException | NullPointerException e) {
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            for (FileChannel file : files) {
                file.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            channel = null;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "close " + file, e);
        }
    }
}
