package dev.ridgepoint.kernels.cuda.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.cuda.cubin.Cubin;
import dev.ridgepoint.kernels.cuda.cubin.CubinEntry;
import dev.ridgepoint.kernels.cuda.cubin.Fatbin;
import dev.ridgepoint.kernels.cuda.cubin.SassClass;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What can be known of a kernel without running it, by entry point and architecture, as JSON. */
final class StaticReport {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StaticReport() {}

    static byte[] of(String id, String nvcc, Fatbin fatbin, PtxasLog log) throws IOException, BuildException {
        ObjectNode root = MAPPER.createObjectNode().put("kernel", id).put("nvcc", nvcc);
        ObjectNode entries = root.putObject("entries");
        for (Fatbin.Entry cubin : fatbin.cubins()) {
            for (CubinEntry entry : new TreeMap<>(Cubin.parse(cubin.content()).entries()).values()) {
                ObjectNode arch = entries.withObjectProperty(entry.symbol())
                        .putObject(cubin.arch().toString());
                describe(
                        arch,
                        entry,
                        cubin.arch(),
                        log.of(entry.symbol(), cubin.arch().toString()));
            }
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    private static void describe(ObjectNode node, CubinEntry entry, CudaArch arch, PtxasLog.Use use)
            throws BuildException {
        if (use.registers() != entry.registers()) {
            throw new BuildException(entry.symbol() + " for " + arch + ": the cubin says " + entry.registers()
                    + " registers and ptxas said " + use.registers());
        }
        node.put("registers", entry.registers())
                .put("spillStoreBytes", use.spillStoreBytes())
                .put("spillLoadBytes", use.spillLoadBytes())
                .put("stackBytes", entry.stackBytes())
                .put("sharedBytes", entry.sharedBytes())
                .put("barriers", use.barriers())
                .put("instructions", entry.instructions());
        ObjectNode classes = node.putObject("sass");
        for (Map.Entry<SassClass, Integer> count : SassClass.count(entry, arch).entrySet()) {
            classes.put(count.getKey().id(), count.getValue());
        }
        ArrayNode unknown = node.putArray("otherOpcodes");
        new TreeMap<>(entry.opcodes())
                .keySet().stream()
                        .filter(opcode -> SassClass.of(opcode, arch) == SassClass.OTHER)
                        .forEach(opcode -> unknown.add(String.format("0x%03x", opcode)));
    }
}
