package dev.ridgepoint.kernels.cuda.cubin;

import java.util.ArrayList;
import java.util.List;

/**
 * A section of a 64-bit little-endian ELF file.
 *
 * @param name its name
 * @param size its size, also where the file holds none of it
 * @param content what the file holds; empty for memory that is only reserved
 */
record ElfSection(String name, long size, Bytes content) {
    private static final long MAGIC = 0x0102_464c_457fL;
    private static final int SECTION_TABLE = 40;
    private static final int ENTRY_SIZE = 58;
    private static final int COUNT = 60;
    private static final int NAMES = 62;
    private static final int TYPE_RESERVED = 8;
    private static final int MACHINE = 18;
    private static final int CUDA = 190;

    static List<ElfSection> parse(byte[] elf) {
        Bytes file = Bytes.of(elf, "cubin");
        if (file.size() < 64 || (file.i64(0) & 0xffff_ffff_ffffL) != MAGIC) {
            throw new CubinFormatException("cubin: it is no 64-bit little-endian ELF file");
        }
        if (file.u16(MACHINE) != CUDA) {
            throw new CubinFormatException("cubin: it is an ELF file, but not of a GPU: an object or a program of the"
                    + " host; compile with nvcc -fatbin --no-compress");
        }
        long table = file.i64(SECTION_TABLE);
        int entry = file.u16(ENTRY_SIZE);
        long names = table + (long) entry * file.u16(NAMES);
        Bytes text = content(file, names, "section names");
        List<ElfSection> sections = new ArrayList<>();
        for (int i = 0; i < file.u16(COUNT); i++) {
            long at = table + (long) entry * i;
            String name = text.text(Integer.toUnsignedLong(file.i32(at)));
            boolean reserved = file.i32(at + 4) == TYPE_RESERVED;
            Bytes held = reserved ? Bytes.of(new byte[0], name) : content(file, at, name);
            sections.add(new ElfSection(name, file.i64(at + 32), held));
        }
        return sections;
    }

    private static Bytes content(Bytes file, long header, String name) {
        return file.slice(file.i64(header + 24), file.i64(header + 32), name);
    }
}
