package dev.carafe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsIT {
    @TempDir Path temp;

    @Test
    void aDetachedMountIsUsableAndInNoTable() throws IOException {
        String before = Files.readString(Path.of("/proc/self/mountinfo"));
        Fd mount = tmpfs("size=1m", "mode=0750");
        try (mount) {
            Files.writeString(mount.procPath().resolve("file"), "hello");
            assertThat(Files.readString(mount.procPath().resolve("file"))).isEqualTo("hello");
            assertThat(FileSystem.statx(mount, "", FileSystem.AT_EMPTY_PATH).permissions())
                    .isEqualTo(0750);
            assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).isEqualTo(before);
            FileSystemUsage usage = FileSystem.fstatfs(mount);
            assertThat(usage.typeName()).isEqualTo("tmpfs");
            assertThat(usage.totalBytes()).isEqualTo(1 << 20);
            assertThat(usage.freeBytes()).isLessThan(1 << 20);
        }
    }

    @Test
    void anOverlayIsMadeFromDescriptorsAndAttached() {
        String seen =
                Namespaces.inNewMountNamespace(() -> {
                    for (String name : new String[] {"low", "up", "work", "at"}) {
                        Files.createDirectory(temp.resolve(name));
                    }
                    Files.writeString(temp.resolve("low/a"), "from below");
                    try (Fd context = Mounts.fsopen("overlay")) {
                        Mounts.fsconfigString(context, "source", "overlay");
                        Mounts.fsconfigString(context, "lowerdir+", temp.resolve("low").toString());
                        Mounts.fsconfigString(context, "upperdir", temp.resolve("up").toString());
                        Mounts.fsconfigString(context, "workdir", temp.resolve("work").toString());
                        Mounts.fsconfigCreate(context);
                        try (Fd mount = Mounts.fsmount(context, Mounts.MOUNT_ATTR_NODEV)) {
                            Mounts.moveMount(
                                    mount,
                                    "",
                                    Fd.CWD,
                                    temp.resolve("at").toString(),
                                    Mounts.MOVE_MOUNT_F_EMPTY_PATH);
                        }
                    }
                    Files.writeString(temp.resolve("at/b"), "new");
                    String a = Files.readString(temp.resolve("at/a"));
                    assertThat(Files.readString(Path.of("/proc/thread-self/mountinfo")))
                            .contains(temp.resolve("at") + " rw,nodev");
                    Mounts.umount2(temp.resolve("at").toString(), Mounts.MNT_DETACH);
                    return a;
                });
        assertThat(seen).isEqualTo("from below");
        assertThat(temp.resolve("up/b")).exists();
    }

    @Test
    void classicMountsAndAttributesWork() {
        Namespaces.inNewMountNamespace(() -> {
            String at = temp.toString();
            Mounts.mount("tmpfs", at, "tmpfs", Mounts.MS_NOSUID, "size=64k");
            Files.writeString(temp.resolve("x"), "1");
            Mounts.mountSetattr(Fd.CWD, at, 0, Mounts.MOUNT_ATTR_RDONLY, 0, 0, null);
            assertThatThrownBy(() -> FileSystem.mkdirat(Fd.CWD, at + "/y", 0700))
                    .hasMessageContaining("Read-only file system");
            assertThat(FileSystem.isWritable(at)).isFalse();
            Fd tree = Mounts.openTree(Fd.CWD, at, Mounts.OPEN_TREE_CLONE | Mounts.AT_RECURSIVE);
            Mounts.umount2(at, 0);
            try (tree) {
                assertThat(Files.readString(tree.procPath().resolve("x"))).isEqualTo("1");
            }
            return true;
        });
        assertThat(temp.resolve("x")).doesNotExist();
    }

    @Test
    void aRefusedOptionIsNamed() {
        try (Fd context = Mounts.fsopen("tmpfs")) {
            assertThatThrownBy(() -> Mounts.fsconfigString(context, "nonsense", "1"))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessageContaining("fsconfig nonsense=1")
                    .hasMessageContaining("Unknown parameter 'nonsense'");
        }
        assertThatThrownBy(() -> Mounts.mount("a", temp + "/none", "tmpfs", 0, null))
                .hasMessage("mount a on " + temp + "/none: No such file or directory (errno 2)");
    }

    @Test
    void probesAnswer() {
        for (Kernel.Feature feature : Kernel.Feature.values()) {
            assertThat(Kernel.has(feature)).as(feature.name()).isTrue();
        }
        assertThat(Kernel.overlayTakesSingleLayers()).isTrue();
        assertThat(Kernel.version().atLeast(5, 11)).isTrue();
    }

    private static Fd tmpfs(String... options) {
        try (Fd context = Mounts.fsopen("tmpfs")) {
            for (String option : options) {
                String[] pair = option.split("=");
                Mounts.fsconfigString(context, pair[0], pair[1]);
            }
            Mounts.fsconfigCreate(context);
            return Mounts.fsmount(context, 0);
        }
    }
}
