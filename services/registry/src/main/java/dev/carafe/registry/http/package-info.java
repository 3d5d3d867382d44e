/// HTTP as registries need it: deadlines on every wait, redirects that take no secrets along,
/// refusals as the distribution specification words them.
@NullMarked
package dev.carafe.registry.http;

import org.jspecify.annotations.NullMarked;
