package dev.carafe.build.dockerfile;

import java.util.List;

/// A FROM and what follows it up to the next.
public record Stage(Instruction.From from, List<Instruction> instructions) {
    public Stage {
        instructions = List.copyOf(instructions);
    }

    /// True when this stage is called by that name; case is folded.
    public boolean isNamed(String name) {
        String own = from.name();
        return own != null && own.equalsIgnoreCase(name);
    }
}
