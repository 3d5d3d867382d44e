package dev.carafe.build.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    https://host/a/b.git,             https://host/a/b.git,    '',          ''
                    https://host/b.git#main,          https://host/b.git,      main,        ''
                    http://host/b.git#:docs/x,        http://host/b.git,       '',          docs/x
                    https://host/b.git#v1:/docs,      https://host/b.git,      v1,          docs
                    git@host:a/b.git#v1:docs,         git@host:a/b.git,        v1,          docs
                    ssh://git@host:22/a/b#v1,         ssh://git@host:22/a/b,   v1,          ''
                    git://host/a/b,                   git://host/a/b,          '',          ''
                    https://host/b.git?tag=v1,        https://host/b.git,      refs/tags/v1, ''
                    https://host/b.git?branch=x&subdir=d, https://host/b.git,  refs/heads/x, d
                    https://host/b.git?ref=a%2Fb,     https://host/b.git,      a/b,         ''
                    """)
    void anAddressHasARepositoryAReferenceAndAFolder(
            String address, String remote, String ref, String subdir) {
        GitSource source = GitSource.ofSource(address).orElseThrow();
        assertThat(source.remote()).isEqualTo(remote);
        assertThat(source.ref()).isEqualTo(ref);
        assertThat(source.subdir()).isEqualTo(subdir);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host/file",
                "https://host/file.git.txt",
                "a@b/c",
                "file:///a/b.git",
                "ext::sh -c id.git",
                "/a/b.git",
                "dir/b.git",
                "ssh://-oProxyCommand=id/b.git"
            })
    void otherAddressesAreNoRepositories(String address) {
        assertThat(GitSource.ofSource(address)).isEmpty();
        assertThat(GitSource.ofContext(address)).isEmpty();
    }

    @Test
    void onlyContextsAreFoundByTheHostsNameAlone() {
        assertThat(GitSource.ofContext("github.com/a/b#v1").orElseThrow().remote())
                .isEqualTo("https://github.com/a/b");
        assertThat(GitSource.ofSource("github.com/a/b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://h/b.git?ref=a#b             | ref conflicts
                    https://h/b.git?branch=a&tag=b      | ref conflicts
                    https://h/b.git?subdir=a#:b         | conflicting subdirs
                    https://h/b.git?what=1              | unexpected query what
                    https://h/b.git?mtime=now           | invalid mtime now
                    https://h/b.git?submodules=maybe    | invalid submodules value
                    https://h/b.git?checksum=xyz        | invalid checksum xyz
                    https://h/b.git#--upload-pack=id    | invalid git address
                    https://h/b.git?ref=a:refs/heads/b  | invalid git ref
                    https://h/b.git?ref=%2Ba            | invalid git ref
                    https://h/b.git?ref=a%0Ab           | invalid git address
                    """)
    void whatCanNotBeIsRefused(String address, String sentence) {
        assertThatThrownBy(() -> GitSource.ofSource(address))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void theSameRefMayBeNamedTwice() {
        assertThat(GitSource.ofSource("https://h/b.git?tag=v1#refs/tags/v1").orElseThrow().ref())
                .isEqualTo("refs/tags/v1");
    }

    @Test
    void instructionsMayNotContradictTheAddress() {
        GitSource source = GitSource.ofSource("https://h/b.git?checksum=1234567").orElseThrow();
        assertThat(source.with(null, true))
                .extracting(GitSource::checksum, GitSource::keepGitDir)
                .containsExactly("1234567", true);
        assertThatThrownBy(() -> source.with("7654321", null))
                .hasMessage("checksum mismatch 7654321 != 1234567");
    }

    @Test
    void onlySshNeedsAnAgent() {
        assertThat(GitSource.ofSource("git@h:b.git").orElseThrow().ssh()).isTrue();
        assertThat(GitSource.ofSource("ssh://h/b.git").orElseThrow().ssh()).isTrue();
        assertThat(GitSource.ofSource("git://h/b.git").orElseThrow().ssh()).isFalse();
        assertThat(GitSource.ofSource("https://u@h/b.git").orElseThrow().ssh()).isFalse();
    }
}
