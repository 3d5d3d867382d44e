package dev.carafe.engine;

/// A container engine: every verb as a use case, one accessor each. Thread-safe.
public final class Engine implements AutoCloseable {
    private Engine() {}

    /// Opens the engine on its roots and takes up the containers that are there, running ones included.
    public static Engine open(EngineOptions options) {
        throw new UnsupportedOperationException();
    }

    public CreateContainer createContainer() {
        throw new UnsupportedOperationException();
    }

    public StartContainer startContainer() {
        throw new UnsupportedOperationException();
    }

    public StopContainer stopContainer() {
        throw new UnsupportedOperationException();
    }

    public KillContainer killContainer() {
        throw new UnsupportedOperationException();
    }

    public RestartContainer restartContainer() {
        throw new UnsupportedOperationException();
    }

    public PauseContainer pauseContainer() {
        throw new UnsupportedOperationException();
    }

    public RemoveContainer removeContainer() {
        throw new UnsupportedOperationException();
    }

    public RenameContainer renameContainer() {
        throw new UnsupportedOperationException();
    }

    public WaitContainer waitContainer() {
        throw new UnsupportedOperationException();
    }

    public AttachContainer attachContainer() {
        throw new UnsupportedOperationException();
    }

    public ResizeContainer resizeContainer() {
        throw new UnsupportedOperationException();
    }

    public ReadLogs readLogs() {
        throw new UnsupportedOperationException();
    }

    public InspectContainer inspectContainer() {
        throw new UnsupportedOperationException();
    }

    public ListContainers listContainers() {
        throw new UnsupportedOperationException();
    }

    public TopContainer topContainer() {
        throw new UnsupportedOperationException();
    }

    public ExportContainer exportContainer() {
        throw new UnsupportedOperationException();
    }

    public CreateExec createExec() {
        throw new UnsupportedOperationException();
    }

    public StartExec startExec() {
        throw new UnsupportedOperationException();
    }

    public InspectExec inspectExec() {
        throw new UnsupportedOperationException();
    }

    public ResizeExec resizeExec() {
        throw new UnsupportedOperationException();
    }

    public WatchEvents events() {
        throw new UnsupportedOperationException();
    }

    public EngineInfo engineInfo() {
        throw new UnsupportedOperationException();
    }

    /// Lets go of everything. Containers live on.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
