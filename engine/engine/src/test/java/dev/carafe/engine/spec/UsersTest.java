package dev.carafe.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.spec.Users.Resolved;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersTest {
    private static final String PASSWD =
            """
            root:x:0:0:root:/root:/bin/sh
            # a comment:x:7:7::/nowhere:
            broken line
            www:x:33:34:web:/var/www:/bin/false
            1001:x:5:5:a name of digits:/five:/bin/sh
            """;
    private static final String GROUP =
            """
            root:x:0:
            wheel:x:10:root,www
            www:x:34:
            audio:x:29:www
            """;
    private final Users users = new Users(PASSWD, GROUP);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''        | 0    | 0  | 0,10      | /root",
                "root      | 0    | 0  | 0,10      | /root",
                "0         | 0    | 0  | 0,10      | /root",
                "www       | 33   | 34 | 34,10,29  | /var/www",
                "33        | 33   | 34 | 34,10,29  | /var/www",
                "www:audio | 33   | 29 | 29        | /var/www",
                "www:1234  | 33   | 1234 | 1234    | /var/www",
                "4321      | 4321 | 0  | 0         | /",
                "4321:9    | 4321 | 9  | 9         | /",
                "1001      | 5    | 5  | 5         | /five",
            })
    void usersAreLookedUpByNameAndNumber(
            String user, long uid, long gid, String gids, String home) {
        Resolved found = users.resolve(user, List.of());
        assertThat(found.uid()).isEqualTo(uid);
        assertThat(found.gid()).isEqualTo(gid);
        assertThat(found.additionalGids().stream().map(String::valueOf))
                .containsExactly(gids.split(","));
        assertThat(found.home()).isEqualTo(home);
    }

    @Test
    void furtherGroupsAreAddedByNameAndNumber() {
        assertThat(users.resolve("4321", List.of("audio", "777", "audio")).additionalGids())
                .containsExactly(0L, 29L, 777L);
    }

    @Test
    void unknownNamesAreRefusedWithDockersSentences() {
        assertThatThrownBy(() -> users.resolve("nope", List.of()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("unable to find user nope: no matching entries in passwd file");
        assertThatThrownBy(() -> users.resolve("root:nope", List.of()))
                .hasMessage("unable to find group nope: no matching entries in group file");
        assertThatThrownBy(() -> users.resolve("4294967296", List.of()))
                .isInstanceOf(InvalidArgument.class);
        assertThatThrownBy(() -> users.resolve("99999999999999999999", List.of()))
                .isInstanceOf(InvalidArgument.class);
    }

    @Test
    void anImageWithoutTheFilesHasRootAndNumbersOnly() {
        Users none = new Users("", "");
        assertThat(none.resolve("", List.of())).isEqualTo(new Resolved(0, 0, List.of(0L), "/"));
        assertThat(none.resolve("12:13", List.of()))
                .isEqualTo(new Resolved(12, 13, List.of(13L), "/"));
    }
}
