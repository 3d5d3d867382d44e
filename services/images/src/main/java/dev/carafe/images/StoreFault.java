package dev.carafe.images;

/// Something in the store that should not be so.
///
/// @param subject what it is about: `image sha256:...`, `layer sha256:...`, `file names/x.json`
/// @param text what is wrong
/// @param repaired whether it is mended now
public record StoreFault(String subject, String text, boolean repaired) {}
