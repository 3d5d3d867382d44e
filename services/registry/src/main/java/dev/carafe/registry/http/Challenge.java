package dev.carafe.registry.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server asks for before it answers (RFC 9110 section 11.6.1).
///
/// @param scheme lower case: `bearer`, `basic`
/// @param parameters names in lower case
public record Challenge(String scheme, Map<String, String> parameters) {
    private static final int MAX_HEADER = 8 << 10;
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]++";
    private static final Pattern PART =
            Pattern.compile(
                    "\\G[\\s,]*+(?:("
                            + TOKEN
                            + ")\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+))|("
                            + TOKEN
                            + "))");

    public Challenge {
        parameters = Map.copyOf(parameters);
    }

    public boolean isBearer() {
        return scheme.equals("bearer");
    }

    public boolean isBasic() {
        return scheme.equals("basic");
    }

    /// Empty when it is not there.
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// Every challenge of the header's values, in order; what can't be understood is left out.
    public static List<Challenge> parse(List<String> headers) {
        List<Challenge> found = new ArrayList<>();
        for (String header : headers) {
            if (header.length() <= MAX_HEADER) {
                parse(header, found);
            }
        }
        return found;
    }

    private static void parse(String header, List<Challenge> found) {
        Matcher part = PART.matcher(header);
        String scheme = "";
        Map<String, String> parameters = new LinkedHashMap<>();
        while (part.find()) {
            if (part.group(4) != null) {
                add(found, scheme, parameters);
                scheme = part.group(4).toLowerCase(Locale.ROOT);
                parameters = new LinkedHashMap<>();
            } else {
                String quoted = part.group(2);
                parameters.put(
                        part.group(1).toLowerCase(Locale.ROOT),
                        quoted == null ? part.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
            }
        }
        add(found, scheme, parameters);
    }

    private static void add(List<Challenge> found, String scheme, Map<String, String> parameters) {
        if (!scheme.isEmpty()) {
            found.add(new Challenge(scheme, parameters));
        }
    }
}
