package dev.ridgepoint.kernels.cuda.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/**
 * A whole number from extents, as in {@code ceil(n/256)}.
 *
 * <pre>
 * sum     = product (("+" | "-") product)*
 * product = value (("*" | "/") value)*
 * value   = number | extent | "(" sum ")" | ("ceil" | "floor") "(" sum ")" | ("min" | "max") "(" sum "," sum ")"
 * </pre>
 *
 * <p>A quotient must come out even, but for the one directly within {@code ceil} or {@code floor}. Nothing wraps round.
 */
final class Expression {
    private static final int LONGEST = 200;

    private final String text;
    private final Node root;

    private Expression(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /** A part of an expression. */
    private interface Node {
        long of(Map<String, Long> extents);
    }

    /** Two values, and how they become one. */
    private record Pair(LongBinaryOperator operator, Node left, Node right) implements Node {
        @Override
        public long of(Map<String, Long> extents) {
            return operator.applyAsLong(left.of(extents), right.of(extents));
        }

        Pair with(LongBinaryOperator other) {
            return new Pair(other, left, right);
        }
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException saying what was expected where
     */
    static Expression parse(String text) {
        List<Expression> one = list(text);
        if (one.size() != 1) {
            throw new IllegalArgumentException("'" + text + "': expected one expression, got " + one.size());
        }
        return one.get(0);
    }

    /** Reads expressions with commas between them. */
    static List<Expression> list(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an expression has at most " + LONGEST + " characters, not " + text.length());
        }
        return new Parser(text).list();
    }

    /**
     * Its value.
     *
     * @throws IllegalArgumentException if it names an extent that is not there, overflows, or divides unevenly
     */
    long value(Map<String, Long> extents) {
        try {
            return root.of(extents);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return text;
    }

    private static long even(long over, long under) {
        if (nonZero(under) != 1 && over % under != 0) {
            throw new IllegalArgumentException(
                    over + "/" + under + " is no whole number; round with ceil() or floor()");
        }
        return over / under;
    }

    private static long nonZero(long under) {
        if (under == 0) {
            throw new IllegalArgumentException("it divides by 0");
        }
        return under;
    }

    private static long floor(long over, long under) {
        return Math.floorDiv(over, nonZero(under));
    }

    private static long ceil(long over, long under) {
        return -Math.floorDiv(Math.negateExact(over), nonZero(under));
    }

    private static long known(String name, Map<String, Long> extents) {
        Long value = extents.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "no extent '" + name + "'; there are " + String.join(", ", extents.keySet()));
        }
        return value;
    }

    /** Reads from left to right, one character ahead. */
    private static final class Parser {
        private static final LongBinaryOperator EVEN = Expression::even;

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        List<Expression> list() {
            List<Expression> all = new ArrayList<>();
            do {
                int from = at;
                Node root = sum();
                all.add(new Expression(text.substring(from, at).strip(), root));
            } while (take(','));
            if (at < text.length()) {
                throw expected("an operator");
            }
            return all;
        }

        private Node sum() {
            Node left = product();
            while (true) {
                if (take('+')) {
                    left = new Pair(Math::addExact, left, product());
                } else if (take('-')) {
                    left = new Pair(Math::subtractExact, left, product());
                } else {
                    return left;
                }
            }
        }

        private Node product() {
            Node left = value();
            while (true) {
                if (take('*')) {
                    left = new Pair(Math::multiplyExact, left, value());
                } else if (take('/')) {
                    left = new Pair(EVEN, left, value());
                } else {
                    return left;
                }
            }
        }

        private Node value() {
            if (take('(')) {
                return closed(sum());
            }
            String word = word();
            if (word.isEmpty()) {
                throw expected("a number or the name of an extent");
            }
            if (Character.isDigit(word.charAt(0))) {
                return number(word);
            }
            if (!take('(')) {
                return extents -> known(word, extents);
            }
            return switch (word) {
                case "ceil" -> rounded(Expression::ceil);
                case "floor" -> rounded(Expression::floor);
                case "min" -> pair(Math::min);
                case "max" -> pair(Math::max);
                default -> throw expected("one of the functions ceil, floor, min, max, not " + word + ",");
            };
        }

        private Node number(String digits) {
            try {
                long number = Long.parseLong(digits);
                return extents -> number;
            } catch (NumberFormatException e) {
                throw expected("a whole number below 2^63, not " + digits + ",");
            }
        }

        private Node rounded(LongBinaryOperator rounding) {
            if (closed(sum()) instanceof Pair pair && pair.operator() == EVEN) {
                return pair.with(rounding);
            }
            throw expected("a quotient to round, as in ceil(n/256),");
        }

        private Node pair(LongBinaryOperator operator) {
            Node left = sum();
            if (!take(',')) {
                throw expected("a comma and a second value");
            }
            return closed(new Pair(operator, left, sum()));
        }

        private Node closed(Node inner) {
            if (!take(')')) {
                throw expected("a closing parenthesis");
            }
            return inner;
        }

        private String word() {
            int from = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            String word = text.substring(from, at);
            blanks();
            return word;
        }

        private boolean take(char wanted) {
            blanks();
            if (at >= text.length() || text.charAt(at) != wanted) {
                return false;
            }
            at++;
            blanks();
            return true;
        }

        private void blanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        private IllegalArgumentException expected(String what) {
            String where = at < text.length() ? "before '" + text.substring(at) + "'" : "at its end";
            return new IllegalArgumentException("'" + text + "': expected " + what + " " + where);
        }
    }
}
