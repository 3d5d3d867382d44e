package dev.carafe.daemon;

import dev.carafe.runtime.OciCommand;
import java.util.List;

/// `carafe oci`: the runtime alone, by the command line that OCI runtimes share.
public final class OciMain {
    private OciMain() {}

    public static void main(String[] args) {
        System.exit(OciCommand.run(List.of(args), System.out, System.err));
    }
}
