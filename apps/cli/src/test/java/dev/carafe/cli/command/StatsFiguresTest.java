package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.json.Json;
import org.junit.jupiter.api.Test;

class StatsFiguresTest {
    private static final String TWO_CPUS_QUARTER_BUSY =
            """
            {"name":"/web","id":"0123456789abcdef",
             "cpu_stats":{"cpu_usage":{"total_usage":1500},"system_cpu_usage":9000,"online_cpus":2},
             "precpu_stats":{"cpu_usage":{"total_usage":1000},"system_cpu_usage":5000},
             "memory_stats":{"usage":3145728,"limit":8388608,"stats":{"inactive_file":1048576}},
             "networks":{"eth0":{"rx_bytes":1000,"tx_bytes":2},"eth1":{"rx_bytes":500,"tx_bytes":0}},
             "blkio_stats":{"io_service_bytes_recursive":[
               {"major":8,"minor":0,"op":"Read","value":4096},{"major":8,"minor":0,"op":"Write","value":8192},
               {"major":8,"minor":16,"op":"read","value":4},{"major":8,"minor":0,"op":"Total","value":99}]},
             "pids_stats":{"current":3}}
            """;

    private static String row(StatsRow row) {
        return String.join(
                "|",
                row.text("ID"),
                row.text("Name"),
                row.text("CPUPerc"),
                row.text("MemUsage"),
                row.text("MemPerc"),
                row.text("NetIO"),
                row.text("BlockIO"),
                row.text("PIDs"));
    }

    private static StatsFigures figures(String json) {
        return StatsFigures.of(Json.readObject(json));
    }

    @Test
    void cpuCountsFrom100PerBusyCpu() {
        assertThat(figures(TWO_CPUS_QUARTER_BUSY).cpuPercent()).isEqualTo(25.0);
        String older = TWO_CPUS_QUARTER_BUSY.replace(",\"online_cpus\":2", "");
        assertThat(figures(older).cpuPercent()).isZero();
        assertThat(
                        figures(
                                        older.replace(
                                                "\"total_usage\":1500",
                                                "\"total_usage\":1500,\"percpu_usage\":[1,2,3,4]"))
                                .cpuPercent())
                .isEqualTo(50.0);
    }

    @Test
    void aRowHasDockersUnits() {
        assertThat(row(new StatsRow("web", figures(TWO_CPUS_QUARTER_BUSY), false)))
                .isEqualTo(
                        "0123456789ab|web|25.00%|2MiB / 8MiB|25.00%|1.5kB / 2B|4.1kB / 8.19kB|3");
    }

    @Test
    void cgroupVersion1NamesDroppablePagesOtherwise() {
        String v1 =
                TWO_CPUS_QUARTER_BUSY.replace(
                        "\"inactive_file\":1048576",
                        "\"inactive_file\":7,\"total_inactive_file\":2097152");
        assertThat(figures(v1).memory()).isEqualTo(1048576.0);
    }

    @Test
    void aStoppedContainerUsesNothing() {
        String stopped = "{\"name\":\"/web\",\"id\":\"ab\",\"cpu_stats\":{},\"memory_stats\":{}}";
        assertThat(row(new StatsRow("web", figures(stopped), false)))
                .isEqualTo("ab|web|0.00%|0B / 0B|0.00%|0B / 0B|0B / 0B|0");
    }

    @Test
    void beforeTheFirstAnswerThereAreDashes() {
        assertThat(row(new StatsRow("web", null, false))).isEqualTo("|--|--|-- / --|--|--|--|--");
    }
}
