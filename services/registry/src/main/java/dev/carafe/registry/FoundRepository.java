package dev.carafe.registry;

/// What a search found.
///
/// @param name as it can be pulled: `alpine`, `reg.example:5000/team/app`
public record FoundRepository(
        String name, String description, int stars, boolean official, boolean automated) {}
