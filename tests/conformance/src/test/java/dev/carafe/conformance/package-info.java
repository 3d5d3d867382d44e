/// Real clients against a running daemon of the built distribution: the docker command line, our
/// own, skopeo, tmux.
///
/// `Carafe` starts and kills daemons on roots of their own; `TestImages` makes images from Debian's
/// packages. Every class that runs containers ends with a check that nothing was left behind
/// (`Leaks`).
package dev.carafe.conformance;
