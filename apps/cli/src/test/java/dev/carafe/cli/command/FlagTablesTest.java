package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.Resources;
import dev.carafe.cli.flags.Flag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// flags.tsv holds the flags of docker's commands that exist here: command, flag, letter, type.
class FlagTablesTest {
    @Test
    void everyFlagOfDockersCommandsIsThereWithItsLetterAndType() {
        List<String> wrong = new ArrayList<>();
        List<String> lines = Resources.text("flags.tsv").lines().skip(1).toList();
        for (String line : lines) {
            String[] row = line.split("\t", -1);
            Flag flag = byName(FlagTables.of(row[0])).get(row[1]);
            String letter =
                    flag == null || flag.letter() == 0 ? "" : Character.toString(flag.letter());
            if (flag == null) {
                wrong.add(row[0] + " --" + row[1] + " is missing");
            } else if (!letter.equals(row[2])) {
                wrong.add(
                        row[0]
                                + " --"
                                + row[1]
                                + " has the letter '"
                                + letter
                                + "', not '"
                                + row[2]
                                + "'");
            } else if (!type(flag).equals(row[3]) && !row[1].equals("host")) {
                wrong.add(
                        row[0] + " --" + row[1] + " is of type " + type(flag) + ", not " + row[3]);
            }
        }
        assertThat(lines).hasSizeGreaterThan(290);
        assertThat(wrong).isEmpty();
    }

    private static String type(Flag flag) {
        return flag.type().shown().isEmpty() ? "bool" : flag.type().shown();
    }

    private static Map<String, Flag> byName(Flag[] flags) {
        Map<String, Flag> all = new HashMap<>();
        for (Flag flag : flags) {
            all.put(flag.name(), flag);
        }
        return all;
    }

    /// commands.tsv holds docker's commands with all their other names, and why some are not here.
    @Test
    void everyCommandOfDockersIsThereUnlessThereIsAReason() {
        List<String> lines = Resources.text("commands.tsv").lines().skip(1).toList();
        for (String line : lines) {
            String[] row = line.split("\t", -1);
            boolean there = Catalog.isGroup(row[0]) || command(row[0]) != null;
            assertThat(there).as(row[0] + ", reason: " + row[1]).isEqualTo(row[1].isEmpty());
            String top = row[0].replaceFirst(" .*", "");
            assertThat(Absent.instead(top).isEmpty()).as(top).isEqualTo(row[1].isEmpty());
        }
        assertThat(lines).hasSizeGreaterThan(110);
    }

    @Test
    void commandsOfGroupsTakeTheFlagsOfTheirShortForms() {
        for (String name : Catalog.OTHERS) {
            for (String group : List.of("container", "image", "system")) {
                Command grouped = Catalog.inGroup(group, name);
                Command top = Catalog.top(name);
                if (grouped != null
                        && top != null
                        && List.of(grouped.aliases().split(", ")).contains("carafe " + name)) {
                    assertThat(byName(grouped.flags()).keySet())
                            .as(group + " " + name)
                            .isEqualTo(byName(top.flags()).keySet());
                }
            }
        }
    }

    private static @Nullable Command command(String name) {
        int space = name.indexOf(' ');
        return space < 0
                ? Catalog.top(name)
                : Catalog.inGroup(name.substring(0, space), name.substring(space + 1));
    }

    @Test
    void noCommandHasAFlagOrALetterTwiceAndAllAreExplained() {
        for (String command : all()) {
            Set<Object> seen = new HashSet<>();
            for (Flag flag : FlagTables.of(command)) {
                assertThat(seen.add(flag.name())).as(command + " --" + flag.name()).isTrue();
                assertThat(flag.letter() == 0 || seen.add(flag.letter()))
                        .as(command + " -" + flag.letter())
                        .isTrue();
                assertThat(flag.help()).as(command + " --" + flag.name()).isNotEmpty();
            }
        }
    }

    @Test
    void everyNamedCommandExistsAndHasHelp() {
        for (String command : all()) {
            int space = command.indexOf(' ');
            Command found =
                    space < 0
                            ? Catalog.top(command)
                            : Catalog.inGroup(
                                    command.substring(0, space), command.substring(space + 1));
            assertThat(found).as(command).isNotNull();
            String page = HelpPage.command(found, "carafe " + command);
            assertThat(page).startsWith("Usage:  carafe " + command).contains(found.summary());
            assertThat(page.lines().mapToInt(String::length).max().orElse(0))
                    .as(page)
                    .isLessThanOrEqualTo(120);
        }
        assertThat(HelpPage.root(List.of())).contains("  run ", "  container ", "  wait ");
    }

    private static List<String> all() {
        List<String> names = new ArrayList<>(List.of(Catalog.COMMON));
        names.addAll(List.of(Catalog.OTHERS));
        for (String group : Catalog.GROUPS) {
            for (String name : Catalog.names(group)) {
                names.add(group + " " + name);
            }
        }
        return names;
    }
}
