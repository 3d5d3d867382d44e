/// What every room stands on: the error family, ids, sizes, the undo stack and durable files.
///
/// Belongs here: what at least three rooms need and what knows nothing of containers. Does not
/// belong here: anything that touches the kernel beyond plain files (that is `linux`), any format
/// of OCI or Docker. Start with {@link dev.carafe.base.CarafeException} and {@link
/// dev.carafe.base.Undo}.
@NullMarked
package dev.carafe.base;

import org.jspecify.annotations.NullMarked;
