package dev.carafe.build.solve;

import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.client.SshAgent;
import dev.carafe.build.dockerfile.RunMount;
import dev.carafe.build.files.Chown;
import dev.carafe.build.steps.StepSpec.StepMount;
import dev.carafe.build.words.Lexer;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the client lets one step see: secrets as files in memory or as variables, ssh agents as
/// sockets. Nothing of it is part of a key, a layer or the history.
final class StepSecrets {
    private static final String DEFAULT_AGENT = "default";
    private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK=";
    private static final int SECRET_MODE = 0400;
    private static final int AGENT_MODE = 0600;

    private final BuildClient client;
    private final SecretFolder folder;
    private final Undo undo;
    private final List<StepMount> mounts = new ArrayList<>();
    private final List<String> env = new ArrayList<>();

    /// @param undo takes all of it away after the step
    StepSecrets(BuildClient client, SecretFolder folder, Undo undo) {
        this.client = client;
        this.folder = folder;
        this.undo = undo;
    }

    List<StepMount> mounts() {
        return mounts;
    }

    /// `NAME=value`
    List<String> env() {
        return env;
    }

    /// @param target of the file, absolute
    /// @throws NotFound when it is required, and the client has none
    void secret(RunMount mount, String id, String target) {
        Optional<byte[]> content = client.secret(id);
        if (content.isEmpty()) {
            if (mount.required()) {
                throw new NotFound(new Subject("secret", id), "secret " + id + ": not found");
            }
            return;
        }
        String variable = mount.env();
        if (variable != null && !variable.isEmpty()) {
            env.add(variable + "=" + new String(content.get(), StandardCharsets.UTF_8));
            if (mount.target() == null || mount.target().isEmpty()) {
                return;
            }
        }
        Path place = folder.make();
        undo.push(() -> SecretFolder.remove(place));
        Path file = place.resolve("secret");
        SecretFolder.write(file, content.get(), owner(mount), mode(mount, SECRET_MODE));
        mounts.add(new StepMount(file.toString(), target, true, 0));
    }

    /// @param target of the socket, absolute
    /// @throws NotFound when it is required, and the client has none
    void agent(RunMount mount, String target) {
        String id = agentId(mount);
        Optional<SshAgent> agent = client.agent(id);
        if (agent.isEmpty()) {
            if (mount.required()) {
                throw new NotFound(
                        new Subject("ssh agent", id),
                        "no SSH key " + Lexer.quoted(id) + " forwarded from the client: use --ssh");
            }
            return;
        }
        undo.push(agent.get()::close);
        Path socket = agent.get().socket();
        give(socket, owner(mount), mode(mount, AGENT_MODE));
        mounts.add(new StepMount(socket.toString(), target, false, 0));
        if (env.stream().noneMatch(line -> line.startsWith(AGENT_VARIABLE))) {
            env.add(AGENT_VARIABLE + target);
        }
    }

    static String agentId(RunMount mount) {
        return mount.id() == null || mount.id().isEmpty() ? DEFAULT_AGENT : mount.id();
    }

    private static void give(Path socket, Chown owner, int mode) {
        try (Fd dir = FileSystem.open(String.valueOf(socket.getParent()), FileSystem.O_DIRECTORY)) {
            String name = String.valueOf(socket.getFileName());
            FileSystem.fchownat(
                    dir, name, owner.uid(), owner.gid(), FileSystem.AT_SYMLINK_NOFOLLOW);
            FileSystem.fchmodat(dir, name, mode);
        }
    }

    private static Chown owner(RunMount mount) {
        return new Chown(
                mount.uid() == null ? 0 : mount.uid(), mount.gid() == null ? 0 : mount.gid());
    }

    private static int mode(RunMount mount, int otherwise) {
        Integer given = mount.mode();
        return given == null ? otherwise : given;
    }
}
