/// Builds as the rest of the house asks for them. Start with {@link
/// dev.carafe.buildkit.order.BuildOrder}.
@NullMarked
package dev.carafe.buildkit.order;

import org.jspecify.annotations.NullMarked;
