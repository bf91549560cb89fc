package dev.ridgepoint.kernels.cuda.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who says that fp8 is converted before it is multiplied, and that the native kernel is the last where there is one. */
class Fp8SupportTest {
    private static final GemmShape SHAPE = GemmShape.of(64, 128, 256);

    @ParameterizedTest
    @CsvSource({
        "sm_80,  gemm/sm80_fp8_e4m3_mma UPCONVERTED",
        "sm_89,  gemm/sm80_fp8_e4m3_mma UPCONVERTED; gemm/sm89_fp8_e4m3_mma NATIVE",
        "sm_90a, gemm/sm80_fp8_e4m3_mma UPCONVERTED; gemm/sm89_fp8_e4m3_mma UPCONVERTED",
        "sm_120, gemm/sm80_fp8_e4m3_mma UPCONVERTED; gemm/sm89_fp8_e4m3_mma NATIVE"
    })
    void rowsSayHowADeviceRunsFp8(String arch, String expected) {
        assertEquals(List.of(expected.split("; ")), said(arch, Precision.FP8_E4M3));
        assertEquals(List.of(expected.replace("e4m3", "e5m2").split("; ")), said(arch, Precision.FP8_E5M2));
    }

    private static List<String> said(String arch, Precision precision) {
        DeviceTraits device = new DeviceTraits("test", arch, Set.of(), 108, 0, 1, Set.of());
        GemmProblem problem = new GemmProblem(SHAPE, precision);
        return MmaGemm.all().stream()
                .filter(row -> row.supports(problem, device) instanceof Support.Supported)
                .map(row -> row.id() + " " + how(row, problem, device))
                .toList();
    }

    private static Support.Precision how(CudaRow row, GemmProblem problem, DeviceTraits device) {
        return ((Support.Supported) row.supports(problem, device)).how();
    }
}
