package dev.carafe.base;

/// What an error is about: a kind ("container", "image", "network") and the id or name that the
/// caller used.
public record Subject(String kind, String id) {
    public static final Subject NONE = new Subject("", "");

    @Override
    public String toString() {
        return id.isEmpty() ? kind : kind + " " + id;
    }
}
