package dev.carafe.cli.command;

import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;

/// The same for several names: what worked is printed, what failed is told, and the command fails
/// if anything did.
final class Each {
    /// How many requests run at the same time.
    private static final int PARALLEL = 50;

    private Each() {}

    interface Action {
        /// @return the line to print; empty = none
        String on(String name) throws Failure;
    }

    /// @param summary told at the end when something failed; empty = nothing
    static int run(Session session, List<String> names, String summary, Action action) {
        List<String> failed = new ArrayList<>();
        for (String name : names) {
            try {
                print(session, action.on(name));
            } catch (Failure e) {
                session.out().flush();
                session.err().line(e.text());
                failed.add(name);
            }
        }
        return finish(session, summary, failed);
    }

    private static int finish(Session session, String summary, List<String> failed) {
        if (!failed.isEmpty() && !summary.isEmpty()) {
            session.err().line(summary + ": " + String.join(", ", failed));
        }
        return failed.isEmpty() ? 0 : 1;
    }

    private static void print(Session session, String line) {
        if (!line.isEmpty()) {
            session.out().line(line).flush();
        }
    }

    interface SessionAction {
        /// @param own a session of this thread
        String on(Session own, String name) throws Failure;
    }

    /// Many requests at a time, answers in the order of the names. For what takes long on the
    /// server, as `stop` does.
    static int parallel(Session session, List<String> names, SessionAction action) {
        if (names.size() == 1) {
            return run(session, names, "", name -> action.on(session, name));
        }
        int failed = 0;
        for (int from = 0; from < names.size(); from += PARALLEL) {
            failed +=
                    batch(
                            session,
                            names.subList(from, Math.min(names.size(), from + PARALLEL)),
                            action);
        }
        return failed == 0 ? 0 : 1;
    }

    private static int batch(Session session, List<String> names, SessionAction action) {
        List<Job> jobs = new ArrayList<>();
        for (String name : names) {
            Session own =
                    new Session(
                            session.globals(), session.in(), false, session.out(), session.err());
            Job job = new Job(own, name, action);
            job.start();
            jobs.add(job);
        }
        int failed = 0;
        for (Job job : jobs) {
            failed += job.tell(session) ? 0 : 1;
        }
        return failed;
    }

    private static final class Job extends Thread {
        private final Session own;
        private final String name;
        private final SessionAction action;
        private String line = "";
        private String failure = "";

        Job(Session own, String name, SessionAction action) {
            super("job " + name);
            this.own = own;
            this.name = name;
            this.action = action;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                line = action.on(own, name);
            } catch (Failure e) {
                failure = e.text();
            }
        }

        /// @return whether it worked
        boolean tell(Session session) {
            try {
                join();
            } catch (InterruptedException e) {
                interrupt();
            }
            if (failure.isEmpty()) {
                print(session, line);
                return true;
            }
            session.err().line(failure);
            return false;
        }
    }
}
