package dev.ridgepoint.device.conformance.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The profiler's text as its manual describes it; none was recorded on a GPU yet. */
class NcuCsvTest {
    private static final String LOADS = Counter.GLOBAL_LOAD_SECTORS.metric();
    private static final String TENSOR = Counter.TENSOR_INSTRUCTIONS.metric();
    private static final String TEXT = """
            ==PROF== Connected to process 4711 (/opt/java)
            ==PROF== Profiling "gemm": 0%....50%....100% - 1 pass
            ==PROF== Disconnected from process 4711
            "ID","Process ID","Process Name","Host Name","Kernel Name","Context","Stream","Block Size","Grid Size","Device","CC","LOADS","TENSOR"
            "","","","","","","","","","","","sector","inst"
            "0","4711","java","127.0.0.1","gemm(float *, ""x"")","1","13","(256, 1, 1)","(1, 8, 1)","0","9.0","1,048,576","64"
            "1","4711","java","127.0.0.1","reduce","1","13","(256, 1, 1)","(1, 8, 1)","0","9.0","1024","n/a"
            """.replace("LOADS", LOADS).replace("TENSOR", TENSOR);

    @Test
    void launchesHaveTheirMetrics() {
        List<NcuCsv.Launch> launches = NcuCsv.parse(TEXT);
        assertEquals(
                List.of(
                        new NcuCsv.Launch("gemm(float *, \"x\")", Map.of(LOADS, 1048576.0, TENSOR, 64.0)),
                        new NcuCsv.Launch("reduce", Map.of(LOADS, 1024.0))),
                launches);
    }

    @Test
    void launchesAreDealtOutByVector() {
        List<KernelCounters> counters = KernelCounters.of(
                NcuCsv.parse(TEXT), List.of(new KernelCounters.Launched("split-K", List.of("gemm", "reduce"))));
        assertEquals(
                Map.of(Counter.GLOBAL_LOAD_SECTORS, 1049600L, Counter.TENSOR_INSTRUCTIONS, 64L),
                counters.get(0).counts());
        ProfilerException other = assertThrows(
                ProfilerException.class,
                () -> KernelCounters.of(
                        NcuCsv.parse(TEXT), List.of(new KernelCounters.Launched("flash", List.of("flash")))));
        assertEquals("ncu: launch 0 is gemm(float *, \"x\"), expected flash of flash", other.getMessage());
    }

    @Test
    void aProfilerThatMayNotCountSaysSo() {
        ProfilerException refused = assertThrows(
                ProfilerException.class,
                () -> NcuCsv.parse(
                        "==PROF== Connected\n==ERROR== ERR_NVGPUCTRPERM - The user does not have permission\n"));
        assertTrue(refused.getMessage().contains("may not read the GPU's counters"), refused.getMessage());
        ProfilerException nothing =
                assertThrows(ProfilerException.class, () -> NcuCsv.parse("==WARNING== No kernels were profiled.\n"));
        assertEquals("ncu printed no launches: WARNING No kernels were profiled.", nothing.getMessage());
    }

    @Test
    void twoPercentAreAllowed() throws Exception {
        JsonNode launch = new JsonMapper().readTree("""
                {"globalLoads": {"sectors": 1000}, "named": {"mma.m16n8k16.bf16.flops": 81920, "other": 7}}
                """);
        Map<Counter, Long> ours = Map.of(
                Counter.GLOBAL_LOAD_SECTORS, Counter.GLOBAL_LOAD_SECTORS.emulated(List.of(launch)),
                Counter.TENSOR_INSTRUCTIONS, Counter.TENSOR_INSTRUCTIONS.emulated(List.of(launch)));
        assertEquals(Map.of(Counter.GLOBAL_LOAD_SECTORS, 1000L, Counter.TENSOR_INSTRUCTIONS, 20L), ours);
        assertEquals(List.of(), hardware(1020, 20).differences(ours));
        assertEquals(
                List.of("GLOBAL_LOAD_SECTORS: hardware 1021, ours 1000"),
                hardware(1021, 20).differences(ours));
        assertEquals(
                List.of("TENSOR_INSTRUCTIONS: hardware 21, ours 20"),
                hardware(1000, 21).differences(ours));
    }

    private static KernelCounters hardware(long sectors, long products) {
        return new KernelCounters(
                "one", Map.of(Counter.GLOBAL_LOAD_SECTORS, sectors, Counter.TENSOR_INSTRUCTIONS, products));
    }
}
