package dev.ridgepoint.kernels.cuda.cubin;

import dev.ridgepoint.kernels.cuda.cubin.CubinEntry.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An attribute of {@code .nv.info}: a byte of format, a byte of name, then two bytes of value or of the payload's size.
 *
 * @param name what it says
 * @param payload its bytes; empty for those that are no list
 */
record NvInfo(int name, Bytes payload) {
    static final int REGISTERS = 0x2f;
    static final int FRAME_SIZE = 0x11;
    private static final int PARAMETER = 0x17;

    private static final int FORMAT_SIZED = 4;
    private static final int SIZE_SHIFT = 18;

    static List<NvInfo> parse(Bytes section) {
        List<NvInfo> attributes = new ArrayList<>();
        int at = 0;
        while (at < section.size()) {
            int payload = section.u8(at) == FORMAT_SIZED ? section.u16(at + 2) : 0;
            attributes.add(new NvInfo(section.u8(at + 1), section.slice(at + 4, payload, ".nv.info attribute")));
            at += 4 + payload;
        }
        return attributes;
    }

    /** The value an attribute gives to a symbol, by its number in the symbol table; 0 if it gives none. */
    static int ofSymbol(List<NvInfo> attributes, int name, int symbol) {
        for (NvInfo attribute : attributes) {
            if (attribute.name == name && attribute.payload.i32(0) == symbol) {
                return attribute.payload.i32(4);
            }
        }
        return 0;
    }

    /** A kernel's parameters, by their number in its declaration. */
    static List<Parameter> parameters(List<NvInfo> attributes) {
        Map<Integer, Parameter> parameters = new TreeMap<>();
        for (NvInfo attribute : attributes) {
            if (attribute.name == PARAMETER) {
                Bytes payload = attribute.payload;
                parameters.put(payload.u16(4), new Parameter(payload.u16(6), payload.i32(8) >>> SIZE_SHIFT));
            }
        }
        return List.copyOf(parameters.values());
    }
}
