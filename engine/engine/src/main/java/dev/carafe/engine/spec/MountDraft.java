package dev.carafe.engine.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mount in the making; what nothing is said of is as in most mounts: writable, with what is
/// mounted below its source, shown by inspect. The meanings are those of {@link PlannedMount}.
public final class MountDraft {
    private final String type;
    private final String source;
    private final String destination;
    private String name = "";
    private String driver = "";
    private String mode = "";
    private boolean writable = true;
    private String propagation = "";
    private List<String> options = List.of();
    private boolean recursive = true;
    private boolean copyUp;
    private boolean createSource;
    private boolean anonymous;
    private @Nullable String subpath;
    private boolean listed = true;
    private boolean flatReadOnly;
    private @Nullable Boolean shifted;
    private @Nullable String idmap;

    MountDraft(String type, String source, String destination) {
        this.type = type;
        this.source = source;
        this.destination = destination;
    }

    /// The same mount from another source.
    MountDraft(PlannedMount mount, String source) {
        this(mount.type(), source, mount.destination());
        name = mount.name();
        driver = mount.driver();
        mode = mount.mode();
        writable = mount.writable();
        propagation = mount.propagation();
        options = mount.options();
        recursive = mount.recursive();
        copyUp = mount.copyUp();
        createSource = mount.createSource();
        anonymous = mount.anonymous();
        subpath = mount.subpath();
        listed = mount.listed();
        flatReadOnly = mount.flatReadOnly();
        shifted = mount.shifted();
        idmap = mount.idmap();
    }

    public PlannedMount planned() {
        return new PlannedMount(
                type,
                name,
                source,
                destination,
                driver,
                mode,
                writable,
                propagation,
                options,
                recursive,
                copyUp,
                createSource,
                anonymous,
                subpath,
                listed,
                flatReadOnly,
                shifted,
                idmap);
    }

    public MountDraft name(String value) {
        name = value;
        return this;
    }

    public MountDraft driver(String value) {
        driver = value;
        return this;
    }

    public MountDraft mode(String value) {
        mode = value;
        return this;
    }

    public MountDraft writable(boolean value) {
        writable = value;
        return this;
    }

    public MountDraft propagation(String value) {
        propagation = value;
        return this;
    }

    public MountDraft options(List<String> value) {
        options = value;
        return this;
    }

    public MountDraft recursive(boolean value) {
        recursive = value;
        return this;
    }

    public MountDraft copyUp(boolean value) {
        copyUp = value;
        return this;
    }

    public MountDraft createSource(boolean value) {
        createSource = value;
        return this;
    }

    public MountDraft anonymous(boolean value) {
        anonymous = value;
        return this;
    }

    /// @param value empty for none
    public MountDraft subpath(@Nullable String value) {
        subpath = value == null || value.isEmpty() ? null : value;
        return this;
    }

    public MountDraft listed(boolean value) {
        listed = value;
        return this;
    }

    public MountDraft flatReadOnly(boolean value) {
        flatReadOnly = value;
        return this;
    }

    MountDraft shifted(boolean value) {
        shifted = value;
        return this;
    }

    public MountDraft idmap(@Nullable String value) {
        idmap = value;
        return this;
    }
}
