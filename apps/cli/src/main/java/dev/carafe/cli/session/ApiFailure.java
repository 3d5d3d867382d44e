package dev.carafe.cli.session;

/// The daemon refused. The sentence is `Error response from daemon: ...`.
public final class ApiFailure extends Failure {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String serverMessage;

    ApiFailure(int status, String serverMessage) {
        super("Error response from daemon: " + serverMessage);
        this.status = status;
        this.serverMessage = serverMessage;
    }

    public int status() {
        return status;
    }

    /// The server's own words.
    public String serverMessage() {
        return serverMessage;
    }
}
