package dev.carafe.cli.flags;

/// IP addresses as text.
public final class Addresses {
    private Addresses() {}

    /// Whether the text is an IPv4 or an IPv6 address, without brackets.
    public static boolean isIp(String text) {
        return text.indexOf(':') >= 0 ? isIpv6(text) : isIpv4(text);
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            boolean digits = !part.isEmpty() && part.length() <= 3;
            for (int i = 0; i < part.length(); i++) {
                digits &= Character.isDigit(part.charAt(i));
            }
            boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
            if (!digits || leadingZero || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return parts.length == 4;
    }

    private static boolean isIpv6(String text) {
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        int gap = bare.indexOf("::");
        if (gap < 0) {
            return groups(bare, true) == 8;
        }
        String before = bare.substring(0, gap);
        String after = bare.substring(gap + 2);
        int first = before.isEmpty() ? 0 : groups(before, false);
        int second = after.isEmpty() ? 0 : groups(after, true);
        return first >= 0 && second >= 0 && first + second < 8;
    }

    /// How many groups of 16 bits stand there; -1 when something else does.
    private static int groups(String text, boolean mayEndInIpv4) {
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (mayEndInIpv4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                if (!isIpv4(parts[i])) {
                    return -1;
                }
                count += 2;
            } else if (!isHex(parts[i])) {
                return -1;
            } else {
                count++;
            }
        }
        return count;
    }

    private static boolean isHex(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (Character.digit(part.charAt(i), 16) < 0) {
                return false;
            }
        }
        return !part.isEmpty() && part.length() <= 4;
    }
}
