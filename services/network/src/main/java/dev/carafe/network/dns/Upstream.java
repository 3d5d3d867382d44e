package dev.carafe.network.dns;

import dev.carafe.linux.Fd;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A name server to ask for what is not known here.
///
/// @param netns where its address means something; null: this process'
public record Upstream(InetSocketAddress address, @Nullable Fd netns) {}
