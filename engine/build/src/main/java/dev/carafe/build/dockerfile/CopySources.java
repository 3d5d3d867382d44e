package dev.carafe.build.dockerfile;

import java.util.List;

/// What COPY and ADD take and where to.
///
/// @param paths patterns of paths, or URLs for ADD
/// @param inline files that are written in the Dockerfile itself; the name is the here-document's
public record CopySources(List<String> paths, List<Heredoc> inline, String destination) {
    public CopySources {
        paths = List.copyOf(paths);
        inline = List.copyOf(inline);
    }

    /// How many sources there are.
    public int count() {
        return paths.size() + inline.size();
    }
}
