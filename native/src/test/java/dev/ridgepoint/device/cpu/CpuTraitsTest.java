package dev.ridgepoint.device.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cpu.gemm.GemmKernels;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.precision.DType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CpuTraitsTest {
    private static final String V2 = "cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3";
    private static final String V3 = V2 + " avx avx2 bmi1 bmi2 f16c fma abm movbe";
    private static final String V4 = V3 + " avx512f avx512bw avx512cd avx512dq avx512vl";

    private static DeviceTraits parse(String flags) {
        return CpuTraits.parse("processor\t: 0\nmodel name\t: A CPU\nflags\t\t: fpu " + flags + "\n", "32768K\n", 8);
    }

    @Test
    void readsTheLevelFromTheFlags() {
        assertEquals("x86-64", parse("sse2").arch());
        assertEquals("x86-64-v2", parse(V2).arch());
        assertEquals("x86-64-v3", parse(V3).arch());
        assertEquals("x86-64-v4", parse(V4).arch());
        assertEquals("x86-64-v2", parse(V4.replace("fma", "")).arch(), "v3 needs fma, and v4 needs v3");
    }

    @Test
    void multipliersDecideWhatIsNative() {
        assertEquals(Set.of(DType.FP64, DType.FP32), parse(V3).nativeTypes());
        assertTrue(parse(V4 + " avx512_bf16").nativeTypes().contains(DType.BF16));
        Set<DType> amx = parse(V4 + " avx512_vnni amx_tile amx_int8 amx_bf16").nativeTypes();
        assertEquals(Set.of(DType.FP64, DType.FP32, DType.BF16, DType.INT8), amx);
        assertTrue(parse(V4 + " avx512_fp16").nativeTypes().contains(DType.FP16));
        assertTrue(parse(V3 + " avx_vnni").nativeTypes().contains(DType.INT8));
    }

    /** What instructions make of subnormal numbers is known by the row that uses them, on that CPU alone. */
    @Test
    void instructionsForBf16TakeSubnormalNumbersForZeros() {
        Map<String, CpuKernel> rows =
                GemmKernels.all().stream().collect(Collectors.toMap(CpuKernel::id, Function.identity()));
        DeviceTraits widens = parse(V4 + " avx512_vnni");
        for (String flag : List.of("avx512_bf16", "amx_bf16")) {
            DeviceTraits multiplies = parse(V4 + " " + flag);
            for (String id : List.of("bf16_onednn", "w8a16_onednn", "w4a16_g128_onednn")) {
                CpuKernel row = rows.get("gemm/cpu_" + id);
                assertTrue(row.multipliesSubnormals(widens), id);
                assertFalse(row.multipliesSubnormals(multiplies), id);
            }
            for (String id : List.of("fp32_onednn", "bf16_upconvert", "int8_onednn")) {
                assertTrue(rows.get("gemm/cpu_" + id).multipliesSubnormals(multiplies), id);
            }
        }
    }

    @Test
    void readsNameCacheAndThreads() {
        DeviceTraits traits = parse(V3);
        assertEquals("A CPU", traits.name());
        assertEquals(32L << 20, traits.lastLevelCacheBytes());
        assertEquals(8, traits.units());
        assertEquals(Set.of("sse4_1", "avx2", "f16c", "fma"), traits.features());
    }

    @Test
    void aForeignCpuinfoIsRefusedByName() {
        DeviceException e = assertThrows(DeviceException.class, () -> CpuTraits.parse("Features: neon\n", "1M", 1));
        assertTrue(e.getMessage().contains("'flags'"), e.getMessage());
    }
}
