package dev.carafe.cli.request;

import dev.carafe.cli.flags.DeviceRate;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.flags.UlimitValue;
import dev.carafe.cli.flags.Values;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Memory, CPU, block I/O, pids, ulimits.
final class Limits {
    private final Parsed flags;
    private final JsonObject host;

    Limits(Parsed flags, JsonObject host) {
        this.flags = flags;
        this.host = host;
    }

    /// All of `run` and `create`.
    void apply() {
        update();
        bytes("shm-size", "ShmSize");
        bytes("io-maxbandwidth", "IOMaximumBandwidth");
        swappiness();
        number("cpu-count", "CpuCount");
        number("cpu-percent", "CpuPercent");
        number("io-maxiops", "IOMaximumIOps");
        number("oom-score-adj", "OomScoreAdj");
        text("cgroup-parent", "CgroupParent");
        if (flags.has("oom-kill-disable")) {
            host.put("OomKillDisable", flags.bool("oom-kill-disable"));
        }
        blockIo();
        ulimits();
    }

    /// Those that `update` has too.
    void update() {
        bytes("memory", "Memory");
        bytes("memory-reservation", "MemoryReservation");
        bytes("memory-swap", "MemorySwap");
        if (flags.has("cpus")) {
            host.put("NanoCpus", Values.nanoCpus(flags.text("cpus")));
        }
        number("cpu-shares", "CpuShares");
        number("cpu-period", "CpuPeriod");
        number("cpu-quota", "CpuQuota");
        number("cpu-rt-period", "CpuRealtimePeriod");
        number("cpu-rt-runtime", "CpuRealtimeRuntime");
        number("pids-limit", "PidsLimit");
        number("blkio-weight", "BlkioWeight");
        text("cpuset-cpus", "CpusetCpus");
        text("cpuset-mems", "CpusetMems");
    }

    private void bytes(String flag, String field) {
        if (flags.has(flag)) {
            host.put(field, Values.swapBytes(flags.text(flag)));
        }
    }

    private void number(String flag, String field) {
        if (flags.has(flag)) {
            host.put(field, flags.number(flag));
        }
    }

    private void text(String flag, String field) {
        if (!flags.text(flag).isEmpty()) {
            host.put(field, flags.text(flag));
        }
    }

    private void swappiness() {
        if (!flags.has("memory-swappiness")) {
            return;
        }
        long value = flags.number("memory-swappiness");
        if (value != -1 && (value < 0 || value > 100)) {
            throw new Failure(
                    125, "invalid value: " + value + ". Valid memory swappiness range is 0-100");
        }
        host.put("MemorySwappiness", value);
    }

    private void blockIo() {
        List<@Nullable Object> weights = new ArrayList<>();
        for (String text : flags.all("blkio-weight-device")) {
            DeviceRate weight = DeviceRate.weight(text);
            weights.add(
                    new JsonObject().with("Path", weight.path()).with("Weight", weight.value()));
        }
        putAny("BlkioWeightDevice", weights);
        rates("device-read-bps", "BlkioDeviceReadBps", true);
        rates("device-write-bps", "BlkioDeviceWriteBps", true);
        rates("device-read-iops", "BlkioDeviceReadIOps", false);
        rates("device-write-iops", "BlkioDeviceWriteIOps", false);
    }

    private void rates(String flag, String field, boolean bytes) {
        List<@Nullable Object> rates = new ArrayList<>();
        for (String text : flags.all(flag)) {
            DeviceRate rate = bytes ? DeviceRate.bytes(text) : DeviceRate.operations(text);
            rates.add(new JsonObject().with("Path", rate.path()).with("Rate", rate.value()));
        }
        putAny(field, rates);
    }

    private void ulimits() {
        TreeMap<String, Object> byName = new TreeMap<>();
        for (String text : flags.all("ulimit")) {
            UlimitValue limit = UlimitValue.parse(text);
            byName.put(
                    limit.name(),
                    new JsonObject()
                            .with("Name", limit.name())
                            .with("Hard", limit.hard())
                            .with("Soft", limit.soft()));
        }
        putAny("Ulimits", new ArrayList<>(byName.values()));
    }

    private void putAny(String field, List<@Nullable Object> list) {
        if (!list.isEmpty()) {
            host.put(field, list);
        }
    }
}
