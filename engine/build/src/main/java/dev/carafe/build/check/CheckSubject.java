package dev.carafe.build.check;

import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What is checked.
///
/// @param file as far as it could be read
/// @param comments by the first line of the instruction that they stand right above
/// @param ignore rules of `.dockerignore`
/// @param platform that is built for
/// @param extent how far the checks go
/// @param arguments the values that FROM and ARG have
/// @param images the configuration of a base image by its name, where it is known
public record CheckSubject(
        Dockerfile file,
        Map<Integer, List<String>> comments,
        IgnoreRules ignore,
        Platform platform,
        Extent extent,
        CheckArguments arguments,
        Function<String, Optional<ImageConfig>> images) {}
