package dev.carafe.engine.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventBusTest {
    @TempDir Path folder;

    private static Event event(String action) {
        return new Event(
                "container",
                action,
                "0123abcd",
                Map.of("name", "web", "image", "a:1"),
                Instant.now());
    }

    private static void publish(EventBus bus, int from, int to) {
        for (int i = from; i < to; i++) {
            bus.publish(event("e" + i));
        }
    }

    private static List<String> actions(EventBus bus, EventQuery query) throws Exception {
        List<Event> seen = Collections.synchronizedList(new ArrayList<>());
        Subscription subscription = bus.subscribe(query, seen::add);
        subscription.ended().get(60, TimeUnit.SECONDS);
        return seen.stream().map(Event::action).toList();
    }

    private static EventQuery past(Instant since) {
        return new EventQuery(since, Instant.now(), Map.of());
    }

    private static List<String> numbered(int from, int to) {
        List<String> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add("e" + i);
        }
        return all;
    }

    @Test
    void aLaterDaemonKnowsWhatHappenedBefore() throws Exception {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", "web");
        attributes.put("zeta", "\"quoted\" grün");
        Event odd = new Event("container", "exec_create: sh -c x", "id", attributes, Instant.now());
        try (EventBus bus = new EventBus(folder)) {
            publish(bus, 0, 3);
            bus.publish(odd);
        }
        try (EventBus bus = new EventBus(folder)) {
            publish(bus, 4, 6);
            assertThat(actions(bus, past(Instant.EPOCH)))
                    .containsExactly("e0", "e1", "e2", odd.action(), "e4", "e5");
            List<Event> seen = Collections.synchronizedList(new ArrayList<>());
            bus.subscribe(past(Instant.EPOCH), seen::add).ended().get(60, TimeUnit.SECONDS);
            assertThat(seen.get(3).attributes()).isEqualTo(attributes);
        }
    }

    @Test
    void theTimesAreDifferentAndCutExactly() throws Exception {
        List<Event> seen = Collections.synchronizedList(new ArrayList<>());
        try (EventBus bus = new EventBus(folder)) {
            publish(bus, 0, 50);
            bus.subscribe(past(Instant.EPOCH), seen::add).ended().get(60, TimeUnit.SECONDS);
            assertThat(seen).extracting(Event::time).doesNotHaveDuplicates().isSorted();
            EventQuery middle = new EventQuery(seen.get(10).time(), seen.get(20).time(), Map.of());
            assertThat(actions(bus, middle)).isEqualTo(numbered(10, 21));
            assertThat(actions(bus, new EventQuery(null, seen.get(4).time(), Map.of())))
                    .isEqualTo(numbered(0, 5));
        }
    }

    @Test
    void pastAndComingEventsFollowEachOtherWithoutAGap() throws Exception {
        try (EventBus bus = new EventBus(folder)) {
            publish(bus, 0, 1000);
            List<String> seen = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch all = new CountDownLatch(2000);
            Subscription subscription =
                    bus.subscribe(
                            new EventQuery(Instant.EPOCH, null, Map.of()),
                            e -> {
                                seen.add(e.action());
                                all.countDown();
                            });
            publish(bus, 1000, 2000);
            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).isEqualTo(numbered(0, 2000));
            subscription.close();
            subscription.ended().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void theJournalIsBounded() throws Exception {
        try (EventBus bus = new EventBus(new EventJournal(folder, 10_000))) {
            publish(bus, 0, 1000);
            List<String> kept = actions(bus, past(Instant.EPOCH));
            assertThat(kept).isEqualTo(numbered(1000 - kept.size(), 1000));
            assertThat(kept).hasSizeGreaterThan(50);
            assertThat(Files.size(folder.resolve("events.log"))).isLessThanOrEqualTo(10_000);
            assertThat(Files.size(folder.resolve("events.log.1"))).isLessThanOrEqualTo(10_000);
        }
    }

    @Test
    void aLineThatACrashHasCutIsSkipped() throws Exception {
        try (EventBus bus = new EventBus(folder)) {
            publish(bus, 0, 2);
        }
        cut();
        try (EventBus bus = new EventBus(folder)) {
            publish(bus, 2, 4);
            assertThat(actions(bus, past(Instant.EPOCH))).endsWith("e3").startsWith("e0", "e1");
        }
    }

    private void cut() throws IOException {
        Files.write(
                folder.resolve("events.log"),
                "{\"type\":\"conta\n".getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.APPEND);
    }

    private static boolean matches(Event event, String key, String... values) {
        return EventFilter.matches(event, Map.of(key, Set.of(values)));
    }

    @Test
    void filtersAreDockers() {
        Event start =
                new Event(
                        "container",
                        "start",
                        "0123abcd",
                        Map.of("name", "web", "image", "nginx:1.27", "team", "blue", "x", "y"),
                        Instant.now());
        assertThat(matches(start, "event", "start", "die")).isTrue();
        assertThat(matches(start, "event", "star")).isFalse();
        assertThat(matches(start, "container", "web")).isTrue();
        assertThat(matches(start, "container", "/web")).isTrue();
        assertThat(matches(start, "container", "01")).isTrue();
        assertThat(matches(start, "container", "other")).isFalse();
        assertThat(matches(start, "network", "web")).isFalse();
        assertThat(matches(start, "image", "nginx")).isTrue();
        assertThat(matches(start, "image", "nginx:1.27")).isTrue();
        assertThat(matches(start, "image", "nginx:1")).isFalse();
        assertThat(matches(start, "label", "team=blue", "x")).isTrue();
        assertThat(matches(start, "label", "team=red")).isFalse();
        assertThat(matches(start, "type", "container", "image")).isTrue();
        assertThat(matches(start, "scope", "local")).isTrue();
        assertThat(matches(start, "scope", "swarm")).isFalse();
        assertThat(matches(start, "daemon", "d")).isFalse();
        Event exec = event("exec_create: ls -l");
        assertThat(matches(exec, "event", "exec_create")).isTrue();
        assertThat(matches(exec, "event", "exec_create: ls -l")).isTrue();
        assertThat(matches(exec, "event", "exec_die")).isFalse();
        assertThat(matches(event("health_status: healthy"), "event", "health_status")).isTrue();
        Event image = new Event("image", "tag", "sha256:1", Map.of("name", "h/a:2"), Instant.now());
        assertThat(matches(image, "image", "h/a")).isTrue();
        assertThat(matches(image, "image", "sha256:1")).isTrue();
    }
}
