/// A registry that docker, skopeo and other clients push to and pull from (OCI distribution-spec
/// 1.1), on a content store of its own. Start at {@link RegistryServer}.
@NullMarked
package dev.carafe.registryserver;

import org.jspecify.annotations.NullMarked;
