package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Namespaces;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Containers of user-defined networks find each other, and the world, by name.
class NamesIT {
    private static final int PATIENCE_MILLIS = 30_000;

    @TempDir Path state;

    private Networks networks() {
        Networks networks = new Networks(state, NetworkOptions.defaults());
        networks.create(
                CreateNetwork.bridge("blue")
                        .withIpam(new Network.Ipam("10.1.0.0/24", null, "", Map.of())));
        networks.create(
                CreateNetwork.bridge("red")
                        .withIpam(new Network.Ipam("10.2.0.0/24", null, "", Map.of())));
        return networks;
    }

    private static AttachRequest on(String id, JoinRequest... joins) {
        return new AttachRequest(id, id, List.of(joins), List.of(), ResolverSettings.NONE);
    }

    private static JoinRequest blue(String... names) {
        return JoinRequest.of("blue").withNames(names);
    }

    private static String ask(Fd netns, String name, int type) {
        return ask(netns, name, type, false);
    }

    /// The data of the answer's records, sorted; or its response code.
    private static String ask(Fd netns, String name, int type, boolean tcp) {
        byte[] query = query(name, type);
        return Namespaces.inNetns(
                netns,
                () -> {
                    Message answer = new Message(tcp ? exchangeTcp(query) : exchangeUdp(query));
                    List<String> data =
                            answer.getSection(Section.ANSWER).stream()
                                    .map(Record::rdataToString)
                                    .sorted()
                                    .toList();
                    return answer.getRcode() == Rcode.NOERROR
                            ? String.join(" ", data)
                            : Rcode.string(answer.getRcode());
                });
    }

    private static byte[] query(String name, int type) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN))
                .toWire();
    }

    private static InetAddress server() {
        return InetAddress.ofLiteral("127.0.0.11");
    }

    private static byte[] exchangeUdp(byte[] query) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server(), 53);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }

    private static byte[] exchangeTcp(byte[] query) throws IOException {
        try (Socket socket = new Socket(server(), 53)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] answer = new byte[in.readUnsignedShort()];
            in.readFully(answer);
            return answer;
        }
    }

    @Test
    void neighboursAreFoundByAllTheirNames() {
        TestHost.run(host -> {
            JoinRequest linked =
                    new JoinRequest(
                            "blue",
                            List.of("web"),
                            Map.of("cache", "db"),
                            null,
                            null,
                            null,
                            0,
                            Map.of(),
                            List.of(),
                            false);
            try (Networks networks = networks();
                    Sandbox web = networks.attach(on("web", linked));
                    Sandbox db = networks.attach(on("db", blue("db", "postgres", "0123456789ab")));
                    Sandbox two = networks.attach(on("two", blue("db2", "postgres")));
                    Sandbox red =
                            networks.attach(on("red", JoinRequest.of("red").withNames("lonely")))) {
                Fd inside = web.netns();
                assertThat(web.resolvConf()).contains("nameserver 127.0.0.11\n", "ndots:0");
                assertThat(ask(inside, "db.", Type.A)).isEqualTo("10.1.0.3");
                assertThat(ask(inside, "DB.", Type.A)).isEqualTo("10.1.0.3");
                assertThat(ask(inside, "0123456789ab.", Type.A)).isEqualTo("10.1.0.3");
                assertThat(ask(inside, "db.blue.", Type.A)).isEqualTo("10.1.0.3");
                assertThat(ask(inside, "postgres.", Type.A)).isEqualTo("10.1.0.3 10.1.0.4");
                assertThat(ask(inside, "postgres.", Type.A, true)).isEqualTo("10.1.0.3 10.1.0.4");
                assertThat(ask(inside, "cache.", Type.A)).as("a link").isEqualTo("10.1.0.3");
                assertThat(ask(inside, "web.", Type.A)).as("itself").isEqualTo("10.1.0.2");
                assertThat(ask(inside, "db.", Type.AAAA)).as("exists").isEmpty();
                assertThat(ask(inside, "3.0.1.10.in-addr.arpa.", Type.PTR)).isEqualTo("db.blue.");
                assertThat(ask(inside, "host.docker.internal.", Type.A)).isEqualTo("10.1.0.1");
                assertThat(ask(db.netns(), "web.", Type.A)).isEqualTo("10.1.0.2");
                networks.rename("db", "database");
                assertThat(ask(inside, "database.", Type.A)).isEqualTo("10.1.0.3");
                networks.connect(
                        "red", "red", red.netns(), JoinRequest.of("blue").withNames("lonely"));
                assertThat(ask(inside, "lonely.", Type.A)).isEqualTo("10.1.0.5");
                assertThat(ask(red.netns(), "lonely.red.", Type.A)).isEqualTo("10.2.0.2");
                networks.detach("two");
                assertThat(ask(inside, "postgres.", Type.A)).isEqualTo("10.1.0.3");
                for (String id : List.of("web", "db", "red")) {
                    networks.detach(id);
                }
            }
        });
    }

    /// Answers every A query with that address, or fails it.
    private static AutoCloseable fakeServer(Fd netns, String address, String answer) {
        DatagramSocket socket =
                Namespaces.inNetns(
                        netns,
                        () ->
                                new DatagramSocket(
                                        new InetSocketAddress(InetAddress.ofLiteral(address), 53)));
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                    while (!socket.isClosed()) {
                        try {
                            socket.receive(packet);
                            Message query =
                                    new Message(
                                            Arrays.copyOf(packet.getData(), packet.getLength()));
                            byte[] reply = fakeAnswer(query, answer).toWire();
                            socket.send(
                                    new DatagramPacket(
                                            reply, reply.length, packet.getSocketAddress()));
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
        return socket;
    }

    private static Message fakeAnswer(Message query, String answer) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(org.xbill.DNS.Flags.QR);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        if (answer.isEmpty()) {
            reply.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (answer.equals("REFUSED")) {
            reply.getHeader().setRcode(Rcode.REFUSED);
        } else if (answer.equals("LONG")) {
            for (int i = 0; i < 100; i++) {
                reply.addRecord(
                        new ARecord(
                                query.getQuestion().getName(),
                                DClass.IN,
                                60,
                                InetAddress.ofLiteral("203.0.113." + i)),
                        Section.ANSWER);
            }
            reply.addRecord(query.getOPT(), Section.ADDITIONAL);
        } else {
            reply.addRecord(
                    new ARecord(
                            query.getQuestion().getName(),
                            DClass.IN,
                            60,
                            InetAddress.ofLiteral(answer)),
                    Section.ANSWER);
        }
        return reply;
    }

    @Test
    void otherNamesAreAskedOfTheContainersServersOneAfterTheOther() {
        TestHost.run(host -> {
            Namespaces.inNetns(
                    host.outside,
                    () -> {
                        Rulesets.ip("address", "add", "198.51.100.3/24", "dev", "eth0");
                        return true;
                    });
            AttachRequest request =
                    on("web", blue("web"))
                            .resolving(
                                    List.of("198.51.100.3", TestHost.OUTSIDE),
                                    List.of("example.com"),
                                    List.of());
            try (Networks networks = networks();
                    Sandbox web = networks.attach(request);
                    AutoCloseable failing = fakeServer(host.outside, "198.51.100.3", "");
                    AutoCloseable good =
                            fakeServer(host.outside, TestHost.OUTSIDE, "203.0.113.7")) {
                assertThat(failing).isNotNull();
                assertThat(good).isNotNull();
                assertThat(web.resolvConf()).contains("search example.com\n");
                assertThat(ask(web.netns(), "example.org.", Type.A)).isEqualTo("203.0.113.7");
                assertThat(ask(web.netns(), "web.", Type.A)).isEqualTo("10.1.0.2");
                networks.create(CreateNetwork.bridge("inside").onlyInside());
                try (Sandbox shut =
                        networks.attach(
                                on("shut", JoinRequest.of("inside"))
                                        .resolving(
                                                List.of(TestHost.OUTSIDE), List.of(), List.of()))) {
                    assertThat(ask(shut.netns(), "example.org.", Type.A)).isEqualTo("SERVFAIL");
                    networks.detach("shut");
                }
                networks.detach("web");
            }
        });
    }

    @Test
    void serversThatFailRefuseOrAreNotThereAreAnsweredForWithAFailure() {
        TestHost.run(host -> {
            AttachRequest itself =
                    on("itself", blue("itself"))
                            .resolving(List.of("127.0.0.11"), List.of(), List.of());
            AttachRequest refused =
                    on("refused", blue("refused"))
                            .resolving(
                                    List.of("127.0.0.1", "127.0.0.11", TestHost.OUTSIDE),
                                    List.of(),
                                    List.of());
            try (Networks networks = networks();
                    Sandbox one = networks.attach(itself);
                    Sandbox two = networks.attach(refused);
                    AutoCloseable refusing =
                            fakeServer(host.outside, TestHost.OUTSIDE, "REFUSED")) {
                assertThat(refusing).isNotNull();
                assertThat(ask(one.netns(), "example.org.", Type.A))
                        .as("its own server is not asked by itself")
                        .isEqualTo("SERVFAIL");
                assertThat(ask(two.netns(), "example.org.", Type.A))
                        .as("nobody there, itself, and one that refuses")
                        .isEqualTo("SERVFAIL");
                assertThat(ask(two.netns(), "example.org.", Type.A, true)).isEqualTo("SERVFAIL");
                networks.detach("itself");
                networks.detach("refused");
            }
        });
    }

    @Test
    void aShutNetworkHasNoServersButItsOwn() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                networks.create(
                        CreateNetwork.bridge("shut")
                                .withIpam(new Network.Ipam("10.3.0.0/24", null, "", Map.of()))
                                .onlyInside());
                JoinRequest shut = JoinRequest.of("shut");
                AttachRequest request =
                        on("web", shut).resolving(List.of("10.3.0.3"), List.of(), List.of());
                try (Sandbox web = networks.attach(request);
                        Sandbox names = networks.attach(on("names", shut));
                        AutoCloseable own = fakeServer(names.netns(), "10.3.0.3", "203.0.113.8")) {
                    assertThat(own).isNotNull();
                    assertThat(ask(web.netns(), "example.org.", Type.A)).isEqualTo("203.0.113.8");
                    assertThat(ask(names.netns(), "example.org.", Type.A)).isEqualTo("SERVFAIL");
                    networks.detach("web");
                    networks.detach("names");
                }
            }
        });
    }

    @Test
    void ednsPassesUnchangedAndLongAnswersWithIt() {
        TestHost.run(host -> {
            AttachRequest request =
                    on("web", blue("web"))
                            .resolving(List.of(TestHost.OUTSIDE), List.of(), List.of());
            try (Networks networks = networks();
                    Sandbox web = networks.attach(request);
                    AutoCloseable server = fakeServer(host.outside, TestHost.OUTSIDE, "LONG")) {
                assertThat(server).isNotNull();
                Message query = new Message(query("example.org.", Type.A));
                query.addRecord(new OPTRecord(4096, 0, 0, 0x8000), Section.ADDITIONAL);
                Message answer =
                        Namespaces.inNetns(
                                web.netns(), () -> new Message(exchangeUdp(query.toWire())));
                assertThat(answer.getSection(Section.ANSWER)).hasSize(100);
                assertThat(answer.getOPT().getFlags()).as("DNSSEC OK").isEqualTo(0x8000);
                networks.detach("web");
            }
        });
    }

    @Test
    void aNameServerOfTheContainersOwnCanHavePort53() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web = networks.attach(on("web", blue("web")));
                    EchoServer own = EchoServer.udp(web.netns(), "own", 53)) {
                assertThat(EchoServer.askUdp(web.netns(), "10.1.0.2", 53)).startsWith("own ");
                assertThat(ask(web.netns(), "web.", Type.A)).isEqualTo("10.1.0.2");
                networks.detach("web");
            }
        });
    }

    @Test
    void namesComeBackWithTheNextDaemon() {
        TestHost.run(host -> {
            Networks before = networks();
            try (Sandbox web = before.attach(on("web", blue("web")))) {
                before.close();
                try (Networks after = new Networks(state, NetworkOptions.defaults())) {
                    int number = web.netns().number();
                    after.recover(
                            Set.of("web"),
                            id -> FileSystem.open("/proc/self/fd/" + number, FileSystem.O_RDONLY));
                    assertThat(ask(web.netns(), "web.", Type.A)).isEqualTo("10.1.0.2");
                    assertThat(ask(web.netns(), "web.", Type.A, true)).isEqualTo("10.1.0.2");
                    after.detach("web");
                }
            }
            host.awaitDevices(List.of("lo", "up0", "wire"));
        });
    }

    /// A resolver takes "port unreachable" for an answer and gives up; silence makes it ask again.
    @Test
    void whoAsksWhileNoDaemonLivesHearsNothingUntilTheNextOne() {
        TestHost.run(host -> {
            Networks before = networks();
            try (Sandbox web = before.attach(on("web", blue("web")));
                    DatagramSocket client = client(web.netns())) {
                before.close();
                byte[] query = query("web.", Type.A);
                client.setSoTimeout(300);
                for (int i = 0; i < 2; i++) {
                    client.send(new DatagramPacket(query, query.length));
                    assertThatThrownBy(() -> client.receive(new DatagramPacket(new byte[512], 512)))
                            .isInstanceOf(SocketTimeoutException.class);
                }
                try (Networks after = new Networks(state, NetworkOptions.defaults())) {
                    int number = web.netns().number();
                    after.recover(
                            Set.of("web"),
                            id -> FileSystem.open("/proc/self/fd/" + number, FileSystem.O_RDONLY));
                    client.setSoTimeout(PATIENCE_MILLIS);
                    client.send(new DatagramPacket(query, query.length));
                    DatagramPacket answer = new DatagramPacket(new byte[512], 512);
                    client.receive(answer);
                    assertThat(new Message(Arrays.copyOf(answer.getData(), answer.getLength())))
                            .extracting(
                                    m -> m.getSection(Section.ANSWER).getFirst().rdataToString())
                            .isEqualTo("10.1.0.2");
                    after.detach("web");
                }
            }
        });
    }

    private static DatagramSocket client(Fd netns) {
        return Namespaces.inNetns(
                netns,
                () -> {
                    DatagramSocket socket = new DatagramSocket();
                    socket.connect(server(), 53);
                    return socket;
                });
    }

    @Test
    void theDefaultBridgeHasNoNames() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web = networks.attach(on("web", JoinRequest.of("bridge")))) {
                assertThat(web.resolvConf()).doesNotContain("127.0.0.11");
                networks.connect("web", "web", web.netns(), blue("web"));
                assertThat(networks.resolvConf("web")).contains("127.0.0.11");
                assertThat(ask(web.netns(), "web.", Type.A)).isEqualTo("10.1.0.2");
                networks.detach("web");
            }
        });
    }
}
