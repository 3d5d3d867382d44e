package dev.carafe.cli.flags;

/// A number for a block device: `/dev/sda:10mb` (bytes a second), `/dev/sda:1000` (operations a
/// second), `/dev/sda:500` (weight).
public record DeviceRate(String path, long value) {

    public static DeviceRate bytes(String text) {
        String[] parts = split(text);
        try {
            return new DeviceRate(parts[0], Values.bytes(parts[1]));
        } catch (BadValue e) {
            throw new BadValue(
                    "invalid rate for device: "
                            + text
                            + ". The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer."
                            + " Unit is optional and can be kb, mb, or gb");
        }
    }

    public static DeviceRate operations(String text) {
        String[] parts = split(text);
        try {
            return new DeviceRate(parts[0], Values.unsigned(parts[1], Long.MAX_VALUE));
        } catch (BadValue e) {
            throw new BadValue(
                    "invalid rate for device: "
                            + text
                            + ". The correct format is <device-path>:<number>. Number must be a positive integer");
        }
    }

    public static DeviceRate weight(String text) {
        String[] parts = split(text);
        long weight;
        try {
            weight = Values.unsigned(parts[1], 0xffff);
        } catch (BadValue e) {
            weight = 1;
        }
        if (weight > 0 && (weight < 10 || weight > 1000)) {
            throw new BadValue("invalid weight for device: " + text);
        }
        return new DeviceRate(parts[0], weight);
    }

    private static String[] split(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw new BadValue("bad format: " + text);
        }
        String[] parts = {text.substring(0, colon), text.substring(colon + 1)};
        if (!parts[0].startsWith("/dev/")) {
            throw new BadValue("bad format for device path: " + text);
        }
        return parts;
    }
}
