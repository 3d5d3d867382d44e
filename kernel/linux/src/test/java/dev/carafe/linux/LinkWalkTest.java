package dev.carafe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkWalkTest {
    @TempDir Path root;

    private String follow(String path) {
        try (Fd fd = FileSystem.open(root.toString(), FileSystem.O_PATH)) {
            return LinkWalk.follow(fd, path);
        }
    }

    private void link(String name, String target) throws IOException {
        Path link = root.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    @Test
    void linksThatLeadToNothingAreFollowed() throws IOException {
        link("etc/resolv.conf", "../run/resolve/stub.conf");
        assertThat(follow("/etc/resolv.conf")).isEqualTo("/run/resolve/stub.conf");
    }

    @Test
    void absoluteLinksStayInTheRoot() throws IOException {
        link("var/run", "/run");
        assertThat(follow("/var/run/x/y")).isEqualTo("/run/x/y");
    }

    @Test
    void noLinkClimbsOutOfTheRoot() throws IOException {
        link("a/up", "../../../../etc/passwd");
        assertThat(follow("/a/up")).isEqualTo("/etc/passwd");
        assertThat(follow("../../..")).isEqualTo("/");
    }

    @Test
    void linksOfLinksAreFollowed() throws IOException {
        link("one", "two");
        link("two", "d/three");
        link("d/three", "four");
        assertThat(follow("one")).isEqualTo("/d/four");
    }

    @Test
    void aCircleIsRefused() throws IOException {
        link("one", "two");
        link("two", "one");
        assertThatThrownBy(() -> follow("/one"))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
    }
}
