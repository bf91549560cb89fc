package dev.ridgepoint.kernels.cuda.adopt;

import dev.ridgepoint.kernels.cuda.Argument;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One argument as a descriptor has it: a buffer's name, {@code null}, {@code f32:0.5} or {@code f64:0.5}, or a whole
 * number, {@code i8:} to {@code i64:} and {@code u8:} to {@code u64:} before an expression. An expression alone is as wide
 * as the kernel's parameter.
 */
final class AdoptedArgument {
    private static final Pattern TYPED = Pattern.compile("([fiu])(8|16|32|64):(.*)");

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

    /** What it is for the extents of a problem. */
    private interface Value {
        Argument of(Map<String, Long> extents);
    }

    private final String text;
    private final int bytes;
    private final Value value;

    private AdoptedArgument(String text, int bytes, Value value) {
        this.text = text;
        this.bytes = bytes;
        this.value = value;
    }

    /**
     * Reads an argument.
     *
     * @param taken bytes of the kernel's parameter
     * @param buffers names of the buffers there are
     * @param extents names of the extents there are
     * @throws IllegalArgumentException if it cannot be read
     */
    static AdoptedArgument parse(String text, int taken, Collection<String> buffers, Collection<String> extents) {
        if (buffers.contains(text)) {
            return new AdoptedArgument(text, Long.BYTES, values -> Argument.buffer(text));
        }
        if (text.equals("null")) {
            return new AdoptedArgument(text, Long.BYTES, values -> Argument.nullPointer());
        }
        if (WORD.matcher(text).matches() && !extents.contains(text)) {
            throw new IllegalArgumentException("'" + text + "' is neither a buffer (" + String.join(", ", buffers)
                    + ") nor an extent (" + String.join(", ", extents) + ")");
        }
        Matcher typed = TYPED.matcher(text);
        if (!typed.matches()) {
            return whole(text, text, taken, true);
        }
        int bytes = Integer.parseInt(typed.group(2)) / Byte.SIZE;
        return typed.group(1).equals("f")
                ? real(text, typed.group(3), bytes)
                : whole(text, typed.group(3), bytes, typed.group(1).equals("i"));
    }

    private static AdoptedArgument real(String text, String number, int bytes) {
        if (bytes < Float.BYTES) {
            throw new IllegalArgumentException(
                    "'" + text + "': expected f32: or f64:; write other types by their bits, as in u16:15360");
        }
        try {
            double real = Double.parseDouble(number);
            Argument argument = bytes == Float.BYTES ? Argument.fp32((float) real) : Argument.fp64(real);
            return new AdoptedArgument(text, bytes, extents -> argument);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "': expected a number after f32: or f64:", e);
        }
    }

    private static AdoptedArgument whole(String text, String expression, int bytes, boolean signed) {
        if (Integer.bitCount(bytes) != 1 || bytes > Long.BYTES) {
            throw new IllegalArgumentException(
                    "'" + text + "': its parameter has " + bytes + " bytes, and a number has 1, 2, 4 or 8");
        }
        Expression parsed = Expression.parse(expression);
        return new AdoptedArgument(
                text,
                bytes,
                extents -> new Argument.Scalar(fitting(parsed, parsed.value(extents), bytes, signed), bytes));
    }

    private static long fitting(Expression expression, long value, int bytes, boolean signed) {
        int bits = bytes * Byte.SIZE - (signed ? 1 : 0);
        long least = signed ? -1L << bits : 0;
        if (value < least || (bits < Long.SIZE - 1 && value >> bits > 0)) {
            throw new IllegalArgumentException(
                    "'" + expression + "': " + value + " does not fit a parameter of " + bytes + " bytes");
        }
        return value & (bytes == Long.BYTES ? -1 : (1L << bytes * Byte.SIZE) - 1);
    }

    /** Bytes it brings. */
    int bytes() {
        return bytes;
    }

    Argument of(Map<String, Long> extents) {
        return value.of(extents);
    }

    @Override
    public String toString() {
        return text;
    }
}
