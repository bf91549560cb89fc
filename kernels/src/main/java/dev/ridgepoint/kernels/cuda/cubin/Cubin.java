package dev.ridgepoint.kernels.cuda.cubin;

import dev.ridgepoint.kernels.cuda.CudaArch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled module for one architecture.
 *
 * @param entries its kernels by symbol
 */
public record Cubin(Map<String, CubinEntry> entries) {
    private static final String TEXT = ".text.";
    private static final String INFO = ".nv.info";
    private static final String SHARED = ".nv.shared.";
    private static final String SYMBOLS = ".symtab";
    private static final String NAMES = ".strtab";
    private static final int SYMBOL_SIZE = 24;
    private static final int ABI = 8;
    private static final int FLAGS = 48;
    /** From this version of the binary interface on, the architecture stands in the second byte of the flags. */
    private static final int WIDE_FLAGS = 8;

    /**
     * Reads an ELF file as ptxas writes it.
     *
     * @throws CubinFormatException if it is none
     */
    public static Cubin parse(byte[] elf) {
        Map<String, ElfSection> sections = new LinkedHashMap<>();
        ElfSection.parse(elf).forEach(section -> sections.put(section.name(), section));
        List<String> symbols = symbols(sections);
        Map<String, CubinEntry> entries = new LinkedHashMap<>();
        for (ElfSection section : sections.values()) {
            // Device functions have code too; only kernels have a section of attributes.
            String symbol = section.name().startsWith(TEXT) ? section.name().substring(TEXT.length()) : null;
            if (symbol != null && sections.containsKey(INFO + "." + symbol)) {
                entries.put(symbol, entry(symbol, symbols.indexOf(symbol), sections));
            }
        }
        return new Cubin(Map.copyOf(entries));
    }

    /** The architecture an ELF file was compiled for; whether for that one alone is not in its header. */
    static CudaArch arch(byte[] elf) {
        Bytes file = Bytes.of(elf, "cubin");
        int flags = file.i32(FLAGS);
        return new CudaArch((file.u8(ABI) >= WIDE_FLAGS ? flags >> Byte.SIZE : flags) & 0xff, false);
    }

    private static CubinEntry entry(String symbol, int number, Map<String, ElfSection> sections) {
        List<NvInfo> module = NvInfo.parse(required(sections, INFO).content());
        List<NvInfo> own = NvInfo.parse(required(sections, INFO + "." + symbol).content());
        ElfSection shared = sections.get(SHARED + symbol);
        return new CubinEntry(
                symbol,
                NvInfo.ofSymbol(module, NvInfo.REGISTERS, number),
                NvInfo.ofSymbol(module, NvInfo.FRAME_SIZE, number),
                shared == null ? 0 : Math.toIntExact(shared.size()),
                NvInfo.parameters(own),
                Sass.count(sections.get(TEXT + symbol).content()));
    }

    private static List<String> symbols(Map<String, ElfSection> sections) {
        Bytes table = required(sections, SYMBOLS).content();
        Bytes names = required(sections, NAMES).content();
        List<String> symbols = new ArrayList<>();
        for (int at = 0; at < table.size(); at += SYMBOL_SIZE) {
            symbols.add(names.text(Integer.toUnsignedLong(table.i32(at))));
        }
        return symbols;
    }

    private static ElfSection required(Map<String, ElfSection> sections, String name) {
        ElfSection section = sections.get(name);
        if (section == null) {
            throw new CubinFormatException("cubin: section " + name + " is missing");
        }
        return section;
    }
}
