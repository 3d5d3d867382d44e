package dev.carafe.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextArrivalTest {
    private static final Instant MOMENT = Instant.parse("2024-01-02T03:04:05.000000006Z");

    @TempDir private Path folder;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final DataOutputStream client = new DataOutputStream(sent);
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    private void tell(char kind, String path, int mode, long size, String link) throws IOException {
        client.writeByte(kind);
        text(path);
        client.writeInt(mode);
        client.writeLong(size);
        client.writeLong(MOMENT.getEpochSecond());
        client.writeInt(MOMENT.getNano());
        text(link);
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.writeInt(bytes.length);
        client.write(bytes);
    }

    private boolean arrives(BuildContext context) throws IOException {
        answer.reset();
        byte[] bytes = sent.toByteArray();
        sent.reset();
        return ContextArrival.run(context, new ByteArrayInputStream(bytes), answer, () -> {});
    }

    @Test
    void onlyWhatIsNotThereIsWanted() throws IOException {
        ContextSpool spool = new ContextSpool(folder);
        try (BuildContext context = spool.kept("a")) {
            tell('d', "d", 0750, 0, "");
            tell('f', "d/one", 0640, 3, "");
            tell('f', "two", 0600, 2, "");
            tell('l', "link", 0777, 0, "d/one");
            client.writeByte(0);
            client.writeBytes("onetw");
            assertThat(arrives(context)).isTrue();
            assertThat(answer.toByteArray()).isEqualTo(answer(0, 2, 1, 2));
            Path one = context.folder().resolve("d/one");
            assertThat(one).hasContent("one");
            assertThat(Files.getLastModifiedTime(one)).isEqualTo(FileTime.from(MOMENT));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                    .isEqualTo("rw-r-----");
            assertThat(context.folder().resolve("link")).isSymbolicLink();
        }
        try (BuildContext context = spool.kept("a")) {
            tell('f', "two", 0600, 2, "");
            tell('f', "three", 0600, 0, "");
            client.writeByte(0);
            assertThat(arrives(context)).isTrue();
            assertThat(answer.toByteArray()).isEqualTo(answer(0, 1, 1));
            assertThat(context.folder().resolve("two")).hasContent("tw");
            assertThat(context.folder().resolve("three")).isEmptyFile();
            assertThat(context.folder().resolve("d")).doesNotExist();
        }
    }

    private static byte[] answer(int... numbers) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        out.writeByte(numbers[0]);
        for (int i = 1; i < numbers.length; i++) {
            out.writeInt(numbers[i]);
        }
        out.writeByte(0);
        return all.toByteArray();
    }

    @Test
    void hostileListingsAreRefusedWithAReason() throws IOException {
        try (BuildContext context = new ContextSpool(folder).empty()) {
            tell('f', "../one", 0640, 3, "");
            assertThat(arrives(context)).isFalse();
            DataInputStream in =
                    new DataInputStream(new ByteArrayInputStream(answer.toByteArray()));
            assertThat(in.readByte()).isEqualTo((byte) 1);
            assertThat(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8))
                    .isEqualTo("invalid path in the context: \"../one\"");
            tell('x', "one", 0640, 3, "");
            assertThat(arrives(context)).isFalse();
        }
    }

    @Test
    void aClientThatLeavesLeavesNoWholeFile() throws IOException {
        try (BuildContext context = new ContextSpool(folder).empty()) {
            tell('f', "one", 0640, 3, "");
            client.writeByte(0);
            client.writeBytes("on");
            assertThatThrownBy(() -> arrives(context)).isInstanceOf(EOFException.class);
            tell('f', "one", 0640, 3, "");
            client.writeByte(0);
            client.writeBytes("one");
            assertThat(arrives(context)).isTrue();
            assertThat(answer.toByteArray()).isEqualTo(answer(0, 1, 0));
        }
    }
}
