package dev.carafe.linux;

/// The machine architectures Carafe runs on.
public enum Architecture {
    X86_64,
    AARCH64;

    private static final Architecture CURRENT = detect();

    /// The architecture of this JVM.
    ///
    /// @throws UnsupportedOperationException on any other architecture
    public static Architecture current() {
        return CURRENT;
    }

    private static Architecture detect() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default ->
                    throw new UnsupportedOperationException(
                            "architecture " + name + " is not supported");
        };
    }
}
