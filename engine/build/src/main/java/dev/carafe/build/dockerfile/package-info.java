/// Dockerfiles as data: text to stages and instructions, nothing expanded and nothing done yet.
///
/// Belongs here: the grammar of every instruction and flag, parser directives, here-documents,
/// continuations (Dockerfile reference; BuildKit's rules where the reference is silent). Does not
/// belong here: values of variables, files, images. Pure. Start with {@link
/// dev.carafe.build.dockerfile.DockerfileParser}; {@link dev.carafe.build.dockerfile.Instruction}
/// lists what a stage may hold.
@NullMarked
package dev.carafe.build.dockerfile;

import org.jspecify.annotations.NullMarked;
