package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.EmulatedJvm.Outcome;
import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.device.cuda.jni.Cublas;
import dev.ridgepoint.device.cuda.jni.CublasLt;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The baseline, over a cublasLt that multiplies by columns as the real one is documented to. */
class VendorProductTest {
    private String library;

    @BeforeEach
    void installFake() {
        FakeCuda.install();
        library = Path.of(FakeCuda.path()).resolveSibling("libfakecublaslt.so").toString();
    }

    @AfterEach
    void leavesNothing() {
        FakeCuda.assertNothingIsLeft();
    }

    /** One scale for all of an operand is what it is given. */
    @Test
    void blocksUnderScalesOfTheirOwnAreNotAskedOfIt() {
        GemmShape shape = GemmShape.of(64, 64, 128);
        assertEquals(Optional.empty(), VendorLibrary.refusal(shape, Precision.FP8_E4M3));
        for (Precision blocks : List.of(Precision.MXFP8, Precision.W8A16_FP8, Precision.NVFP4)) {
            assertEquals(
                    "cuBLAS is not asked for " + blocks,
                    VendorLibrary.refusal(shape, blocks).orElseThrow());
        }
    }

    @Test
    void cublasLtMultipliesWhatOursMultiply() {
        assertEquals(
                library + " 130001: algorithm 66, tile 11, split-k 12, stages 16, workspace 16777216 bytes",
                multiply("jni", () -> CublasLt.open("nowhere.so " + library)));
    }

    @Test
    void cublasMultipliesWhatOursMultiply() {
        assertEquals(
                library + " 130002: an algorithm of its own choice, workspace 33554432 bytes",
                multiply("jni", () -> Cublas.open(library)));
    }

    /** Holds a library's product against the oracle; returns what it said of itself. */
    static String multiply(String backend, Supplier<? extends VendorLibrary> library) {
        GemmProblem problem = new GemmProblem(GemmShape.of(3, 17, 40), Precision.FP32);
        OperandSet inputs = OperandSet.generate(problem, Distribution.NORMAL, 11);
        try (CudaDevice device = FakeCuda.open(backend)) {
            Map<String, DeviceBuffer> buffers = buffers(device, inputs);
            try (PreparedLaunch product = device.vendorProduct(library, problem, buffers)) {
                product.launch();
                product.synchronize();
                assertTrue(Verifier.of(problem, inputs)
                        .check((operand, offset, target) -> buffers.get(operand).download(offset, target))
                        .passed());
                return product.implementation();
            } finally {
                buffers.values().forEach(DeviceBuffer::close);
            }
        }
    }

    private static Map<String, DeviceBuffer> buffers(CudaDevice device, OperandSet inputs) {
        Map<String, DeviceBuffer> buffers = new LinkedHashMap<>();
        for (OperandSpec spec : inputs.specs()) {
            DeviceBuffer buffer = device.allocate(spec.bytes());
            buffers.put(spec.name(), buffer);
            buffer.fill(Verifier.POISON);
            if (spec.role() == OperandSpec.Role.INPUT) {
                buffer.upload(0, inputs.input(spec.name()));
            }
        }
        return buffers;
    }

    /** cuBLAS keeps one workspace for all, so that of a product that is closed must not go with it. */
    @Test
    void productsOfADeviceShareTheirWorkspace() {
        GemmProblem problem = new GemmProblem(GemmShape.of(3, 17, 40), Precision.FP32);
        OperandSet inputs = OperandSet.generate(problem, Distribution.NORMAL, 11);
        try (CudaDevice device = FakeCuda.open("jni")) {
            Map<String, DeviceBuffer> buffers = buffers(device, inputs);
            int operands = FakeCuda.liveAllocations();
            PreparedLaunch first = device.vendorProduct(() -> Cublas.open(library), problem, buffers);
            PreparedLaunch second = device.vendorProduct(() -> Cublas.open(library), problem, buffers);
            assertEquals(operands + 1, FakeCuda.liveAllocations());
            second.close();
            assertEquals(operands + 1, FakeCuda.liveAllocations());
            first.close();
            buffers.values().forEach(DeviceBuffer::close);
        }
    }

    @Test
    void jcublasMultipliesWhatOursMultiply(@TempDir Path libraries) throws Exception {
        Files.copy(Path.of(library), libraries.resolve("libcublas.so.12"));
        String version = "libcublas.so.12 130002";
        String product = version + ": an algorithm of its own choice, workspace 33554432 bytes";
        assertEquals(List.of(version, product, version, product), jcublas(libraries));
    }

    @Test
    void withoutItsLibraryJcublasSaysSoInOneLineEachTime(@TempDir Path libraries) throws Exception {
        Files.writeString(libraries.resolve("libcublas.so.12"), "not what NVIDIA ships");
        List<String> said = jcublas(libraries);
        assertEquals(2, said.size(), said.toString());
        assertEquals(said.get(0), said.get(1));
        String begin = "no cuBLAS 12, the one that JCublas calls: " + libraries.resolve("libcublas.so.12") + ": ";
        assertTrue(said.get(0).startsWith(begin), said.get(0));
        assertTrue(said.get(0).endsWith("; install it, or use --backend jni, which takes 13 too"), said.get(0));
    }

    private static List<String> jcublas(Path libraries) throws Exception {
        Outcome outcome =
                EmulatedJvm.run(List.of(), Map.of("LD_LIBRARY_PATH", libraries.toString()), JcublasTrial.class);
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status(), outcome.out());
        return outcome.out().lines().toList();
    }

    @Test
    void whatItCannotIsASkipWithItsReason() {
        GemmProblem int4 = new GemmProblem(GemmShape.of(1, 128, 128), Precision.W4A16_G128);
        GemmProblem bf16 = new GemmProblem(GemmShape.of(2, 3, 4), Precision.BF16);
        GemmProblem fp32 = new GemmProblem(GemmShape.of(2, 3, 4), Precision.FP32);
        VendorLibrary.Operands nowhere = new VendorLibrary.Operands(0, 0, 0, 0, 0);
        CublasLt lt = CublasLt.open(library);
        assertEquals(library + " 130001", lt.version());
        try (CudaDevice device = FakeCuda.open("jni");
                CudaDevice jcuda = FakeCuda.open("jcuda")) {
            assertEquals(
                    "cublasLt is not asked for w4a16_g128",
                    refusal(() -> lt.prepare(int4.shape(), int4.precision(), nowhere, 0, device.stream())));
            assertEquals(
                    "cublasLt has no algorithm for gemm_m2_n3_k4 in bf16 (status 15)",
                    refusal(() -> lt.prepare(bf16.shape(), bf16.precision(), nowhere, 0, device.stream())));
            assertEquals(
                    "cublasLt runs on streams of the jni backend",
                    refusal(() -> lt.prepare(fp32.shape(), fp32.precision(), nowhere, 0, jcuda.stream())));
            VendorLibrary.Operands scaled = new VendorLibrary.Operands(0, 0, 0, 8, 8);
            Cublas blas = Cublas.open(library);
            assertEquals(
                    "cuBLAS takes no scales; cublasLt does",
                    refusal(() -> blas.prepare(fp32.shape(), fp32.precision(), scaled, 0, device.stream())));
        }
    }

    private static String refusal(Runnable work) {
        return assertThrows(UnsupportedKernelException.class, work::run).getMessage();
    }
}
