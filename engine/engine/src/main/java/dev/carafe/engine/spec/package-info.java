/// From a container's configuration to the OCI runtime spec: Docker's defaults and what each option
/// changes in them.
///
/// Belongs here: policy as data (capabilities, masked paths, the seccomp profile, default mounts),
/// and user lookup. Does not belong here: performing any of it (`runtime`). Start with {@link
/// dev.carafe.engine.spec.SpecGenerator}.
@NullMarked
package dev.carafe.engine.spec;

import org.jspecify.annotations.NullMarked;
