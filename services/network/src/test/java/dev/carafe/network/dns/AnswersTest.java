package dev.carafe.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.testkit.Seeded;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AnswersTest {
    private static final Map<String, List<InetAddress>> NAMES =
            Map.of(
                    "db", List.of(InetAddress.ofLiteral("10.0.0.2")),
                    "six", List.of(InetAddress.ofLiteral("fd00::2")),
                    "many", many(200));

    private static List<InetAddress> many(int count) {
        List<InetAddress> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(InetAddress.ofLiteral("10.1.0." + i));
        }
        return all;
    }

    private static Answers answers(boolean mayForward, List<Upstream> upstreams) {
        return new Answers(
                new Directory() {
                    @Override
                    public Optional<List<InetAddress>> addresses(String name) {
                        return Optional.ofNullable(NAMES.get(name));
                    }

                    @Override
                    public Optional<String> nameOf(InetAddress address) {
                        return address.equals(InetAddress.ofLiteral("10.0.0.2"))
                                ? Optional.of("db.blue")
                                : Optional.empty();
                    }

                    @Override
                    public boolean mayForward() {
                        return mayForward;
                    }
                },
                new Forwarder(() -> upstreams));
    }

    private static Answers answers(boolean mayForward) {
        return answers(mayForward, List.of());
    }

    private static Message query(String name, int type) {
        Message query =
                Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
        query.getHeader().setID(4711);
        return query;
    }

    private static Message here(Message query, boolean tcp) throws Exception {
        return new Message(answers(true).here(query.toWire(), tcp).orElseThrow());
    }

    private static List<String> data(Message answer) {
        return answer.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
    }

    @Test
    void knownNamesAreAnsweredInAnyCase() throws Exception {
        Message answer = here(query("DB.", Type.A), false);
        assertThat(data(answer)).containsExactly("10.0.0.2");
        assertThat(answer.getHeader().getID()).isEqualTo(4711);
        assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RA)).isTrue();
        assertThat(answer.getQuestion().getName()).hasToString("DB.");
        assertThat(answer.getSection(Section.ANSWER).getFirst().getTTL()).isEqualTo(600);
        assertThat(data(here(query("six.", Type.AAAA), false)))
                .containsExactly("fd00:0:0:0:0:0:0:2");
    }

    @Test
    void aKnownNameWithoutTheAskedTypeExistsAllTheSame() throws Exception {
        for (int type : new int[] {Type.AAAA, Type.MX, Type.HTTPS, Type.TXT}) {
            Message answer = here(query("db.", type), false);
            assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(data(answer)).isEmpty();
        }
    }

    @Test
    void addressesHaveNames() throws Exception {
        Message answer = here(query("2.0.0.10.in-addr.arpa.", Type.PTR), false);
        assertThat(data(answer)).containsExactly("db.blue.");
        assertThat(answers(true).here(query("3.0.0.10.in-addr.arpa.", Type.PTR).toWire(), false))
                .as("others must be asked")
                .isEmpty();
        assertThat(answers(true).here(query("x.in-addr.arpa.", Type.PTR).toWire(), false))
                .isEmpty();
    }

    @Test
    void whatIsUnknownGoesElsewhereUnlessItMayNot() throws Exception {
        byte[] query = query("example.org.", Type.A).toWire();
        assertThat(answers(true).here(query, false)).isEmpty();
        Message refused = new Message(answers(false).here(query, false).orElseThrow());
        assertThat(refused.getRcode()).isEqualTo(Rcode.SERVFAIL);
        Message nobody = new Message(answers(true).elsewhere(query, false));
        assertThat(nobody.getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(nobody.getHeader().getID()).isEqualTo(4711);
    }

    @Test
    void whatIsAskedInsideMayBeAskedFromAShutNetwork() throws Exception {
        byte[] query = query("example.org.", Type.A).toWire();
        InetSocketAddress server = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 53);
        Fd netns = FileSystem.open("/proc/self/ns/net", FileSystem.O_RDONLY);
        try (netns) {
            assertThat(answers(false, List.of(new Upstream(server, netns))).here(query, false))
                    .as("from the container")
                    .isEmpty();
            assertThat(answers(false, List.of(new Upstream(server, null))).here(query, false))
                    .as("from the host")
                    .isPresent();
        }
    }

    @Test
    void whoSpeaksEdnsIsAnsweredInIt() throws Exception {
        Message plain = query("db.", Type.A);
        assertThat(here(plain, false).getOPT()).as("not without being asked").isNull();
        plain.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        Message answer = here(plain, false);
        assertThat(data(answer)).containsExactly("10.0.0.2");
        assertThat(answer.getOPT().getPayloadSize()).isEqualTo(1232);
        assertThat(answer.getOPT().getVersion()).isZero();
        Message small = query("many.", Type.A);
        small.addRecord(new OPTRecord(700, 0, 0), Section.ADDITIONAL);
        byte[] cut = answers(true).here(small.toWire(), false).orElseThrow();
        assertThat(cut).as("what the client says that it takes").hasSizeLessThanOrEqualTo(700);
        assertThat(new Message(cut).getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void longAnswersAreCutToWhatTheClientTakes() throws Exception {
        Message plain = query("many.", Type.A);
        byte[] cut = answers(true).here(plain.toWire(), false).orElseThrow();
        assertThat(cut).hasSizeLessThanOrEqualTo(512);
        assertThat(new Message(cut).getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(data(here(plain, true))).hasSize(200);
        plain.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
        Message whole = here(plain, false);
        assertThat(data(whole)).hasSize(200);
        assertThat(whole.getOPT()).isNotNull();
    }

    @Test
    void severalAddressesComeInChangingOrder() throws Exception {
        String first = data(here(query("many.", Type.A), true)).getFirst();
        boolean changed = false;
        for (int i = 0; i < 100 && !changed; i++) {
            changed = !data(here(query("many.", Type.A), true)).getFirst().equals(first);
        }
        assertThat(changed).isTrue();
    }

    @Test
    void malformedQueriesDoNoHarm() throws Exception {
        Answers answers = answers(true);
        assertThat(answers.here(new byte[0], false).orElseThrow()).isEmpty();
        assertThat(answers.here(new byte[11], false).orElseThrow()).isEmpty();
        byte[] good = query("db.", Type.A).toWire();
        byte[] answer = good.clone();
        answer[2] |= (byte) 0x80;
        assertThat(answers.here(answer, false).orElseThrow())
                .as("answers are not answered: no loop")
                .isEmpty();
        Seeded random = new Seeded(42);
        for (int i = 0; i < 5000; i++) {
            byte[] bad = good.clone();
            for (int n = 0; n < 3; n++) {
                bad[random.between(0, bad.length - 1)] = (byte) random.between(0, 255);
            }
            assertThat(answers.here(bad, false)).isNotNull();
        }
    }
}
