package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carafe.linux.Errno;
import dev.carafe.oci.runtime.Rlimit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartErrorsIT {
    private static Containers containers;

    @BeforeAll
    static void begin() throws Exception {
        containers = new Containers();
        Path root = containers.root;
        Files.writeString(root.resolve("plain"), "no program");
        Files.writeString(root.resolve("script"), "#!/no/such/interpreter\n");
        Files.writeString(root.resolve("garbage"), "\u0001\u0002");
        Files.writeString(root.resolve("bin/plain"), "no program");
        for (String each : List.of("script", "garbage")) {
            Files.setPosixFilePermissions(
                    root.resolve(each), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @AfterAll
    static void end() {
        containers.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    nope      | exec: "nope": executable file not found in $PATH
                    plain     | exec: "plain": executable file not found in $PATH
                    /nope     | exec: "/nope": stat /nope: no such file or directory
                    /plain/x  | exec: "/plain/x": stat /plain/x: not a directory
                    /etc      | exec: "/etc": is a directory
                    /plain    | exec: "/plain": permission denied
                    /script   | exec /script: no such file or directory
                    /garbage  | exec /garbage: exec format error
                    """)
    void aProgramThatCannotBeExecutedIsToldInDockersWords(String program, String words) {
        ContainerHandle container =
                containers.create(Specs.of(program).spec(), StdioRequest.pipes(false));
        assertThatThrownBy(container::start).isInstanceOf(StartFailed.class).hasMessage(words);
        assertThat(Containers.join(container.exited()).code()).isEqualTo(127);
        container.delete();
    }

    @Test
    void anExecFailsInTheSameWords() {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        StartFailed failure =
                catchThrowableOfType(
                        StartFailed.class,
                        () ->
                                containers.startExec(
                                        container,
                                        Specs.of("nope").process(),
                                        StdioRequest.pipes(false)));
        assertThat(failure).hasMessage("exec: \"nope\": executable file not found in $PATH");
        assertThat(failure.errno()).isEqualTo(Errno.ENOENT);
        container.delete();
    }

    @Test
    void aPathWithoutTheProgramIsSearchedInOrder() {
        Specs specs = Specs.of("true");
        specs.env = List.of("HOME=/");
        ContainerHandle container = containers.create(specs.spec(), StdioRequest.pipes(false));
        assertThatThrownBy(container::start)
                .hasMessage("exec: \"true\": executable file not found in $PATH");
        container.delete();
    }

    @Test
    void aMountThatFailsIsNamed() {
        Specs specs = Specs.of("true").mount("/etc/passwd", "tmpfs", "tmpfs");
        StartFailed failure = failure(specs);
        assertThat(failure.step()).isEqualTo("mount tmpfs on /etc/passwd");
        assertThat(failure).hasMessage("mount tmpfs on /etc/passwd: not a directory");
    }

    @Test
    void aMissingSourceIsNamed() {
        assertThat(failure(Specs.of("true").mount("/x", "bind", "/no/such/source", "rbind")))
                .hasMessage("mount /no/such/source on /x: no such file or directory");
    }

    @Test
    void anUnknownFileSystemIsNamed() {
        assertThat(failure(Specs.of("true").mount("/x", "nosuchfs", "none")))
                .hasMessage("mount nosuchfs on /x: no such device");
    }

    @Test
    void aWorkingDirectoryThatIsAFileIsNamed() {
        Specs specs = Specs.of("true");
        specs.cwd = "/plain";
        ContainerHandle container = containers.create(specs.spec(), StdioRequest.pipes(false));
        assertThatThrownBy(container::start)
                .hasMessage("chdir to cwd (\"/plain\") set in config.json failed: not a directory");
        container.delete();
    }

    @Test
    void aLimitThatMayNotBeRaisedIsNamed() {
        Specs specs = Specs.of("true");
        specs.capabilities = null;
        // above fs.nr_open nobody may go
        specs.rlimits = List.of(new Rlimit("RLIMIT_NOFILE", 1L << 40, 1L << 40));
        assertThat(failure(specs)).hasMessage("set RLIMIT_NOFILE: operation not permitted");
    }

    private static StartFailed failure(Specs specs) {
        return catchThrowableOfType(
                StartFailed.class,
                () -> containers.create(specs.spec(), StdioRequest.pipes(false)));
    }
}
