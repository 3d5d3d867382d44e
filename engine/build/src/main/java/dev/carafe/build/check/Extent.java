package dev.carafe.build.check;

import java.util.Set;

/// How far checks go: a build that fails tells only what it came by.
///
/// @param whole whether the file could be read to its end; else only what single lines tell is told
/// @param begun of how many stages the FROM is looked at
/// @param stages the indexes of those whose instructions are looked at
public record Extent(boolean whole, int begun, Set<Integer> stages) {
    public Extent {
        stages = Set.copyOf(stages);
    }
}
