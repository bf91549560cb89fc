package dev.ridgepoint.device.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ridgepoint.device.conformance.opcodes.OpcodeVectors;
import dev.ridgepoint.device.cpu.Skip;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of the vectors without a device: NVIDIA's assembler takes each for the architecture it names. */
class PtxOfVectorsTest {
    private static final List<TestVector> VECTORS = OpcodeVectors.all();

    @TempDir
    private Path folder;

    @Test
    void idsAreUnique() {
        Set<String> ids = new HashSet<>();
        VECTORS.forEach(vector -> assertEquals(true, ids.add(vector.id()), vector.id() + " is there twice"));
    }

    @Test
    void theAssemblerTakesEveryVector() throws IOException, InterruptedException {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "ptxas")));
        Skip.unless(there, () -> "vectors are not assembled: ptxas is not on the PATH");
        Map<Isa, StringBuilder> modules = new LinkedHashMap<>();
        for (TestVector vector : VECTORS) {
            Snippet snippet = ((PtxVector) vector).snippet();
            StringBuilder module = modules.computeIfAbsent(snippet.isa(), isa -> new StringBuilder(snippet.header()));
            module.append("// ").append(vector.id()).append('\n').append(snippet.kernel("vector_" + module.length()));
        }
        for (Map.Entry<Isa, StringBuilder> module : modules.entrySet()) {
            assemble(module.getKey(), module.getValue().toString());
        }
    }

    private void assemble(Isa isa, String text) throws IOException, InterruptedException {
        Path file = folder.resolve("vectors.ptx");
        Files.writeString(file, text);
        Process ptxas = new ProcessBuilder(
                        "ptxas",
                        "--opt-level=0",
                        "--gpu-name=" + isa.floor(),
                        "--output-file=/dev/null",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(ptxas.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (ptxas.waitFor() != 0) {
            List<String> lines = text.lines().toList();
            StringBuilder refused = new StringBuilder(isa + ":\n");
            said.lines().filter(line -> line.contains(", line ")).limit(40).forEach(line -> {
                int number = Integer.parseInt(line.replaceFirst(".*, line (\\d+).*", "$1"));
                refused.append(line.replaceFirst(".*; ", ""))
                        .append("   ")
                        .append(lines.get(number - 1))
                        .append('\n');
            });
            fail(refused.length() > 200 ? refused.toString() : refused + said);
        }
    }
}
