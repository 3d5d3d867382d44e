package dev.carafe.linux.seccomp;

import dev.carafe.linux.Errno;
import dev.carafe.linux.seccomp.SeccompProfile.ArgumentFilter;
import dev.carafe.linux.seccomp.SeccompProfile.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One compilation: an architecture switch, then for each a binary search over ranges of call
/// numbers that share a verdict. A search needs some 6 comparisons where a list needs up to 350.
final class ProfileCompiler {
    private static final int NUMBER_OFFSET = 0;
    private static final int ARCHITECTURE_OFFSET = 4;

    private final SeccompProfile profile;
    private final SyscallTable table = SyscallTable.load();
    private final BpfWriter writer = new BpfWriter();
    // the nearest return instruction of a value, to be shared by many jumps
    private final Map<Integer, Integer> returns = new HashMap<>();

    ProfileCompiler(SeccompProfile profile) {
        this.profile = profile;
    }

    byte[] compile() {
        Set<SeccompArchitecture> wanted = EnumSet.noneOf(SeccompArchitecture.class);
        wanted.addAll(profile.architectures());
        int other = killProcess();
        for (SeccompArchitecture architecture :
                List.of(
                        SeccompArchitecture.ARM,
                        SeccompArchitecture.X86,
                        SeccompArchitecture.AARCH64)) {
            if (wanted.contains(architecture)) {
                writer.here(calls(architecture));
                other =
                        writer.jumpEqual(
                                architecture.auditCode(), writer.load(NUMBER_OFFSET), other);
            }
        }
        if (wanted.contains(SeccompArchitecture.X86_64)
                || wanted.contains(SeccompArchitecture.X32)) {
            int calls = sharedCalls(wanted);
            other = writer.jumpEqual(SeccompArchitecture.X86_64.auditCode(), calls, other);
        }
        writer.here(other);
        writer.load(ARCHITECTURE_OFFSET);
        return writer.toBytes();
    }

    // x86_64 and x32 have one architecture code, and a bit in the call number between them
    private int sharedCalls(Set<SeccompArchitecture> wanted) {
        int x32 =
                wanted.contains(SeccompArchitecture.X32)
                        ? calls(SeccompArchitecture.X32)
                        : killProcess();
        int x64 =
                wanted.contains(SeccompArchitecture.X86_64)
                        ? calls(SeccompArchitecture.X86_64)
                        : killProcess();
        writer.jumpGreaterOrEqual(SeccompArchitecture.X32_BIT, x32, x64);
        return writer.load(NUMBER_OFFSET);
    }

    private int killProcess() {
        return ret(SeccompAction.of(SeccompAction.Kind.KILL_PROCESS));
    }

    /// A range's first number, and what happens to the calls in it.
    private record Range(int from, Verdict verdict) {}

    /// Rules with conditions in order, then the action when none matches.
    private record Verdict(List<Rule> conditional, SeccompAction otherwise) {}

    private int calls(SeccompArchitecture architecture) {
        List<Range> ranges = ranges(architecture);
        return search(ranges, architecture, 0, ranges.size());
    }

    private int search(List<Range> ranges, SeccompArchitecture architecture, int from, int to) {
        if (to - from == 1) {
            return verdict(ranges.get(from).verdict(), architecture);
        }
        int middle = (from + to) >>> 1;
        int high = search(ranges, architecture, middle, to);
        int low = search(ranges, architecture, from, middle);
        return writer.jumpGreaterOrEqual(ranges.get(middle).from(), high, low);
    }

    private List<Range> ranges(SeccompArchitecture architecture) {
        int bit = architecture == SeccompArchitecture.X32 ? SeccompArchitecture.X32_BIT : 0;
        Verdict byDefault = new Verdict(List.of(), profile.defaultAction());
        TreeMap<Integer, Verdict> named = named(architecture);
        List<Range> ranges = new ArrayList<>();
        ranges.add(new Range(0, byDefault));
        int next = 0;
        for (Map.Entry<Integer, Verdict> entry : named.entrySet()) {
            if (entry.getKey() > next) {
                add(ranges, new Range(next | bit, byDefault));
            }
            add(ranges, new Range(entry.getKey() | bit, entry.getValue()));
            next = entry.getKey() + 1;
        }
        add(ranges, new Range(next | bit, named.isEmpty() ? byDefault : unknown(byDefault)));
        if (ranges.size() > 1 && ranges.get(1).from() == bit) {
            // nothing is below the first number
            ranges.removeFirst();
        }
        return ranges;
    }

    private static void add(List<Range> ranges, Range range) {
        if (!ranges.getLast().verdict().equals(range.verdict())) {
            ranges.add(range);
        }
    }

    private static Verdict unknown(Verdict byDefault) {
        return switch (byDefault.otherwise().kind()) {
            case ALLOW, LOG, NOTIFY -> byDefault;
            case ERRNO, TRAP, TRACE, KILL_THREAD, KILL_PROCESS ->
                    new Verdict(List.of(), SeccompAction.errno(Errno.ENOSYS));
        };
    }

    private TreeMap<Integer, Verdict> named(SeccompArchitecture architecture) {
        TreeMap<Integer, Verdict> verdicts = new TreeMap<>();
        for (Rule rule : profile.rules()) {
            for (String name : rule.names()) {
                table.number(architecture, name)
                        .ifPresent(number ->
                                verdicts.merge(
                                        number,
                                        rule.arguments().isEmpty()
                                                ? new Verdict(List.of(), rule.action())
                                                : new Verdict(
                                                        List.of(rule), profile.defaultAction()),
                                        (had, added) -> merge(had, added, rule)));
            }
        }
        return verdicts;
    }

    // of two rules without conditions the first one counts; it stays marked by not being the
    // default
    private Verdict merge(Verdict had, Verdict added, Rule rule) {
        if (!rule.arguments().isEmpty()) {
            List<Rule> conditional = new ArrayList<>(had.conditional());
            conditional.add(rule);
            return new Verdict(List.copyOf(conditional), had.otherwise());
        }
        boolean free = had.otherwise().equals(profile.defaultAction());
        return new Verdict(had.conditional(), free ? added.otherwise() : had.otherwise());
    }

    private int verdict(Verdict verdict, SeccompArchitecture architecture) {
        int label = ret(verdict.otherwise());
        for (Rule rule : verdict.conditional().reversed()) {
            label = rule(rule, architecture, label);
        }
        return label;
    }

    private int rule(Rule rule, SeccompArchitecture architecture, int otherwise) {
        ConditionCompiler conditions = new ConditionCompiler(writer, architecture.wide());
        boolean any =
                rule.arguments().stream().map(ArgumentFilter::index).distinct().count()
                        < rule.arguments().size();
        int matched = ret(rule.action());
        int label = any ? otherwise : matched;
        for (ArgumentFilter filter : rule.arguments().reversed()) {
            label =
                    any
                            ? conditions.condition(filter, matched, label)
                            : conditions.condition(filter, label, otherwise);
        }
        return label;
    }

    private int ret(SeccompAction action) {
        int value = action.returnValue();
        Integer known = returns.get(value);
        if (known != null && writer.isNear(known)) {
            return known;
        }
        int label = writer.ret(value);
        returns.put(value, label);
        return label;
    }
}
