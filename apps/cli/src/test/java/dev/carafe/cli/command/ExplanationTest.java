package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final String ID = "0123456789ab".repeat(5) + "0123";

    private static List<String> of(String state, String host, String more) {
        return new Explanation(
                        Json.readObject(
                                """
                                {"Id":"%s","Name":"/web","Path":"httpd","Args":["-f"],"State":%s,"HostConfig":%s,
                                 "Config":{"Image":"busybox","User":"www","Hostname":"h"}%s}
                                """
                                        .formatted(ID, state, host, more)))
                .lines();
    }

    @Test
    void everythingIsToldWithItsFlag() {
        List<String> lines =
                of(
                        "{\"Status\":\"running\",\"Running\":true,\"Pid\":7}",
                        """
                        {"Memory":67108864,"MemorySwap":-1,"NanoCpus":500000000,"PidsLimit":9,"NetworkMode":"n1",
                         "PidMode":"host","IpcMode":"container:%s","CgroupnsMode":"private","ReadonlyRootfs":true,
                         "CapDrop":["CAP_CHOWN"],"CapAdd":["CAP_SYS_TIME"],"SecurityOpt":["no-new-privileges","seccomp=unconfined"],
                         "MaskedPaths":["/proc/kcore"],"ReadonlyPaths":[],"Tmpfs":{"/t":""},"ShmSize":67108864,
                         "RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3}}
                        """
                                .formatted(ID),
                        """
                        ,"Mounts":[{"Type":"volume","Name":"data","Destination":"/d","RW":false}],
                         "NetworkSettings":{"Networks":{"n1":{"IPAddress":"10.0.0.2","Gateway":"10.0.0.1","DNSNames":["web"]}},
                         "Ports":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}]}}
                        """);
        assertThat(lines)
                .contains(
                        "web (0123456789ab) from image busybox",
                        "  state         running, process 7 of the host",
                        "  command       httpd -f",
                        "  user          www",
                        "  restart       when it fails, at most 3 times (--restart on-failure)",
                        "  processes     the host's (--pid host)",
                        "  ipc           that of 0123456789ab (--ipc)",
                        "  memory        64MiB, swap without limit (--memory)",
                        "  cpu           0.50 CPUs (--cpus)",
                        "  processes     9 (--pids-limit)",
                        "  /             the image's layers, read-only (--read-only)",
                        "  /d            volume data, read-only",
                        "  capabilities  Docker's fourteen, and CAP_SYS_TIME (--cap-add), without CAP_CHOWN (--cap-drop)",
                        "  seccomp       off (--security-opt seccomp=unconfined)",
                        "  set-uid       gains nothing (--security-opt no-new-privileges)",
                        "  n1            10.0.0.2, through 10.0.0.1; known there as web",
                        "  port 80/tcp   from this machine only, 127.0.0.1 port 8080 (--publish)");
    }

    @Test
    void aPrivilegedContainerOnTheHostsNetworkIsToldAsDangerousAsItIs() {
        List<String> lines =
                of(
                        "{\"Status\":\"created\"}",
                        "{\"Privileged\":true,\"NetworkMode\":\"host\",\"CgroupnsMode\":\"host\"}",
                        "");
        assertThat(lines)
                .contains(
                        "  state         created",
                        "  users         the host's: root inside is root outside",
                        "  capabilities  all, and every device (--privileged): root inside can do what root outside can",
                        "  all           the host's: every port it listens on is the host's (--network host)");
    }
}
