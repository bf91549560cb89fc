package dev.ridgepoint.kernels.cuda.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.cuda.CudaKernel;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.KernelImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every kernel takes of a GPU, by its static report, against what was reviewed: a file for each nvcc, a line for each
 * entry point and architecture. {@code -Dridgepoint.review=write} writes the file of this nvcc anew.
 */
class ReviewedResourcesTest {
    /** What decides how many blocks an SM holds, and what leaves registers for memory: to be measured when it changes. */
    private static final List<String> RESOURCES =
            List.of("registers", "spillStoreBytes", "spillLoadBytes", "stackBytes", "sharedBytes", "barriers");
    /** What may change with no consequence: to be looked at. */
    private static final String CODE = "instructions";

    private static final String HEADING = "entry\tarch\t" + String.join("\t", RESOURCES) + "\t" + CODE;

    @Test
    void kernelsTakeWhatWasReviewed() throws IOException {
        String nvcc = KernelImage.compiler().orElse(null);
        Path file = Path.of("resources", "nvcc-" + nvcc + ".tsv");
        skipUnless(nvcc != null, "built without nvcc: there are no static reports");
        List<String> now = lines();
        if ("write".equals(System.getProperty("ridgepoint.review"))) {
            Files.createDirectories(file.getParent());
            Files.write(file, Stream.concat(Stream.of(HEADING), now.stream()).toList());
        }
        skipUnless(Files.exists(file), "what kernels take was not reviewed for nvcc " + nvcc);
        List<String> reviewed = Files.readAllLines(file);
        assertEquals(HEADING, reviewed.get(0));
        List<String> differences = differences(reviewed.subList(1, reviewed.size()), now);
        assertEquals(
                List.of(),
                differences,
                () -> String.join("\n", differences)
                        + "\nOnce that is done: mvn -pl kernels test -Dtest=ReviewedResourcesTest -Dridgepoint.review=write\n");
    }

    @Test
    void aChangeSaysWhatItAsksFor() {
        List<String> reviewed = List.of("f\tsm_80\t32\t0\t0\t0\t0\t1\t100", "g\tsm_80\t32\t0\t0\t0\t0\t1\t100");
        List<String> now = List.of("f\tsm_80\t40\t8\t0\t0\t0\t1\t100", "h\tsm_80\t32\t0\t0\t0\t0\t1\t100");
        assertEquals(
                List.of(
                        "measure f on sm_80: registers 32 to 40, spillStoreBytes 0 to 8",
                        "review g on sm_80: gone",
                        "measure h on sm_80: new"),
                differences(reviewed, now));
        assertEquals(
                List.of("review f on sm_80: instructions 100 to 120"),
                differences(List.of("f\tsm_80\t32\t0\t0\t0\t0\t1\t100"), List.of("f\tsm_80\t32\t0\t0\t0\t0\t1\t120")));
        assertEquals(List.of(), differences(reviewed, reviewed));
    }

    private static void skipUnless(boolean condition, String reason) {
        if (!condition) {
            System.out.println("Skipped: " + reason);
        }
        Assumptions.assumeTrue(condition, reason);
    }

    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (CudaKernel kernel : CudaKernels.all()) {
            JsonNode entries = new ObjectMapper()
                    .readTree(KernelImage.report(kernel).orElseThrow())
                    .get("entries");
            for (Map.Entry<String, JsonNode> entry : entries.properties()) {
                for (Map.Entry<String, JsonNode> arch : entry.getValue().properties()) {
                    String counts = Stream.concat(RESOURCES.stream(), Stream.of(CODE))
                            .map(name -> number(arch.getValue(), name))
                            .collect(Collectors.joining("\t"));
                    lines.add(entry.getKey() + "\t" + arch.getKey() + "\t" + counts);
                }
            }
        }
        assertFalse(lines.isEmpty());
        return lines;
    }

    private static String number(JsonNode report, String name) {
        assertTrue(report.path(name).isIntegralNumber(), () -> name + " in " + report);
        return report.get(name).asText();
    }

    private static List<String> differences(List<String> reviewed, List<String> now) {
        Map<String, String> before = byEntry(reviewed);
        Map<String, String> after = byEntry(now);
        List<String> differences = new ArrayList<>();
        TreeMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        for (String entry : all.keySet()) {
            if (!after.containsKey(entry)) {
                differences.add("review " + entry + ": gone");
            } else if (!before.containsKey(entry)) {
                differences.add("measure " + entry + ": new");
            } else if (!before.get(entry).equals(after.get(entry))) {
                differences.add(change(
                        entry, before.get(entry).split("\t"), after.get(entry).split("\t")));
            }
        }
        return differences;
    }

    private static Map<String, String> byEntry(List<String> lines) {
        Map<String, String> byEntry = new TreeMap<>();
        for (String line : lines) {
            String[] cells = line.split("\t", 3);
            byEntry.put(cells[0] + " on " + cells[1], cells[2]);
        }
        return byEntry;
    }

    private static String change(String entry, String[] was, String[] is) {
        List<String> changes = new ArrayList<>();
        boolean measure = false;
        for (int i = 0; i < was.length; i++) {
            if (!was[i].equals(is[i])) {
                measure |= i < RESOURCES.size();
                changes.add((i < RESOURCES.size() ? RESOURCES.get(i) : CODE) + " " + was[i] + " to " + is[i]);
            }
        }
        return (measure ? "measure " : "review ") + entry + ": " + String.join(", ", changes);
    }
}
