package dev.carafe.cli.command;

import dev.carafe.cli.terminal.Output;

/// The classic builder's stream as it is.
final class ClassicDisplay implements BuildDisplay {
    private final Output out;

    ClassicDisplay(Output out) {
        this.out = out;
    }

    @Override
    public void text(String text) {
        out.print(text);
        out.flush();
    }
}
