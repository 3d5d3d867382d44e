package dev.carafe.daemon;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// What the build wrote about itself into `build.properties`.
///
/// @param version ours: `0.1.0`
/// @param commit of the sources, or empty
/// @param time of the build as a date, or empty
record Build(String version, String commit, String time) {
    /// The Docker release whose API and behaviour we follow. Clients compare this, so it is a
    /// semantic version (see `docs/adr/0003-versions.md`).
    private static final String DOCKER = "28.5.2";

    static Build load() {
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            Properties p = new Properties();
            p.load(in);
            String version = p.getProperty("version", "0.0.0").replace("-SNAPSHOT", "");
            return new Build(version, known(p.getProperty("commit")), known(p.getProperty("time")));
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "can't read build.properties: " + e, e);
        }
    }

    /// Empty where the build had nothing to put in.
    private static String known(String value) {
        return value == null || value.startsWith("$") ? "" : value;
    }

    /// What the API reports as the server's version: `28.5.2+carafe`, with no more points than
    /// Docker's.
    String serverVersion() {
        return DOCKER + "+carafe";
    }

    @Override
    public String toString() {
        return "Carafe version " + version + (commit.isEmpty() ? "" : ", build " + commit);
    }
}
