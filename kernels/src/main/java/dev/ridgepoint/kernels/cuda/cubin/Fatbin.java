package dev.ridgepoint.kernels.cuda.cubin;

import dev.ridgepoint.kernels.cuda.CudaArch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The container nvcc writes: a header, then an entry for each architecture, each PTX text or a cubin.
 *
 * @param entries in file order
 */
public record Fatbin(List<Entry> entries) {
    private static final int MAGIC = 0xba55ed50;
    private static final int HEADER_SIZE = 6;
    private static final int KIND_PTX = 1;
    private static final int KIND_CUBIN = 2;
    private static final int ENTRY_HEADER_SIZE = 4;
    private static final int ENTRY_SIZE = 8;
    private static final int ENTRY_ARCH = 28;
    private static final int ENTRY_FLAGS = 40;
    private static final long ARCH_SPECIFIC = 0x100000;
    private static final long COMPRESSED = 0x2000 | 0x8000;

    /** What an entry holds. */
    public enum Kind {
        PTX,
        CUBIN
    }

    /** Code for one architecture. */
    public record Entry(Kind kind, CudaArch arch, byte[] content) {
        /** The text of a PTX entry, without the zeros that pad it. */
        public String ptx() {
            String text = new String(content, StandardCharsets.UTF_8);
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        }
    }

    /** Whether it begins as one does. */
    static boolean begins(byte[] content) {
        Bytes bytes = Bytes.of(content, "fatbin");
        return bytes.size() >= 4 && bytes.i32(0) == MAGIC;
    }

    /**
     * Reads a fatbin.
     *
     * @throws CubinFormatException if it is none, or a compressed one
     */
    public static Fatbin parse(byte[] content) {
        Bytes bytes = Bytes.of(content, "fatbin");
        if (bytes.size() < 16 || bytes.i32(0) != MAGIC) {
            throw new CubinFormatException("fatbin: it does not begin with a fatbin's magic number");
        }
        long end = bytes.u16(HEADER_SIZE) + bytes.i64(ENTRY_SIZE);
        List<Entry> entries = new ArrayList<>();
        for (long at = bytes.u16(HEADER_SIZE); at < end; ) {
            long header = Integer.toUnsignedLong(bytes.i32(at + ENTRY_HEADER_SIZE));
            long size = bytes.i64(at + ENTRY_SIZE);
            if (header == 0) {
                throw new CubinFormatException("fatbin entry at " + at + ": it has no header");
            }
            entries.add(entry(bytes, at, bytes.slice(at + header, size, "fatbin entry")));
            at = Math.addExact(at + header, size);
        }
        return new Fatbin(List.copyOf(entries));
    }

    private static Entry entry(Bytes bytes, long at, Bytes content) {
        long flags = bytes.i64(at + ENTRY_FLAGS);
        if ((flags & COMPRESSED) != 0) {
            throw new CubinFormatException("fatbin entry at " + at + ": compressed; compile with --no-compress");
        }
        int kind = bytes.u16(at);
        if (kind != KIND_PTX && kind != KIND_CUBIN) {
            throw new CubinFormatException("fatbin entry at " + at + ": unknown kind " + kind);
        }
        CudaArch arch = new CudaArch(bytes.i32(at + ENTRY_ARCH), (flags & ARCH_SPECIFIC) != 0);
        return new Entry(kind == KIND_PTX ? Kind.PTX : Kind.CUBIN, arch, content.toArray());
    }

    /** The cubins, in file order. */
    public List<Entry> cubins() {
        return entries.stream().filter(entry -> entry.kind() == Kind.CUBIN).toList();
    }
}
