package dev.carafe.dockerapi.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.base.NotFound;
import dev.carafe.base.NotModified;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Front;
import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.dockerapi.http.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JettyServerTest {
    private static final int LARGE = 1 << 20;
    private static final String HEAD = " HTTP/1.1\r\nHost: docker\r\n";

    @TempDir Path dir;
    private final CountDownLatch proceed = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private JettyServer server;
    private Path socket;

    @BeforeEach
    void start() {
        Router router = new Router();
        router.get("/hello", x -> x.send(200, "text/plain", text("hello " + x.version())));
        router.post("/echo", x -> x.send(200, "text/plain", x.body().readAllBytes()));
        router.get(
                "/missing",
                x -> {
                    throw new NotFound("No such thing: \"x\"");
                });
        router.post(
                "/refused",
                x -> {
                    throw new NotFound("No such thing");
                });
        router.post(
                "/same",
                x -> {
                    throw new NotModified("same");
                });
        router.get(
                "/broken",
                x -> {
                    OutputStream out = x.stream(200, "application/json");
                    out.write(text("part"));
                    out.flush();
                    throw new IllegalStateException("too late");
                });
        router.getAtOnce(
                "/large", x -> x.send(200, "text/plain", text("x".repeat(LARGE) + ";end")));
        router.getAtOnce(
                "/none",
                x -> {
                    throw new NotFound("No such thing");
                });
        router.get("/stream", this::stream);
        router.get("/live", this::live);
        router.post("/hijack", JettyServerTest::hijack);
        server = new JettyServer(new Front(router, Map.of("Api-Version", "1.51")));
        socket = dir.resolve("s");
        server.listenUnix(socket);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void stream(Exchange x) throws IOException {
        try (OutputStream out = x.stream(200, "application/json")) {
            await(proceed);
            out.write(text("one\n"));
            out.flush();
            out.write(text("two\n"));
        }
    }

    private void live(Exchange x) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        boolean brief = x.query().flag("short");
        try (OutputStream out =
                x.live(
                        200,
                        "application/json",
                        () -> {
                            gone.countDown();
                            ended.countDown();
                        })) {
            out.write(text("first\n"));
            out.flush();
            if (brief) {
                return;
            }
            await(ended);
        }
    }

    /// Answers with all that came, in capitals, once the client has ended its input.
    private static void hijack(Exchange x) throws IOException {
        String body =
                new String(
                        x.hasBody() ? x.body().readAllBytes() : new byte[0],
                        StandardCharsets.UTF_8);
        try (RawStream raw = x.hijack("application/vnd.docker.raw-stream")) {
            raw.out().write(text("body=" + body + ";"));
            byte[] all = raw.in().readAllBytes();
            raw.out().write(all);
            raw.out().write(text(";end"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private RawClient client() throws IOException {
        return new RawClient(socket);
    }

    @Test
    void aVersionInThePathIsSeenByTheRoute() throws IOException {
        try (RawClient c = client()) {
            c.send("GET /v1.24/hello" + HEAD + "\r\n");
            assertThat(c.until("hello 1.24"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Api-Version: 1.51\r\n");
            c.send("GET /hello" + HEAD + "\r\n");
            c.until("hello 1.51");
            c.send("GET /v1.99/hello" + HEAD + "\r\n");
            assertThat(c.until("}\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains(
                            "client version 1.99 is too new. Maximum supported API version is 1.51");
            c.send("GET /v1.11/hello" + HEAD + "\r\n");
            assertThat(c.until("}\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("client version 1.11 is too old.");
        }
    }

    @Test
    void hostMayBeEmptyOrMissingInOldHttp() throws IOException {
        for (String head :
                new String[] {
                    "GET /hello HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
                    "GET /hello HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n",
                    "GET /hello HTTP/1.1\r\nHost: api.moby.localhost\r\nConnection: close\r\n\r\n",
                    "GET /hello HTTP/1.1\r\nHost: %2Fvar%2Frun%2Fdocker.sock\r\nConnection: close\r\n\r\n",
                    "GET /hello HTTP/1.0\r\n\r\n"
                }) {
            try (RawClient c = client()) {
                assertThat(c.send(head).restText())
                        .as(head)
                        .startsWith("HTTP/1.")
                        .contains(" 200 OK")
                        .endsWith("hello 1.51");
            }
        }
    }

    @Test
    void nonsenseIsAnsweredInJsonAndTheConnectionClosed() throws IOException {
        for (String request :
                new String[] {
                    "nonsense\r\n\r\n",
                    "GET\r\n\r\n",
                    "\0\1\2\3\r\n\r\n",
                    "GET /hello HTTP/1.1\r\nHost: docker\r\nContent-Length: x\r\n\r\n",
                    "GET /hello HTTP/9.9\r\nHost: docker\r\n\r\n"
                }) {
            try (RawClient c = client()) {
                String answer = c.send(request).restText();
                assertThat(answer)
                        .as(request)
                        .startsWith("HTTP/1.1 ")
                        .doesNotContain("<html", " 200 ");
            }
        }
        try (RawClient c = client()) {
            c.send("GET /hello" + HEAD + "\r\n").until("hello 1.51");
        }
    }

    @Test
    void aBrokenChunkBreaksTheConnectionOff() throws IOException {
        try (RawClient c = client()) {
            c.send("POST /echo" + HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
            assertThat(c.restText()).doesNotContain(" 200 ");
        }
    }

    @Test
    void aBadEscapeIsTheClientsFault() throws IOException {
        for (String path : new String[] {"/a%zz", "/live?short=%zz"}) {
            try (RawClient c = client()) {
                String answer =
                        c.send("GET " + path + HEAD + "Connection: close\r\n\r\n").restText();
                assertThat(answer).as(path).startsWith("HTTP/1.1 400");
            }
        }
    }

    @Test
    void unknownPathsAreJson404() throws IOException {
        try (RawClient c = client()) {
            c.send("GET /v1.44/nope" + HEAD + "\r\n");
            assertThat(c.until("}\n"))
                    .startsWith("HTTP/1.1 404")
                    .endsWith("{\"message\":\"page not found\"}\n");
            c.send("DELETE /hello" + HEAD + "\r\n");
            assertThat(c.until("}\n")).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void errorsCarryTheirMessage() throws IOException {
        try (RawClient c = client()) {
            c.send("GET /missing" + HEAD + "\r\n");
            assertThat(c.until("}\n"))
                    .startsWith("HTTP/1.1 404")
                    .endsWith("{\"message\":\"No such thing: \\\"x\\\"\"}\n");
            c.send("GET /v1.23/missing" + HEAD + "\r\n");
            assertThat(c.until("x\"\n"))
                    .contains("Content-Type: text/plain")
                    .endsWith("\r\n\r\nNo such thing: \"x\"\n");
            c.send("POST /same" + HEAD + "Content-Length: 0\r\n\r\n");
            assertThat(c.until("\r\n\r\n")).startsWith("HTTP/1.1 304");
            c.send("GET /hello" + HEAD + "\r\n").until("hello 1.51");
        }
    }

    @Test
    void answersAtOnceAreWholeOneAfterTheOther() throws IOException {
        try (RawClient c = client()) {
            c.send(("GET /large" + HEAD + "\r\n").repeat(2)).until(";end");
            assertThat(c.until(";end")).hasSizeGreaterThan(LARGE);
            c.send("GET /none" + HEAD + "\r\n");
            assertThat(c.until("}\n"))
                    .startsWith("HTTP/1.1 404")
                    .endsWith("{\"message\":\"No such thing\"}\n");
            c.send("GET /hello" + HEAD + "\r\n").until("hello 1.51");
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswerKeepsNobodyWaiting() throws IOException {
        try (RawClient lazy = client();
                RawClient other = client()) {
            lazy.send(("GET /large" + HEAD + "\r\n").repeat(5));
            for (int i = 0; i < 20; i++) {
                other.send("GET /none" + HEAD + "\r\n").until("}\n");
                other.send("GET /hello" + HEAD + "\r\n").until("hello 1.51");
            }
            lazy.until(";end");
        }
    }

    @Test
    void aFailureWithinAnAnswerBreaksTheConnectionOff() throws IOException {
        try (RawClient c = client()) {
            String answer = c.send("GET /broken" + HEAD + "\r\n").restText();
            assertThat(answer).contains("part").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void aClientThatIsStillSendingReadsTheRefusal() throws IOException {
        byte[] chunk =
                ("8000\r\n" + "x".repeat(0x8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (RawClient c = client()) {
            c.send("POST /refused" + HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                c.send(chunk);
            }
            assertThat(c.until("}\n")).startsWith("HTTP/1.1 404").contains("No such thing");
            for (int i = 0; i < 100; i++) {
                c.send(chunk);
            }
        }
    }

    @Test
    void a100ContinueIsSentWhenTheBodyIsWanted() throws IOException {
        try (RawClient c = client()) {
            c.send("POST /echo" + HEAD + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(c.until("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(c.send("abc").until("\r\n\r\nabc")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void chunkedBodiesAreRead() throws IOException {
        try (RawClient c = client()) {
            c.send("POST /echo" + HEAD + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            c.send("2\r\nde\r\n0\r\n\r\n");
            c.until("abcde");
        }
    }

    @Test
    void theHeadOfAStreamComesBeforeItsFirstByte() throws IOException {
        try (RawClient c = client()) {
            c.send("GET /stream" + HEAD + "\r\n");
            assertThat(c.until("\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("Transfer-Encoding: chunked");
            proceed.countDown();
            assertThat(c.until("0\r\n\r\n")).isEqualTo("4\r\none\n\r\n4\r\ntwo\n\r\n0\r\n\r\n");
            c.send("GET /hello" + HEAD + "\r\n").until("hello 1.51");
        }
    }

    @Test
    void aSilentStreamNoticesThatItsClientLeft() throws Exception {
        try (RawClient c = client()) {
            c.send("GET /live" + HEAD + "\r\n").until("first\n\r\n");
        }
        assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aLiveStreamThatEndsIsWholeAndNobodyIsGone() throws Exception {
        try (RawClient c = client()) {
            String answer = c.send("GET /live?short=1" + HEAD + "\r\n").restText();
            assertThat(answer).endsWith("\r\n\r\n6\r\nfirst\n\r\n0\r\n\r\n");
        }
        assertThat(gone.getCount()).isEqualTo(1);
    }

    /// dockerd looks at `Upgrade:` alone.
    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: keep-alive\r\n"})
    void anUpgradeNeedsNoHeaderConnection(String connection) throws IOException {
        try (RawClient c = client()) {
            c.send(
                    "POST /v1.44/hijack"
                            + HEAD
                            + connection
                            + "Upgrade: tcp\r\nContent-Length: 0\r\n\r\n");
            assertThat(c.until("\r\n\r\n")).startsWith("HTTP/1.1 101 UPGRADED\r\n");
        }
    }

    @Test
    void anUpgradeIsAnswered101AndHalfCloseLeavesTheOtherWayOpen() throws IOException {
        byte[] bytes = new byte[1 << 20];
        new Random(7).nextBytes(bytes);
        try (RawClient c = client()) {
            c.send(
                    "POST /v1.44/hijack"
                            + HEAD
                            + "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 2\r\n\r\n{}early");
            assertThat(c.until("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 UPGRADED\r\n")
                    .contains("Content-Type: application/vnd.docker.raw-stream\r\n")
                    .contains("Connection: Upgrade\r\n", "Upgrade: tcp\r\n");
            c.until("body={};");
            c.send(bytes).endOfInput();
            byte[] rest = c.rest();
            assertThat(rest).hasSize(5 + bytes.length + 4);
            assertThat(new String(rest, 0, 5, StandardCharsets.UTF_8)).isEqualTo("early");
            byte[] back = Arrays.copyOfRange(rest, 5, 5 + bytes.length);
            assertThat(back).isEqualTo(bytes);
        }
    }

    @Test
    void withoutAnUpgradeTheStreamIsA200UntilItsEnd() throws IOException {
        try (RawClient c = client()) {
            c.send("POST /hijack" + HEAD + "\r\n");
            String head = c.until("\r\n\r\n");
            assertThat(head)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .doesNotContain("Transfer-Encoding", "Upgrade");
            c.send("x").endOfInput();
            assertThat(c.restText()).isEqualTo("body=;x;end");
        }
    }

    @Test
    void manyRequestsFollowEachOtherOnOneConnection() throws IOException {
        try (RawClient c = client()) {
            for (int i = 0; i < 200; i++) {
                c.send("GET /hello" + HEAD + "\r\n").until("hello 1.51");
            }
            c.send(("GET /hello" + HEAD + "\r\n").repeat(3));
            c.until("hello 1.51");
            c.until("hello 1.51");
            c.until("hello 1.51");
        }
    }
}
