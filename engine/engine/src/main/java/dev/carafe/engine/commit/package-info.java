/// Images from containers.
///
/// Here: the configuration of such an image and its layer. Not here: Dockerfile instructions and
/// how images are kept, which are the images room's. Start with {@link
/// dev.carafe.engine.CommitContainer}.
@NullMarked
package dev.carafe.engine.commit;

import org.jspecify.annotations.NullMarked;
