package dev.carafe.runtime;

import dev.carafe.linux.EventLoop;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.runtime.steps.MonitorSteps;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// A process that makes a container and is killed afterwards. Arguments: what to do (`create`,
/// `start`, `exec`, `unfinished`), id, root, runtime folder, run directory, the program and its
/// arguments.
final class CrashingDaemon {
    private CrashingDaemon() {}

    public static void main(String[] args) throws Exception {
        EventLoop loop = new EventLoop();
        LaunchRuntime runtime = new LaunchRuntime(loop, CgroupManager.detect(), Path.of(args[3]));
        Path runDir = Path.of(args[4]);
        Specs specs = Specs.of(Arrays.copyOfRange(args, 5, args.length));
        ContainerHandle container =
                runtime.create(
                        new CreateRequest(
                                args[1],
                                specs.spec(),
                                new RootFilesystem.Directory(Path.of(args[2])),
                                StdioRequest.pipes(true),
                                null,
                                runDir));
        if (args[0].equals("unfinished")) {
            try (FileChannel file =
                    FileChannel.open(runDir.resolve(MonitorSteps.FILE), StandardOpenOption.WRITE)) {
                file.truncate(MonitorSteps.STATE_AT);
            }
        } else if (!args[0].equals("create")) {
            container.start();
        }
        if (args[0].equals("exec")) {
            Specs second = Specs.shell("read x; echo exec got $x; exit 8");
            runtime.exec(
                    new ExecRequest(
                            args[1],
                            args[1] + "e",
                            container,
                            second.process(),
                            StdioRequest.pipes(true),
                            Files.createDirectories(runDir.resolve("exec"))));
        }
        System.out.println("ready");
        System.out.flush();
        Thread.sleep(600_000);
    }
}
