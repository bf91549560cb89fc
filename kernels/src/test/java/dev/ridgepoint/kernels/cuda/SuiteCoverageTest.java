package dev.ridgepoint.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.layer.LayerRow;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Glob;
import dev.ridgepoint.kernels.workload.Query;
import dev.ridgepoint.kernels.workload.Suites;
import dev.ridgepoint.kernels.workload.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every CUDA kernel is asked by some case of the full suite, alone or as a step of a layer, unless no model asks for it. */
class SuiteCoverageTest {
    private static final DeviceTraits HOPPER =
            new DeviceTraits("test", "sm_90a", Set.of(), 132, 232_448, 50L << 20, Set.of());

    /** Kernels that nothing in the catalogue reaches, and why it has no such workload. */
    private static final Map<String, String> NOT_ASKED = Map.of(
            "attention/*_rope_flash",
            "layers turn queries and keys in steps of their own; one that turns them in attention is an own shape",
            "append/*_kv_*",
            "layers append to caches of their own type; a quantised cache is an own shape",
            "pointwise/sm80_fp32_*",
            "steps of layers, and in fp32 no attention lets a layer run",
            "quantize/*_transposed",
            "models quantise along the rows they multiply by; a matrix that lies the other way is an own shape",
            "repack/*",
            "a change of a checkpoint's layout, which no model says it makes",
            "quantize/sm80_fp8_e5m2_*x128",
            "e5m2 is the format of gradients, under a scale a tensor or a token",
            "dequantize/sm80_fp8_e5m2_*|dequantize/sm80_fp8_e4m3_token|dequantize/sm80_int8_tensor",
            "formats of gradients and activations, which products read as they are; weights are what is expanded");

    @Test
    void everyKernelIsAskedUnlessNoModelAsksForIt() {
        Set<String> missing = left(Suites.of("full", "cuda").stream());
        Set<String> unexcused = new TreeSet<>(missing);
        NOT_ASKED.keySet().forEach(rows -> unexcused.removeIf(Glob.of(rows)::matches));
        assertEquals(Set.of(), unexcused, "full asks no case of these, and nobody says why");
        Set<String> needless = new TreeSet<>(NOT_ASKED.keySet());
        needless.removeIf(rows -> missing.stream().anyMatch(Glob.of(rows)::matches));
        assertEquals(Set.of(), needless, "excuses that nobody needs");
        missing.removeAll(left(Catalogue.load().stream(Query.ALL)));
        assertEquals(Set.of(), missing, "the catalogue has workloads for what full is excused from");
    }

    /** Ids of the kernels that none of the workloads reaches. */
    private static Set<String> left(Stream<Workload> workloads) {
        Map<String, CudaRow> left = new LinkedHashMap<>();
        CudaKernels.rows().forEach(row -> left.put(row.id(), row));
        workloads.map(Workload::problem).forEach(problem -> {
            left.values().removeIf(row -> row.supports(problem, HOPPER) instanceof Support.Supported);
            stepsOf(problem).forEach(left::remove);
        });
        return new TreeSet<>(left.keySet());
    }

    private static List<String> stepsOf(Problem problem) {
        return problem instanceof LayerProblem layer
                ? LayerRow.all().stream()
                        .filter(row -> row.supports(layer, HOPPER) instanceof Support.Supported)
                        .flatMap(row -> row.parts(layer, HOPPER).stream())
                        .map(part -> part.kernel().id())
                        .toList()
                : List.of();
    }
}
