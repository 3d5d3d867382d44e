/// Build caches outside this host: in registries, in folders of the client's, within images.
///
/// Their documents have BuildKit's form (`application/vnd.buildkit.cacheconfig.v0`); the keys in
/// them are this engine's own, so neither engine takes a step of the other's for its own. Start
/// with {@link dev.carafe.buildkit.cache.CacheImports} and {@link
/// dev.carafe.buildkit.cache.CacheExports}.
@NullMarked
package dev.carafe.buildkit.cache;

import org.jspecify.annotations.NullMarked;
