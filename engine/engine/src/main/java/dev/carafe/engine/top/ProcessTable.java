package dev.carafe.engine.top;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.ProcFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A table of processes with the columns that a ps command line asks for: `-ef`, `aux`, `-o
/// pid,comm` and the like.
public final class ProcessTable {
    private static final long TICKS_PER_SECOND = 100;
    private static final List<String> FULL =
            List.of("uid", "pid", "ppid", "c", "stime", "tty", "time", "cmd");
    private static final List<String> BSD =
            List.of(
                    "user", "pid", "%cpu", "%mem", "vsz", "rss", "tty", "stat", "start", "time",
                    "command");
    private static final Map<String, String> TITLES =
            Map.ofEntries(
                    Map.entry("comm", "COMMAND"),
                    Map.entry("args", "COMMAND"),
                    Map.entry("command", "COMMAND"),
                    Map.entry("cmd", "CMD"),
                    Map.entry("%cpu", "%CPU"),
                    Map.entry("pcpu", "%CPU"),
                    Map.entry("%mem", "%MEM"),
                    Map.entry("pmem", "%MEM"),
                    Map.entry("tty", "TTY"),
                    Map.entry("stime", "STIME"));

    private ProcessTable() {}

    public record Table(List<String> titles, List<List<String>> rows) {}

    /// @param psArgs options of ps; empty: `-ef`
    /// @throws InvalidArgument an option that is not known
    public static Table of(List<Integer> pids, String psArgs) {
        List<String> columns = columns(psArgs);
        List<List<String>> rows = new ArrayList<>();
        for (int pid : pids) {
            process(pid).ifPresent(p -> rows.add(columns.stream().map(p::column).toList()));
        }
        return new Table(columns.stream().map(ProcessTable::title).toList(), rows);
    }

    private static String title(String column) {
        return TITLES.getOrDefault(column, column.toUpperCase(Locale.ROOT));
    }

    private static List<String> columns(String psArgs) {
        List<String> words =
                psArgs.isBlank() ? List.of("-ef") : List.of(psArgs.strip().split("\\s+"));
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int o = word.indexOf('o');
            if (word.matches("-?[eAa]*o.*") && !word.startsWith("--")) {
                String list =
                        word.length() > o + 1
                                ? word.substring(o + 1)
                                : i + 1 < words.size() ? words.get(++i) : "";
                for (String column : list.split(",")) {
                    asked.add(column.replaceAll("=.*", "").toLowerCase(Locale.ROOT));
                }
            }
        }
        if (!asked.isEmpty()) {
            return asked;
        }
        String first = words.getFirst();
        return !first.startsWith("-") && first.contains("u") ? BSD : FULL;
    }

    private static Optional<Row> process(int pid) {
        Optional<String> stat = ProcFiles.tryRead("/proc/" + pid + "/stat");
        Optional<String> status = ProcFiles.tryRead("/proc/" + pid + "/status");
        if (stat.isEmpty() || status.isEmpty()) {
            return Optional.empty();
        }
        String text = stat.get();
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        String name = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
        String command = CommandLines.of(pid, fields[0].equals("Z"));
        return Optional.of(
                new Row(
                        pid,
                        fields,
                        status.get(),
                        name,
                        command.isEmpty() ? "[" + name + "]" : command));
    }

    /// @param fields of /proc/pid/stat from the state on (field 3)
    private record Row(int pid, String[] fields, String status, String name, String command) {
        String column(String column) {
            return switch (column) {
                case "pid" -> String.valueOf(pid);
                case "ppid" -> fields[1];
                case "pgid", "pgrp" -> fields[2];
                case "sid", "sess" -> fields[3];
                case "uid", "user", "euser" -> user();
                case "c" -> String.valueOf((int) cpu());
                case "%cpu", "pcpu" -> String.format(Locale.ROOT, "%.1f", cpu());
                case "%mem", "pmem" ->
                        String.format(Locale.ROOT, "%.1f", 100.0 * rssKib() / memoryKib());
                case "vsz" -> String.valueOf(Long.parseLong(fields[20]) / 1024);
                case "rss" -> String.valueOf(rssKib());
                case "tty", "tt" -> tty();
                case "stat", "state", "s" -> fields[0];
                case "stime", "start" -> started();
                case "time" -> time();
                case "etime" -> age().toString();
                case "nlwp" -> fields[17];
                case "ni" -> fields[16];
                case "comm" -> name;
                case "cmd", "args", "command" -> command;
                default -> throw new InvalidArgument("unknown column of ps: " + column);
            };
        }

        private String user() {
            String uid =
                    status.lines()
                            .filter(l -> l.startsWith("Uid:"))
                            .findFirst()
                            .orElse("Uid:\t0")
                            .split("\\s+")[1];
            return uid.equals("0") ? "root" : uid;
        }

        private long cpuTicks() {
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }

        private double cpu() {
            return 100.0 * cpuTicks() / TICKS_PER_SECOND / Math.max(1, age().toSeconds());
        }

        private Duration age() {
            double uptime = Double.parseDouble(ProcFiles.read("/proc/uptime").split(" ")[0]);
            return Duration.ofSeconds(
                    (long) (uptime - Double.parseDouble(fields[19]) / TICKS_PER_SECOND));
        }

        private String started() {
            Duration age = age();
            LocalDateTime at =
                    LocalDateTime.ofInstant(Instant.now().minus(age), ZoneId.systemDefault());
            return at.format(
                    DateTimeFormatter.ofPattern(age.toDays() > 0 ? "MMMdd" : "HH:mm", Locale.ROOT));
        }

        private String time() {
            long seconds = cpuTicks() / TICKS_PER_SECOND;
            return String.format(
                    Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        }

        private long rssKib() {
            return Long.parseLong(fields[21]) * 4;
        }

        private static long memoryKib() {
            try {
                return Long.parseLong(
                        Files.readString(Path.of("/proc/meminfo"))
                                .lines()
                                .findFirst()
                                .orElse("MemTotal: 1 kB")
                                .split("\\s+")[1]);
            } catch (IOException e) {
                return 1;
            }
        }

        private String tty() {
            int device = Integer.parseInt(fields[4]);
            int major = (device >> 8) & 0xfff;
            return device == 0
                    ? "?"
                    : major == 136 ? "pts/" + (device & 0xff) : "tty" + (device & 0xff);
        }
    }
}
