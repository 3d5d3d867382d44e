package dev.carafe.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// File names and link targets as strings and back, without loss. The kernel's names are bytes;
/// most are UTF-8. A byte that is not becomes one lone surrogate `U+DC80..U+DCFF` (the low half
/// keeps its value), and turns back into the same byte. Every call of this room encodes and decodes
/// names so.
public final class RawText {
    private RawText() {}

    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    public static String decode(byte[] bytes, int offset, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return decodeBroken(bytes, offset, length);
        }
    }

    public static byte[] encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text.charAt(i))) {
                return encodeEscapes(text);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String decodeBroken(byte[] bytes, int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int size = sequenceLength(bytes, at, end);
            if (size == 0) {
                text.append((char) (0xdc00 | (bytes[at] & 0xff)));
                at++;
            } else {
                text.append(new String(bytes, at, size, StandardCharsets.UTF_8));
                at += size;
            }
        }
        return text.toString();
    }

    // the length of the well-formed UTF-8 sequence here, 0 when there is none
    private static int sequenceLength(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        int size =
                first < 0x80
                        ? 1
                        : first < 0xc2
                                ? 0
                                : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (size == 0 || at + size > end) {
            return 0;
        }
        // a decoder that replaces gives exactly U+FFFD for malformed input; the real U+FFFD is EF
        // BF BD
        String one = new String(bytes, at, size, StandardCharsets.UTF_8);
        boolean replaced =
                one.indexOf('\ufffd') >= 0
                        && !(size == 3
                                && first == 0xef
                                && (bytes[at + 1] & 0xff) == 0xbf
                                && (bytes[at + 2] & 0xff) == 0xbd);
        return replaced ? 0 : size;
    }

    private static byte[] encodeEscapes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isEscape(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                out.write(c & 0xff);
                i++;
            } else {
                int code = text.codePointAt(i);
                out.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(code);
            }
        }
        return out.toByteArray();
    }

    private static boolean isEscape(char c) {
        return c >= 0xdc80 && c <= 0xdcff;
    }
}
