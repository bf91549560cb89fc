package dev.ridgepoint.benchmarks.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.Emulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate where outputs are too large for the oracle and the device has a reference in fp64: on the emulated driver. */
class DeviceReferenceTest {
    @TempDir
    private Path folder;

    @Test
    void allOfAnOutputIsComparedWithWhatTheDeviceSays() throws IOException, InterruptedException {
        Emulator.require();
        Emulator.Ended ended =
                Emulator.run(folder, DeviceReferenceTrial.class, List.of("-Dridgepoint.driver=emulated"), List.of());
        assertEquals(0, ended.status(), ended.said());
        List<String> lines = ended.said().lines().toList();
        // Twice: what the timed call left, and what followed changed inputs.
        assertEquals(
                List.of(
                        "gemm/sm80_bf16_mma device-fp64 " + 2 * 70 * 300,
                        "gemm/sm80_fp32_shared device-fp64 " + 2 * 33 * 140,
                        "gemm/sm80_fp8_e4m3_mma device-fp64 " + 2 * 66 * 80,
                        "gemm/sm80_w4a16_g128_gemv device-fp64 " + 2 * 5 * 130,
                        "gemm/sm80_w8a16_zp_skinny device-fp64 " + 2 * 7 * 130,
                        "gemm/sm80_nvfp4_gemv device-fp64 " + 2 * 3 * 130,
                        "attention/sm80_bf16_flash device-fp64 " + 2 * 75 * 4 * 64,
                        "attention/sm80_bf16_kv_int8_decode device-fp64 " + 2 * 3 * 8 * 128),
                lines.subList(0, DeviceReferenceTrial.PROBLEMS.size()),
                ended.said());
        String wrong = lines.get(DeviceReferenceTrial.PROBLEMS.size());
        assertTrue(wrong.startsWith("wrong true c[3, 57]: expected "), ended.said());
    }
}
