package dev.ridgepoint.analysis.tensor;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a {@code .npy} file, after NumPy's description of its format (numpy.org, numpy.lib.format), versions 1 to 3:
 * magic, version, length, then a Python dictionary of {@code descr}, {@code fortran_order} and {@code shape}.
 *
 * @param descr type of an element, {@code <f4} or {@code <f2}
 * @param shape extents, slowest first; empty for a single element
 * @param bytes length of the head
 */
record NpyHeader(String descr, long[] shape, long bytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_TEXT = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]{1,20})['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)\\b");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9,\\s]*)\\)");

    /** @throws IOException in one line, where the head is none or of a kind that is not read */
    static NpyHeader read(String name, DataInputStream in) throws IOException {
        try {
            byte[] magic = new byte[MAGIC.length];
            in.readFully(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IOException(name + ": is no .npy file");
            }
            int major = in.readUnsignedByte();
            in.readUnsignedByte();
            if (major < 1 || major > 3) {
                throw new IOException(name + ": .npy version " + major + " is not known; expected 1, 2 or 3");
            }
            long length = in.readUnsignedByte() | in.readUnsignedByte() << 8;
            if (major > 1) {
                length |= (long) in.readUnsignedByte() << 16 | (long) in.readUnsignedByte() << 24;
            }
            if (length > MAX_TEXT) {
                throw new IOException(name + ": a head of " + length + " bytes is no plain array's");
            }
            byte[] text = new byte[(int) length];
            in.readFully(text);
            long before = MAGIC.length + (major > 1 ? 6 : 4);
            return parse(name, new String(text, StandardCharsets.UTF_8), before + length);
        } catch (EOFException cut) {
            throw new IOException(name + ": ends within its head", cut);
        }
    }

    private static NpyHeader parse(String name, String text, long bytes) throws IOException {
        String descr = group(DESCR, text, name, "descr of a plain type");
        if (!descr.equals("<f4") && !descr.equals("<f2")) {
            throw new IOException(
                    name + ": elements are '" + descr + "'; expected little-endian fp32 '<f4' or fp16 '<f2'");
        }
        if (group(ORDER, text, name, "fortran_order").equals("True")) {
            throw new IOException(name + ": is in Fortran order; save it with numpy.ascontiguousarray");
        }
        String[] extents = group(SHAPE, text, name, "shape").split(",");
        long[] shape = new long[extents.length];
        int axes = 0;
        for (String extent : extents) {
            if (!extent.isBlank()) {
                shape[axes++] = extent(name, extent.strip());
            }
        }
        return new NpyHeader(descr, Arrays.copyOf(shape, axes), bytes);
    }

    private static long extent(String name, String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw new IOException(
                    name + ": no extent is as large as " + text.substring(0, Math.min(30, text.length())), tooLarge);
        }
    }

    private static String group(Pattern pattern, String text, String name, String what) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException(name + ": its head has no " + what);
        }
        return matcher.group(1);
    }

    int elementBytes() {
        return descr.equals("<f4") ? 4 : 2;
    }

    /** @throws ArithmeticException if there are more than a long counts */
    long elements() {
        long elements = 1;
        for (long extent : shape) {
            elements = Math.multiplyExact(elements, extent);
        }
        return elements;
    }
}
