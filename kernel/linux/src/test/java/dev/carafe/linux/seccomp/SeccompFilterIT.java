package dev.carafe.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Errno;
import dev.carafe.linux.Seccomp;
import dev.carafe.linux.Syscall;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.linux.seccomp.SeccompProfile.ArgumentFilter;
import dev.carafe.linux.seccomp.SeccompProfile.Comparison;
import dev.carafe.linux.seccomp.SeccompProfile.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// The kernel takes what we compile, and does what it says. Each filter binds one thread, which
/// ends with the test.
class SeccompFilterIT {
    @Test
    void callsAreBlockedWithTheirErrors() throws Exception {
        List<Rule> rules =
                List.of(
                        new Rule(List.of("unshare"), SeccompAction.errno(Errno.EPERM), List.of()),
                        new Rule(
                                List.of("socket"),
                                SeccompAction.errno(Errno.EAFNOSUPPORT),
                                List.of(new ArgumentFilter(0, 38, 0, Comparison.EQUAL))));
        List<Long> results =
                confined(
                        SeccompAction.ALLOW,
                        rules,
                        () ->
                                List.of(
                                        Syscall.raw(SyscallNumbers.UNSHARE, 0x10000000),
                                        Syscall.raw(SyscallNumbers.SOCKET, 38, 5, 0),
                                        Syscall.raw(SyscallNumbers.SOCKET, 1, -1, 0),
                                        Syscall.raw(SyscallNumbers.GETPID)));
        assertThat(results)
                .startsWith(-(long) Errno.EPERM, -(long) Errno.EAFNOSUPPORT, -(long) Errno.EINVAL);
        assertThat(results.get(3)).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void whatIsNotAllowedGetsTheDefaultAndWhatIsUnknownENOSYS() throws Exception {
        List<String> allowed =
                new ArrayList<>(SeccompFilter.knownCalls(SeccompArchitecture.current()));
        allowed.removeAll(Set.of("mount", "keyctl"));
        List<Rule> rules = List.of(new Rule(allowed, SeccompAction.ALLOW, List.of()));
        List<Long> results =
                confined(
                        SeccompAction.errno(Errno.EACCES),
                        rules,
                        () ->
                                List.of(
                                        Syscall.raw(SyscallNumbers.MOUNT, 0, 0, 0, 0, 0),
                                        Syscall.raw(SyscallNumbers.KEYCTL, 0),
                                        Syscall.raw(SyscallNumbers.GETPPID),
                                        Syscall.raw(600)));
        assertThat(results.subList(0, 2)).containsOnly(-(long) Errno.EACCES);
        assertThat(results.get(2)).isNotNegative();
        assertThat(results.get(3)).isEqualTo(-(long) Errno.ENOSYS);
    }

    private static List<Long> confined(
            SeccompAction byDefault, List<Rule> rules, Callable<List<Long>> calls)
            throws Exception {
        byte[] code =
                SeccompFilter.compile(
                        new SeccompProfile(
                                byDefault, EnumSet.allOf(SeccompArchitecture.class), rules));
        // everything the confined part needs is loaded before
        calls.call();
        FutureTask<List<Long>> task =
                new FutureTask<>(() -> {
                    Seccomp.confineThread(code, 0);
                    return calls.call();
                });
        Thread.ofPlatform().start(task);
        return task.get();
    }
}
