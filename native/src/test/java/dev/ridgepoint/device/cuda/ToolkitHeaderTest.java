package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.device.cuda.driver.CudaErrors;
import dev.ridgepoint.device.cuda.driver.DeviceAttribute;
import dev.ridgepoint.device.cuda.driver.FatalCudaException;
import dev.ridgepoint.device.cuda.driver.FunctionAttribute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our declarations of the driver's interface against the header of a toolkit, where one is installed. */
class ToolkitHeaderTest {
    private static final Path SOURCES = Path.of("src/main/cpp/cuda");

    private static final Map<DeviceAttribute, String> DEVICE = Map.ofEntries(
            Map.entry(DeviceAttribute.MULTIPROCESSORS, "MULTIPROCESSOR_COUNT"),
            Map.entry(DeviceAttribute.ECC, "ECC_ENABLED"),
            Map.entry(DeviceAttribute.PCI_BUS, "PCI_BUS_ID"),
            Map.entry(DeviceAttribute.PCI_DEVICE, "PCI_DEVICE_ID"),
            Map.entry(DeviceAttribute.L2_CACHE_BYTES, "L2_CACHE_SIZE"),
            Map.entry(DeviceAttribute.PCI_DOMAIN, "PCI_DOMAIN_ID"),
            Map.entry(DeviceAttribute.COMPUTE_CAPABILITY_MAJOR, "COMPUTE_CAPABILITY_MAJOR"),
            Map.entry(DeviceAttribute.COMPUTE_CAPABILITY_MINOR, "COMPUTE_CAPABILITY_MINOR"),
            Map.entry(DeviceAttribute.COOPERATIVE_LAUNCH, "COOPERATIVE_LAUNCH"),
            Map.entry(DeviceAttribute.SHARED_MEMORY_PER_BLOCK, "MAX_SHARED_MEMORY_PER_BLOCK_OPTIN"),
            Map.entry(DeviceAttribute.CLUSTER_LAUNCH, "CLUSTER_LAUNCH"),
            Map.entry(DeviceAttribute.TENSOR_MAP_ACCESS, "TENSOR_MAP_ACCESS_SUPPORTED"));

    private static final Map<FunctionAttribute, String> FUNCTION = Map.of(
            FunctionAttribute.SHARED_BYTES, "SHARED_SIZE_BYTES",
            FunctionAttribute.LOCAL_BYTES, "LOCAL_SIZE_BYTES",
            FunctionAttribute.REGISTERS, "NUM_REGS",
            FunctionAttribute.BINARY_VERSION, "BINARY_VERSION",
            FunctionAttribute.MAX_DYNAMIC_SHARED_BYTES, "MAX_DYNAMIC_SHARED_SIZE_BYTES");

    private static final Set<String> FATAL = Set.of(
            "ECC_UNCORRECTABLE",
            "NVLINK_UNCORRECTABLE",
            "CONTAINED",
            "ILLEGAL_ADDRESS",
            "LAUNCH_TIMEOUT",
            "CONTEXT_IS_DESTROYED",
            "ASSERT",
            "HARDWARE_STACK_ERROR",
            "ILLEGAL_INSTRUCTION",
            "MISALIGNED_ADDRESS",
            "INVALID_ADDRESS_SPACE",
            "INVALID_PC",
            "LAUNCH_FAILED",
            "TENSOR_MEMORY_LEAK",
            "UNKNOWN");

    private Path header;
    private String text;

    @BeforeEach
    void findHeader() throws IOException {
        header = Stream.of(System.getenv("CUDA_HOME"), "/usr/local/cuda", "/usr/local/cuda-13.0")
                .filter(folder -> folder != null)
                .map(folder -> Path.of(folder, "include", "cuda.h"))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        assumeTrue(header != null, "no CUDA toolkit: its header cannot be read");
        text = Files.readString(header);
    }

    @Test
    void attributesHaveTheDriversNumbers() {
        DEVICE.forEach((ours, theirs) -> assertEquals(number("CU_DEVICE_ATTRIBUTE_" + theirs), ours.number(), theirs));
        FUNCTION.forEach((ours, theirs) -> assertEquals(number("CU_FUNC_ATTRIBUTE_" + theirs), ours.number(), theirs));
        assertEquals(Set.of(DeviceAttribute.values()), DEVICE.keySet());
        assertEquals(Set.of(FunctionAttribute.values()), FUNCTION.keySet());
    }

    @Test
    void exactlyTheResultsThatKillAContextAreFatal() {
        Matcher results = Pattern.compile("^ +CUDA_ERROR_(\\w+) += (\\d+)", Pattern.MULTILINE)
                .matcher(text);
        int found = 0;
        while (results.find()) {
            boolean fatal =
                    CudaErrors.of("", Integer.parseInt(results.group(2)), "", "", "") instanceof FatalCudaException;
            // A toolkit older than ours lacks some names; those it has must agree.
            assertEquals(FATAL.contains(results.group(1)), fatal, results.group(1));
            found++;
        }
        assertTrue(found > 60, found + " results");
    }

    /** The header renames functions to their newest version; calling an older one would mean other arguments. */
    @Test
    void functionsAreLookedUpByTheVersionTheHeaderMeans() throws IOException {
        Set<String> older = Set.of("cuEventElapsedTime", "cuDeviceGetUuid", "cuGraphInstantiateWithFlags");
        Matcher used =
                Pattern.compile("\"(cu[A-Z]\\w+)\"").matcher(Files.readString(SOURCES.resolve("driver_api.cpp")));
        int found = 0;
        while (used.find()) {
            String symbol = used.group(1);
            String base = symbol.replaceFirst("_v\\d$", "");
            Matcher renamed = Pattern.compile("#define " + base + " +(?:__CUDA_API_PT[DS][SZ]\\()?(" + base + "_v\\d)")
                    .matcher(text);
            String meant = renamed.find() ? renamed.group(1) : base;
            assertTrue(meant.equals(symbol) || older.contains(symbol), symbol + ", and the header means " + meant);
            found++;
        }
        assertTrue(found >= 40, found + " functions");
    }

    @Test
    void structuresAndArgumentsHaveTheDriversSizes() throws IOException, InterruptedException {
        requireAgreement("src/test/cpp/toolkit_agrees.cpp");
    }

    @Test
    void toolsAreHandedWhatNvtxHandsThem() throws IOException, InterruptedException {
        requireAgreement("src/test/cpp/toolkit_agrees_on_nvtx.cpp");
    }

    private void requireAgreement(String source) throws IOException, InterruptedException {
        FakeCuda.requireCompiler();
        List<String> command =
                List.of("g++", "-std=c++17", "-fsyntax-only", "-I" + header.getParent(), "-I" + SOURCES, source);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said.lines().limit(20).collect(Collectors.joining("\n")));
    }

    private int number(String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "\\s*= *(\\d+)").matcher(text);
        assertTrue(matcher.find(), name);
        return Integer.parseInt(matcher.group(1));
    }
}
