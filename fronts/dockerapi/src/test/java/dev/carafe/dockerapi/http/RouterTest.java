package dev.carafe.dockerapi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static Map<String, String> match(String pattern, String path) {
        return new Route(pattern, x -> {}).match(Route.segments(path));
    }

    @Test
    void aNameStandsForOneSegmentAndWithAStarForMany() {
        assertThat(match("/containers/{id}/json", "/containers/abc/json"))
                .isEqualTo(Map.of("id", "abc"));
        assertThat(match("/containers/{id}/json", "/containers/a/b/json")).isNull();
        assertThat(match("/images/{name*}/json", "/images/host:5000/a/b:tag/json"))
                .isEqualTo(Map.of("name", "host:5000/a/b:tag"));
        assertThat(match("/images/{name*}/json", "/images/json/json"))
                .isEqualTo(Map.of("name", "json"));
        assertThat(match("/images/{name*}", "/images/a/b")).isEqualTo(Map.of("name", "a/b"));
        assertThat(match("/images/{name*}/json", "/images/json")).isNull();
        assertThat(match("/containers/{id}/json", "/containers//json")).isNull();
        assertThat(match("/networks/", "/networks/")).isEmpty();
        assertThat(match("/networks", "/networks/")).isNull();
    }

    @Test
    void whatIsAnsweredAtOnceIsKnownBeforeItIsAnswered() {
        Router router = new Router();
        router.getAtOnce("/containers/{id}/json", x -> {});
        router.get("/containers/json", x -> {});
        assertThat(router.isAtOnce("GET", "/v1.44/containers/a/json")).isTrue();
        assertThat(router.isAtOnce("GET", "/containers/a/json")).isTrue();
        assertThat(router.isAtOnce("DELETE", "/containers/a/json")).isFalse();
        assertThat(router.isAtOnce("GET", "/containers/json")).isFalse();
        assertThat(router.isAtOnce("GET", "/v9.9/containers/a/json")).isFalse();
    }

    @Test
    void theVersionComesOffThePath() {
        assertThat(Router.target("/v1.44/info"))
                .isEqualTo(new Router.Target(new ApiVersion(1, 44), "/info"));
        assertThat(Router.target("/info"))
                .isEqualTo(new Router.Target(ApiVersion.CURRENT, "/info"));
        assertThat(Router.target("/images/a%2Fb/json").path()).isEqualTo("/images/a/b/json");
        assertThat(Router.target("/version").path()).isEqualTo("/version");
        assertThat(Router.target("/volumes").path()).isEqualTo("/volumes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.12", "1.24", "1.40", "1.51", "1.56"})
    void versionsFromTheOldestToTheNewestAreServed(String version) {
        assertThat(ApiVersion.parse(version)).hasToString(version);
    }

    @ParameterizedTest
    @CsvSource({"1.11, too old", "0.9, too old", "1.57, too new", "2.0, too new"})
    void othersAreRefusedInDockersWords(String version, String words) {
        assertThatThrownBy(() -> ApiVersion.parse(version))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(words);
    }

    @Test
    void unknownPathsAreNotFoundAndOptionsAlwaysIs() {
        Router router = new Router().get("/a", x -> {});
        assertThatThrownBy(() -> router.find("GET", "/b"))
                .isInstanceOf(NotFound.class)
                .hasMessage("page not found");
        assertThatThrownBy(() -> router.find("POST", "/a")).isInstanceOf(NotFound.class);
        assertThat(router.find("OPTIONS", "/b")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "a=1, true",
        "a=true, true",
        "a=x, true",
        "a=0, false",
        "a=False, false",
        "a=NO, false",
        "a=none, false",
        "a=, false",
        "a, false",
        "b=1, false"
    })
    void booleansAreDockers(String query, boolean value) {
        assertThat(Query.parse(query).flag("a")).isEqualTo(value);
    }

    @Test
    void queriesAreDecoded() {
        Query q = Query.parse("names=a%2Fb&names=c+d&t=-1&e=%7B%22a%22%3A1%7D");
        assertThat(q.all("names")).containsExactly("a/b", "c d");
        assertThat(q.integer("t")).isEqualTo(-1);
        assertThat(q.text("e")).isEqualTo("{\"a\":1}");
        assertThat(q.integer("x")).isNull();
        assertThatThrownBy(() -> Query.parse("t=x").integer("t"))
                .isInstanceOf(InvalidArgument.class);
        assertThatThrownBy(() -> Query.parse("t=%x")).isInstanceOf(InvalidArgument.class);
    }
}
