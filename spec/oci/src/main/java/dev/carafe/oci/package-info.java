/// The OCI image and runtime specifications as records. No I/O.
@NullMarked
package dev.carafe.oci;

import org.jspecify.annotations.NullMarked;
