package dev.ridgepoint.kernels.cuda.cubin;

import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.cuda.cubin.CubinEntry.Parameter;
import dev.ridgepoint.kernels.cuda.cubin.Fatbin.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whatever a driver loads: a fatbin, a cubin alone, or PTX text.
 *
 * @param codes code by architecture, in file order
 */
public record CodeImage(List<Fatbin.Entry> codes) {
    private static final byte ELF = 0x7f;

    /**
     * Tells what an image is, and where in it code lies; the code itself is read when it is asked for.
     *
     * @throws CubinFormatException if it is none of the three
     */
    public static CodeImage parse(byte[] image) {
        if (Fatbin.begins(image)) {
            return new CodeImage(Fatbin.parse(image).entries());
        }
        if (image.length > 0 && image[0] == ELF) {
            ElfSection.parse(image);
            return new CodeImage(List.of(new Fatbin.Entry(Kind.CUBIN, Cubin.arch(image), image)));
        }
        PtxText text = PtxText.parse(new String(image, StandardCharsets.UTF_8));
        return new CodeImage(List.of(new Fatbin.Entry(Kind.PTX, text.arch(), image)));
    }

    /** The kernels of a code: what each takes, by symbol. */
    public static Map<String, List<Parameter>> entries(Fatbin.Entry code) {
        if (code.kind() == Kind.PTX) {
            return PtxText.parse(code.ptx()).entries();
        }
        Map<String, List<Parameter>> entries = new LinkedHashMap<>();
        Cubin.parse(code.content()).entries().forEach((symbol, entry) -> entries.put(symbol, entry.parameters()));
        return entries;
    }

    /** The kernels of one of its codes, a cubin if there is one: they are the same in all that a compiler wrote. */
    public Map<String, List<Parameter>> entries() {
        return codes.stream()
                .filter(code -> code.kind() == Kind.CUBIN)
                .findFirst()
                .or(() -> codes.stream().findFirst())
                .map(CodeImage::entries)
                .orElse(Map.of());
    }

    /** Whether a device of that architecture runs some of it, compiled from PTX if need be. */
    public boolean runsOn(CudaArch device) {
        return codes.stream()
                .anyMatch(code -> code.kind() == Kind.PTX
                        ? code.arch().runsOn(device)
                        : code.arch().binaryRunsOn(device));
    }

    /** {@code a cubin for sm_80, PTX for sm_80}. */
    @Override
    public String toString() {
        return codes.stream()
                .map(code -> (code.kind() == Kind.PTX ? "PTX for " : "a cubin for ") + code.arch())
                .collect(Collectors.joining(", "));
    }
}
