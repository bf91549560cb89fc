package dev.ridgepoint.kernels.cuda.cubin;

import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.cuda.cubin.CubinEntry.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PTX text says of itself outside its functions; by the PTX ISA's grammar of {@code .target}, {@code .entry} and
 * {@code .param}. The instructions are the driver's to read.
 *
 * @param arch the architecture it asks for
 * @param entries parameters by symbol
 */
record PtxText(CudaArch arch, Map<String, List<Parameter>> entries) {
    private static final Pattern COMMENT = Pattern.compile("//[^\n]*|(?s:/\\*.*?\\*/)");
    private static final Pattern TARGET = Pattern.compile("\\.target\\s+([\\w.]+)");
    private static final Pattern ENTRY = Pattern.compile("\\.entry\\s+([\\w$%]+)\\s*(?:\\(([^)]*)\\))?");
    private static final Pattern PARAMETER = Pattern.compile(
            "\\.param\\s+(?:\\.align\\s+(\\d{1,4})\\s+)?"
                    + "\\.[a-z]+(8|16|32|64|128)\\s+(?:\\.ptr\\b[\\s.a-z]*(?:\\.align\\s+\\d+)?\\s+)?[\\w$%]+\\s*(?:\\[(\\d{1,7})])?");

    /**
     * Reads PTX text.
     *
     * @throws CubinFormatException if it is none
     */
    static PtxText parse(String text) {
        String code = COMMENT.matcher(text).replaceAll(" ");
        Matcher target = TARGET.matcher(code);
        if (!code.stripLeading().startsWith(".version") || !target.find()) {
            throw new CubinFormatException("it is neither a fatbin, nor a cubin, nor PTX text");
        }
        CudaArch arch = CudaArch.parse(target.group(1))
                .orElseThrow(() -> new CubinFormatException("PTX: unknown .target " + target.group(1)));
        Map<String, List<Parameter>> entries = new LinkedHashMap<>();
        Matcher entry = ENTRY.matcher(code);
        while (entry.find()) {
            entries.put(entry.group(1), parameters(entry.group(1), entry.group(2)));
        }
        return new PtxText(arch, entries);
    }

    private static List<Parameter> parameters(String symbol, String list) {
        List<Parameter> parameters = new ArrayList<>();
        if (list == null || list.isBlank()) {
            return parameters;
        }
        int at = 0;
        for (String one : list.split(",")) {
            Matcher parameter = PARAMETER.matcher(one.strip());
            if (!parameter.matches()) {
                throw new CubinFormatException(
                        "PTX: parameter " + parameters.size() + " of " + symbol + " cannot be read: " + one.strip());
            }
            int element = Integer.parseInt(parameter.group(2)) / Byte.SIZE;
            int align = parameter.group(1) == null ? element : Math.max(1, Integer.parseInt(parameter.group(1)));
            int bytes = element * (parameter.group(3) == null ? 1 : Integer.parseInt(parameter.group(3)));
            at = (at + align - 1) / align * align;
            parameters.add(new Parameter(at, bytes));
            at += bytes;
        }
        return parameters;
    }
}
