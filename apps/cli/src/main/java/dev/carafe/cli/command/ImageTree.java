package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.text.Human;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `images --tree`: each image with its names, and under it what it holds for each platform.
final class ImageTree {
    private static final int LEAST_NAME_WIDTH = 12;
    private static final String GAP = "   ";
    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String NORMAL = "\u001b[0m";
    private static final String[] HEADS = {"ID", "DISK USAGE", "CONTENT SIZE", "EXTRA"};
    private static final int[] WIDTHS = {12, 10, 12, 5};

    private final StringBuilder out = new StringBuilder();
    private final boolean colours;
    private final int columns;
    private final int nameWidth;

    /// @param width of the terminal
    private ImageTree(List<Branch> images, int width, boolean colours) {
        this.colours = colours;
        int room = width;
        int fitting = 0;
        while (fitting < WIDTHS.length
                && room - WIDTHS[fitting] - GAP.length() >= LEAST_NAME_WIDTH) {
            room -= WIDTHS[fitting++] + GAP.length();
        }
        int widest = images.stream().mapToInt(Branch::width).max().orElse(0);
        this.columns = fitting;
        this.nameWidth = Math.min(room, Math.max("IMAGE".length(), widest));
    }

    /// @param images of the API, asked with `manifests=1`
    /// @param all whether images without a name are shown
    static String of(List<JsonObject> images, boolean all, int width, boolean colours) {
        List<Branch> branches = new ArrayList<>();
        images.stream()
                .filter(image -> all || !Images.isDangling(image))
                .sorted(Comparator.comparingLong((JsonObject i) -> i.number("Created")).reversed())
                .forEach(image -> branches.add(Branch.of(image)));
        return new ImageTree(branches, Math.max(20, width), colours).drawn(branches, width);
    }

    private String drawn(List<Branch> images, int width) {
        String legend = "Info ->  U  In Use ";
        out.append(" ".repeat(Math.max(0, width - legend.length()))).append(legend).append("\n\n");
        out.append(styled(BOLD, padded("IMAGE")));
        for (int i = 0; i < columns; i++) {
            out.append(GAP).append(styled(BOLD, cell(i, HEADS[i])));
        }
        out.append('\n');
        boolean spaced = images.stream().anyMatch(image -> !image.platforms.isEmpty());
        for (Branch image : images) {
            for (int i = 0; i < image.names.size() - 1; i++) {
                out.append(styled(BOLD, image.names.get(i))).append('\n');
            }
            line(BOLD, image.names.get(image.names.size() - 1), image.leaf);
            out.append(spaced ? "\n" : "");
            for (int i = 0; i < image.platforms.size(); i++) {
                Leaf leaf = image.platforms.get(i);
                String fork = i < image.platforms.size() - 1 ? "├─ " : "└─ ";
                line(leaf.available ? "" : FAINT, fork + leaf.name, leaf);
            }
            out.append(spaced ? "\n" : "");
        }
        return out.toString();
    }

    private void line(String style, String name, Leaf leaf) {
        out.append(styled(style, padded(name)));
        String[] values = {leaf.id, leaf.disk, leaf.content, leaf.used ? "U" : ""};
        for (int i = 0; i < columns; i++) {
            out.append(GAP).append(styled(style.equals(FAINT) ? FAINT : "", cell(i, values[i])));
        }
        out.append('\n');
    }

    private String padded(String name) {
        return name.length() > nameWidth
                ? name.substring(0, nameWidth - 1) + "…"
                : name + " ".repeat(nameWidth - name.length());
    }

    /// Sizes stand at the right.
    private static String cell(int column, String text) {
        String fill = " ".repeat(Math.max(0, WIDTHS[column] - text.length()));
        return column == 1 || column == 2 ? fill + text : text + fill;
    }

    private String styled(String style, String text) {
        return colours && !style.isEmpty() ? style + text + NORMAL : text;
    }

    /// @param names the longest first
    /// @param leaf the figures of the whole
    private record Branch(List<String> names, Leaf leaf, List<Leaf> platforms) {
        static Branch of(JsonObject image) {
            List<String> names = new ArrayList<>(image.texts("RepoTags"));
            names.sort(Comparator.comparingInt(String::length).reversed());
            List<Leaf> platforms = new ArrayList<>();
            long content = 0;
            for (JsonObject manifest : image.objects("Manifests")) {
                content += manifest.object("Size").number("Content");
                if (manifest.text("Kind").equals("image")) {
                    platforms.add(Leaf.of(manifest));
                }
            }
            boolean used =
                    image.number("Containers") > 0 || platforms.stream().anyMatch(Leaf::used);
            return new Branch(
                    names.isEmpty() ? List.of("<untagged>") : names,
                    new Leaf(
                            "",
                            Human.shortId(image.text("Id")),
                            Human.size(image.number("Size")),
                            Human.size(content),
                            used,
                            true),
                    platforms);
        }

        int width() {
            int widest = names.stream().mapToInt(String::length).max().orElse(0);
            for (Leaf platform : platforms) {
                widest = Math.max(widest, platform.name.length() + GAP.length());
            }
            return widest;
        }
    }

    private record Leaf(
            String name, String id, String disk, String content, boolean used, boolean available) {
        static Leaf of(JsonObject manifest) {
            JsonObject data = manifest.object("ImageData");
            JsonObject platform = data.object("Platform");
            String variant = platform.text("variant");
            return new Leaf(
                    platform.text("os")
                            + "/"
                            + platform.text("architecture")
                            + (variant.isEmpty() ? "" : "/" + variant),
                    Human.shortId(manifest.text("ID")),
                    Human.size(manifest.object("Size").number("Total")),
                    Human.size(manifest.object("Size").number("Content")),
                    !data.list("Containers").isEmpty(),
                    manifest.bool("Available"));
        }
    }
}
