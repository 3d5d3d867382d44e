package dev.carafe.dockerapi;

/// x
public final class DockerApi {}
