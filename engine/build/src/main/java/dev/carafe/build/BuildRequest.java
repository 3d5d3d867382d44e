package dev.carafe.build;

import dev.carafe.build.solve.SolveOptions;
import dev.carafe.oci.ImageReference;
import java.util.List;

/// One build.
///
/// @param dockerfile path in the context
/// @param names for the image
/// @param buildId by which it can be canceled; empty for none
public record BuildRequest(
        String dockerfile, List<ImageReference> names, String buildId, SolveOptions options) {}
