package dev.carafe.dockermodel;

/// The empty object: Docker's wire form of a set is a map to these.
public record Empty() {}
