package dev.carafe.cli.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `eq`, `ne`, `lt`, `le`, `gt`, `ge`.
final class Comparisons {
    private Comparisons() {}

    static Boolean call(String name, List<@Nullable Object> a) {
        if (name.equals("eq")) {
            return equalsAny(a);
        }
        if (a.size() != 2) {
            throw FunctionFailure.refused(
                    "wrong number of args for " + name + ": want 2 got " + a.size());
        }
        Object left = a.get(0);
        Object right = a.get(1);
        return switch (name) {
            case "ne" -> !same(left, right);
            case "lt" -> compare(left, right) < 0;
            case "le" -> compare(left, right) <= 0;
            case "gt" -> compare(left, right) > 0;
            default -> compare(left, right) >= 0;
        };
    }

    /// True when the first equals any of the others.
    private static boolean equalsAny(List<@Nullable Object> a) {
        if (a.isEmpty()) {
            throw FunctionFailure.refused("wrong number of args for eq: want at least 1 got 0");
        }
        if (a.size() == 1) {
            throw FunctionFailure.failed("missing argument for comparison");
        }
        for (int i = 1; i < a.size(); i++) {
            if (same(a.get(0), a.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null || left instanceof GoNil || right instanceof GoNil) {
            return isNil(left) && isNil(right);
        }
        String kind = kind(left);
        if (!kind.equals(kind(right))) {
            throw FunctionFailure.failed("incompatible types for comparison");
        }
        if (kind.isEmpty()) {
            throw FunctionFailure.failed(
                    "non-comparable type " + GoFormat.plain(left) + ": " + GoValues.typeName(left));
        }
        return left instanceof Number l && right instanceof Number r
                ? order(l, r) == 0
                : left.equals(right);
    }

    private static boolean isNil(@Nullable Object value) {
        return value == null || value instanceof GoNil;
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof String l && right instanceof String r) {
            return l.compareTo(r);
        }
        if (left instanceof Number l && right instanceof Number r) {
            if (!kind(l).equals(kind(r))) {
                throw FunctionFailure.failed("incompatible types for comparison");
            }
            return order(l, r);
        }
        boolean sortable = left instanceof String || left instanceof Number;
        throw FunctionFailure.failed(
                sortable && right != null
                        ? "incompatible types for comparison"
                        : "invalid type for comparison");
    }

    private static int order(Number left, Number right) {
        return left instanceof Long l && right instanceof Long r
                ? Long.compare(l, r)
                : Double.compare(left.doubleValue(), right.doubleValue());
    }

    private static String kind(Object value) {
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Double) {
            return "float";
        }
        return value instanceof Number ? "int" : "";
    }
}
