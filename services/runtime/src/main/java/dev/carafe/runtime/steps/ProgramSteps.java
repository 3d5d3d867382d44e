package dev.carafe.runtime.steps;

import dev.carafe.linux.Errno;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.oci.runtime.Process;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Mark;
import dev.carafe.runtime.plan.Step;
import java.util.ArrayList;
import java.util.List;

/// Executes the program, or finds out why that can't be, in the words of Go's os/exec, which
/// docker's clients know.
final class ProgramSteps {
    private static final int X_OK = 1;

    private final LaunchPlan plan;
    private final Calls calls;
    private final Process process;
    private final String name;

    ProgramSteps(Calls calls, Process process) {
        this.plan = calls.plan;
        this.calls = calls;
        this.process = process;
        this.name = process.args().getFirst();
    }

    /// Nothing comes after these steps.
    void execute() {
        long arguments = plan.vector(process.args());
        long environment = plan.vector(process.env());
        List<String> candidates = candidates();
        List<Step> tries = new ArrayList<>();
        for (String path : candidates) {
            tries.add(
                    calls.step(
                                    "exec " + path,
                                    SyscallNumbers.EXECVE,
                                    plan.text(path),
                                    arguments,
                                    environment)
                            .tolerate(Errno.ENOENT, Errno.EACCES, Errno.ENOTDIR));
        }
        if (name.contains("/")) {
            explainPath(tries.getFirst());
        } else {
            explainSearch(candidates, tries);
        }
    }

    private List<String> candidates() {
        if (name.contains("/")) {
            return List.of(name);
        }
        String path = "";
        for (String variable : process.env()) {
            path = variable.startsWith("PATH=") ? variable.substring(5) : path;
        }
        List<String> found = new ArrayList<>();
        for (String folder : path.split(":")) {
            if (folder.startsWith("/") && !name.isEmpty()) {
                found.add((folder.endsWith("/") ? folder : folder + "/") + name);
            }
        }
        return found;
    }

    // a file that may be executed, and still execve failed: its own error counts (an interpreter
    // that is not there)
    private void explainSearch(List<String> candidates, List<Step> tries) {
        for (int i = 0; i < candidates.size(); i++) {
            Mark next = plan.mark();
            String label = "look at " + candidates.get(i);
            calls.step(
                            label,
                            SyscallNumbers.FACCESSAT,
                            Calls.CWD,
                            plan.text(candidates.get(i)),
                            X_OK)
                    .onError(next);
            plan.load32("exec " + candidates.get(i), tries.get(i).result());
            plan.place(next);
        }
        fail(
                "find " + name,
                Errno.ENOENT,
                "exec: \"" + name + "\": executable file not found in $PATH");
    }

    private void explainPath(Step tried) {
        String quoted = "exec: \"" + name + "\": ";
        int flags = FileSystem.O_PATH | FileSystem.O_CLOEXEC;
        calls.step(
                quoted + "stat " + name,
                SyscallNumbers.OPENAT,
                Calls.CWD,
                plan.text(name),
                flags,
                0);
        Mark noFolder = plan.mark();
        calls.step(
                        "look whether it is a directory",
                        SyscallNumbers.OPENAT,
                        Calls.CWD,
                        plan.text(name),
                        flags | FileSystem.O_DIRECTORY,
                        0)
                .onError(noFolder);
        fail("exec " + name, Errno.EACCES, quoted + "is a directory");
        plan.place(noFolder);
        Mark mayNot = plan.mark();
        calls.step(
                        "look whether it may be executed",
                        SyscallNumbers.FACCESSAT,
                        Calls.CWD,
                        plan.text(name),
                        X_OK)
                .onError(mayNot);
        plan.load32("exec " + name, tried.result());
        plan.place(mayNot);
        fail("exec " + name, Errno.EACCES, quoted + "permission denied");
    }

    private void fail(String label, int errno, String sentence) {
        plan.load32(label, plan.words(-errno)).says(sentence);
    }
}
