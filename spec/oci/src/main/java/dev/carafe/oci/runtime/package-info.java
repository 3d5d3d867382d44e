/// The OCI runtime specification's `config.json` as records, named as there and holding nothing
/// else.
///
/// Belongs here: what runtime-spec config.md and config-linux.md define, and its JSON form. Does
/// not belong here: what a field makes the kernel do (that is `runtime`), defaults of docker (that
/// is `engine`). Lists and maps that the document leaves out are empty, never null; everything else
/// that may be missing is `@Nullable`. Start with {@link dev.carafe.oci.runtime.Spec}.
@NullMarked
package dev.carafe.oci.runtime;

import org.jspecify.annotations.NullMarked;
