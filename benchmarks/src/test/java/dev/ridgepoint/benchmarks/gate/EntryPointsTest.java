package dev.ridgepoint.benchmarks.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.shape.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No entry point of a kernel is compiled that the gate never launches. */
class EntryPointsTest {
    private static final Path SOURCES = Path.of("..", "kernels", "src", "main", "cuda");
    /** Heads of definitions: bounds, which have parentheses of their own, then the symbol. */
    private static final Pattern ENTRY =
            Pattern.compile("extern \"C\" __global__ void\\s+(?:__launch_bounds__\\([^)]*\\)\\s+)?(\\w+)\\(");

    /** SMs of an A100, a PCIe H100, an H100 and an RTX PRO 6000: rules follow them. */
    @ParameterizedTest
    @ValueSource(ints = {108, 114, 132, 188})
    void theGateLaunchesThemAll(int units) throws IOException {
        DeviceTraits device = new DeviceTraits("test", "sm_120", Set.of(), units, 48 << 10, 96 << 20, Set.of());
        List<CudaRow> rows = CudaKernels.rows();
        Set<String> launched = new TreeSet<>();
        SmallestDevice smallest = new SmallestDevice(rows, DirectedProblems.all(), device);
        for (Problem problem : DirectedProblems.all()) {
            for (CudaRow row : rows) {
                if (row.supports(problem, device) instanceof Support.Supported) {
                    launched.addAll(entries(row, problem, device));
                    if (smallest.asks(row, problem)) {
                        KernelRow asForOneSm = SmallestDevice.as(row, problem);
                        launched.addAll(entries((CudaRow) asForOneSm, problem, device));
                    }
                }
            }
        }
        Set<String> defined = defined(rows);
        assertTrue(defined.containsAll(launched), "the pattern finds no definition of some entry point");
        defined.removeAll(launched);
        assertEquals(Set.of(), defined, "entry points that no case of the gate launches");
    }

    private static List<String> entries(CudaRow row, Problem problem, DeviceTraits device) {
        return row.plan(problem, device).launches().stream()
                .map(KernelLaunch::entry)
                .toList();
    }

    private static Set<String> defined(List<CudaRow> rows) throws IOException {
        Set<String> defined = new TreeSet<>();
        for (CudaRow row : rows) {
            Matcher entry = ENTRY.matcher(Files.readString(SOURCES.resolve(row.source())));
            while (entry.find()) {
                defined.add(entry.group(1));
            }
        }
        return defined;
    }
}
