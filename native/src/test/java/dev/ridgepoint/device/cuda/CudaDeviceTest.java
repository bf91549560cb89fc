package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cpu.KernelTrial;
import dev.ridgepoint.device.cuda.driver.CudaException;
import dev.ridgepoint.device.cuda.driver.FatalCudaException;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both bindings, over a driver that is a fake. */
class CudaDeviceTest {
    private static final Geometry ONE_BLOCK = Geometry.of(Dim3.ONE, Dim3.of(32));
    private static final int ILLEGAL_ADDRESS = 700;
    private static final int OUT_OF_MEMORY = 2;

    @BeforeEach
    void installFake() {
        FakeCuda.install();
        assumeTrue(KernelImage.fatbin(CudaProbe.EMPTY).isPresent(), "built without nvcc: no kernel was compiled");
    }

    @AfterEach
    void leavesNothing() {
        FakeCuda.assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void saysWhatTheDeviceIs(String backend) {
        try (CudaDevice device = FakeCuda.open(backend)) {
            assertEquals(backend, device.backend());
            assertEquals("Ridgepoint emulated by a fake", device.traits().name());
            assertEquals("sm_90a", device.traits().arch());
            assertEquals(4, device.traits().units());
            assertEquals(227 << 10, device.traits().sharedMemoryBytes());
            assertEquals(1 << 20, device.traits().lastLevelCacheBytes());
            assertTrue(device.traits().features().contains("cluster_launch"));
            assertTrue(device.traits().nativeTypes().contains(DType.FP8_E4M3));
            assertEquals("emulated", device.stack().get("driver"));
            assertEquals("13.0", device.stack().get("CUDA of the driver"));
            assertEquals(
                    "GPU-10111213-1415-1617-1819-1a1b1c1d1e1f", device.uuid().orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void copiesInPiecesToAndFromBothKindsOfBuffers(String backend) {
        byte[] bytes = new byte[(1 << 20) + 12_345];
        new Random(7).nextBytes(bytes);
        try (CudaDevice device = FakeCuda.open(backend);
                DeviceBuffer buffer = device.allocate(bytes.length + 10)) {
            buffer.fill((byte) 0x5a);
            ByteBuffer heap = ByteBuffer.wrap(bytes);
            buffer.upload(10, heap);
            assertEquals(0, heap.remaining());
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 3).position(3);
            buffer.download(10, direct);
            byte[] back = new byte[bytes.length];
            direct.flip().position(3).get(back);
            assertArrayEquals(bytes, back);

            buffer.upload(10, direct.position(3));
            byte[] again = new byte[bytes.length];
            buffer.download(10, ByteBuffer.wrap(again));
            assertArrayEquals(bytes, again);
            byte[] untouched = new byte[10];
            buffer.download(0, ByteBuffer.wrap(untouched));
            assertArrayEquals("ZZZZZZZZZZ".getBytes(StandardCharsets.US_ASCII), untouched);

            DeviceException e =
                    assertThrows(DeviceException.class, () -> buffer.upload(20, ByteBuffer.allocate(bytes.length)));
            assertTrue(e.getMessage().startsWith("offset: "), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void everyParameterArrivesWithItsBytes(String backend) {
        try (CudaDevice device = FakeCuda.open(backend);
                DeviceBuffer seen = device.allocate(80);
                DeviceBuffer other = device.allocate(8)) {
            Map<String, DeviceBuffer> buffers = Map.of("seen", seen, "other", other);
            KernelLaunch launch = new KernelLaunch(
                    CudaProbe.TEN_ARGUMENTS.symbol(),
                    ONE_BLOCK,
                    List.of(
                            Argument.buffer("seen"),
                            Argument.int8(0xa1),
                            Argument.int16(0xb1b2),
                            Argument.int32(0xc1c2c3c4),
                            Argument.int64(0xd1d2d3d4d5d6d7d8L),
                            Argument.fp32(1.5f),
                            Argument.fp64(-2.25),
                            Argument.buffer("other"),
                            Argument.int8(-1),
                            Argument.int64(Long.MIN_VALUE)));
            try (PreparedLaunch prepared =
                    device.prepare(CudaProbe.TEN_ARGUMENTS, LaunchPlan.of("all sizes", launch), buffers)) {
                prepared.launch();
                prepared.synchronize();
                assertEquals("probe_sm80_mixed_ten_arguments (sm_90): all sizes", prepared.implementation());
            }
            ByteBuffer words = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
            seen.download(0, words);
            words.flip();
            long[] expected = {
                seen.address(),
                0xa1,
                0xb1b2,
                0xc1c2c3c4L,
                0xd1d2d3d4d5d6d7d8L,
                Float.floatToRawIntBits(1.5f),
                Double.doubleToRawLongBits(-2.25),
                other.address(),
                0xff,
                Long.MIN_VALUE
            };
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], words.getLong(), "parameter " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aCatalogueRowSolvesItsProblem(String backend) {
        GemmProblem problem = new GemmProblem(GemmShape.of(5, 7, 33), Precision.FP32);
        FakeCuda.record();
        try (CudaDevice device = FakeCuda.open(backend)) {
            assertTrue(KernelTrial.verify(
                            device, KernelTrial.row(device, "gemm/sm80_fp32_naive"), problem, Distribution.NORMAL, 3)
                    .passed());
        }
        assertTrue(FakeCuda.log().contains("gemm_sm80_fp32_naive grid 1x5x1 block 256x1x1 shared 0"), FakeCuda.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void argumentsThatAreNotTheKernelsAreRefused(String backend) {
        try (CudaDevice device = FakeCuda.open(backend)) {
            KernelLaunch tooFew = new KernelLaunch(
                    CudaProbe.COPY.symbol(), ONE_BLOCK, List.of(Argument.nullPointer(), Argument.nullPointer()));
            DeviceException few = assertThrows(
                    DeviceException.class, () -> device.prepare(CudaProbe.COPY, LaunchPlan.of("", tooFew), Map.of()));
            assertEquals(
                    "probe/sm80_fp32_copy: probe_sm80_fp32_copy takes 3 parameters, and the launch brings 2",
                    few.getMessage());
            KernelLaunch narrow = new KernelLaunch(
                    CudaProbe.COPY.symbol(),
                    ONE_BLOCK,
                    List.of(Argument.nullPointer(), Argument.nullPointer(), Argument.int32(1)));
            DeviceException size = assertThrows(
                    DeviceException.class, () -> device.prepare(CudaProbe.COPY, LaunchPlan.of("", narrow), Map.of()));
            assertTrue(size.getMessage().contains("parameter 2 of"), size.getMessage());
            KernelLaunch unknown = new KernelLaunch("probe_other", ONE_BLOCK, List.of());
            assertThrows(
                    DeviceException.class, () -> device.prepare(CudaProbe.COPY, LaunchPlan.of("", unknown), Map.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void recordedLaunchesRunWhenTheyAreReplayed(String backend) {
        try (CudaDevice device = FakeCuda.open(backend);
                DeviceBuffer x = device.allocate(64);
                DeviceBuffer y = device.allocate(64);
                PreparedLaunch copy = copy(device, x, y)) {
            y.fill((byte) 0);
            x.fill((byte) 3);
            try (GraphLaunch graph = device.record(() -> {
                copy.launch();
                copy.launch();
            })) {
                assertEquals(0, firstByte(y), "recording runs nothing");
                graph.launch();
                graph.synchronize();
                assertEquals(3, firstByte(y));
                x.fill((byte) 4);
                graph.launch();
                graph.synchronize();
                assertEquals(4, firstByte(y));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aRecordingThatFailsLeavesTheStreamUsable(String backend) {
        try (CudaDevice device = FakeCuda.open(backend);
                DeviceBuffer x = device.allocate(64);
                DeviceBuffer y = device.allocate(64);
                PreparedLaunch copy = copy(device, x, y)) {
            x.fill((byte) 5);
            assertThrows(
                    IllegalStateException.class,
                    () -> device.record(() -> {
                        throw new IllegalStateException("stop");
                    }));
            copy.launch();
            assertEquals(5, firstByte(y));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void eventsTimeLaunchesAndCountWhatTheyDrop(String backend) {
        try (CudaDevice device = FakeCuda.open(backend);
                DeviceBuffer x = device.allocate(64);
                PreparedLaunch copy = copy(device, x, x);
                EventTimer timer = device.timer(3)) {
            for (int sample = 1; sample <= 4; sample++) {
                timer.begin();
                for (int i = 0; i < sample; i++) {
                    copy.launch();
                }
                timer.end();
            }
            float[] millis = new float[3];
            assertEquals(3, timer.drain(millis));
            assertArrayEquals(new float[] {1, 2, 3}, millis);
            assertEquals(1, timer.dropped());
            assertEquals(0, timer.drain(millis));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void theFlushWritesMoreThanTheCache(String backend) {
        FakeCuda.record();
        try (CudaDevice device = FakeCuda.open(backend);
                L2Flush flush = device.l2Flush()) {
            flush.flush();
            flush.flush();
            assertEquals(1, FakeCuda.liveAllocations());
            assertEquals(2, FakeCuda.log().split("cuMemsetD8Async", -1).length - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void errorsCarryTheDriversOwnWords(String backend) {
        try (CudaDevice device = FakeCuda.open(backend)) {
            FakeCuda.failNext("cuMemAlloc", OUT_OF_MEMORY);
            CudaException e = assertThrows(CudaException.class, () -> device.allocate(100));
            assertEquals("cuMemAlloc: CUDA_ERROR_OUT_OF_MEMORY (2), the fake's words for 2", e.getMessage());
            assertEquals("CUDA_ERROR_OUT_OF_MEMORY", e.resultName());
            assertEquals(OUT_OF_MEMORY, e.result());
            device.allocate(100).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aDeviceThatCannotBeOpenedWholeKeepsNothing(String backend) {
        FakeCuda.failNext("cuStreamCreate", OUT_OF_MEMORY);
        assertThrows(CudaException.class, () -> FakeCuda.open(backend));
        FakeCuda.failNext("cuDevicePrimaryCtxRetain", OUT_OF_MEMORY);
        assertThrows(CudaException.class, () -> FakeCuda.open(backend));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aModuleTheDriverRefusesBringsItsReason(String backend) {
        GemmProblem problem = new GemmProblem(GemmShape.of(2, 3, 4), Precision.FP32);
        try (CudaDevice device = FakeCuda.open(backend)) {
            Map<String, DeviceBuffer> buffers =
                    Map.of("a", device.allocate(32), "b", device.allocate(48), "c", device.allocate(24));
            FakeCuda.failNext("cuModuleLoadDataEx", 218);
            CudaException e = assertThrows(CudaException.class, () -> device.prepare(ours(device), problem, buffers));
            assertEquals("cuModuleLoadDataEx: CUDA_ERROR_INVALID_PTX (218), the fake's words for 218", e.getMessage());
            device.prepare(ours(device), problem, buffers).close();
            buffers.values().forEach(DeviceBuffer::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aKernelThatFaultsKillsTheContextAndIsSaidOnce(String backend) {
        CudaDevice device = FakeCuda.open(backend);
        DeviceBuffer x = device.allocate(64);
        DeviceBuffer y = device.allocate(64);
        PreparedLaunch beyond = copy(device, x, y, 5);
        beyond.launch();
        FatalCudaException e = assertThrows(FatalCudaException.class, beyond::synchronize);
        assertEquals(ILLEGAL_ADDRESS, e.result());
        assertEquals(
                "cuStreamSynchronize: CUDA_ERROR_ILLEGAL_ADDRESS (700), the fake's words for 700; the context is dead",
                e.getMessage());
        assertThrows(FatalCudaException.class, beyond::launch);
        assertThrows(FatalCudaException.class, () -> x.fill((byte) 1));
        FatalCudaException again = assertThrows(FatalCudaException.class, device::close, "never a quiet end");
        assertEquals(ILLEGAL_ADDRESS, again.result());
        // A dead context gives nothing back; only its process's end does. Here the fake is brought back to life.
        FakeCuda.bury();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void launchingAllocatesNothing(String backend) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (CudaDevice device = FakeCuda.open(backend);
                DeviceBuffer x = device.allocate(64);
                PreparedLaunch copy = copy(device, x, x)) {
            long[] allocated = new long[2];
            for (int round = 0; round < 2; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1000; i++) {
                    copy.launch();
                    copy.synchronize();
                }
                allocated[round] = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertTrue(allocated[1] < 1000, allocated[1] + " bytes in 1000 launches");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aBufferThatIsNeverClosedIsReportedAndGivenBack(String backend) {
        CudaDevice device = FakeCuda.open(backend);
        device.allocate(100);
        device.allocate(28).close();
        DeviceException e = assertThrows(DeviceException.class, device::close);
        assertEquals("1 buffers of 100 bytes were never closed", e.getMessage());
        assertThrows(DeviceException.class, () -> device.allocate(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aLaunchOverAClosedBufferIsRefused(String backend) {
        try (CudaDevice device = FakeCuda.open(backend)) {
            DeviceBuffer x = device.allocate(64);
            PreparedLaunch copy = copy(device, x, x);
            x.close();
            assertThrows(DeviceException.class, copy::launch);
            copy.close();
            assertThrows(DeviceException.class, copy::launch);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void buffersOfAnotherDeviceAreRefused(String backend) {
        try (CudaDevice device = FakeCuda.open(backend);
                CudaDevice other = FakeCuda.open(backend);
                DeviceBuffer x = other.allocate(64)) {
            DeviceException e = assertThrows(DeviceException.class, () -> copy(device, x, x));
            assertTrue(e.getMessage().endsWith("the buffer belongs to another device"), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void sharedMemoryBeyondTheUsualIsAskedFor(String backend) {
        FakeCuda.record();
        try (CudaDevice device = FakeCuda.open(backend)) {
            KernelLaunch launch = new KernelLaunch(CudaProbe.EMPTY.symbol(), ONE_BLOCK.withShared(100_000), List.of());
            try (PreparedLaunch prepared = device.prepare(CudaProbe.EMPTY, LaunchPlan.of("", launch), Map.of())) {
                prepared.launch();
            }
        }
        assertTrue(FakeCuda.log().contains("cuFuncSetAttribute 8 100000"), FakeCuda.log());
        assertTrue(FakeCuda.log().contains("block 32x1x1 shared 100000"), FakeCuda.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void cooperativeLaunchesSaySo(String backend) {
        FakeCuda.record();
        try (CudaDevice device = FakeCuda.open(backend)) {
            launchEmpty(device, ONE_BLOCK.asCooperative());
        }
        boolean said = FakeCuda.log().contains("cuLaunchCooperativeKernel")
                || FakeCuda.log().contains("attribute 2: 1");
        assertTrue(said, FakeCuda.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void clustersAreLaunchedByJniAndRefusedByJcuda(String backend) {
        FakeCuda.record();
        Geometry clusters = Geometry.of(Dim3.of(8), Dim3.of(32)).inClusters(Dim3.of(2, 4));
        try (CudaDevice device = FakeCuda.open(backend)) {
            if (backend.equals("jcuda")) {
                assertThrows(UnsupportedKernelException.class, () -> launchEmpty(device, clusters));
            } else {
                launchEmpty(device, clusters);
                assertTrue(FakeCuda.log().contains("cuLaunchKernelEx"), FakeCuda.log());
                assertTrue(FakeCuda.log().contains("attribute 4: 2 4 1"), FakeCuda.log());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void aDriverThatPlaysTheOtherPartIsRefused(String backend) {
        FakeCuda.playHardware();
        DeviceException e = assertThrows(DeviceException.class, () -> FakeCuda.open(backend));
        assertTrue(e.getMessage().startsWith("--driver emulated: "), e.getMessage());
        assertTrue(e.getMessage().endsWith("drives 'NVIDIA Fake', which is no emulated device"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void theDeviceIsChosenByIndexOrUuid(String backend) {
        for (String wanted : List.of("1", "GPU-20212223-2425-2627-2829-2a2b2c2d2e2f", "GPU-2021")) {
            System.setProperty(CudaProperties.DEVICE, wanted);
            try (CudaDevice device = FakeCuda.open(backend)) {
                assertTrue(device.uuid().orElseThrow().startsWith("GPU-2021"), wanted);
            }
        }
        System.setProperty(CudaProperties.DEVICE, "7");
        DeviceException e = assertThrows(DeviceException.class, () -> FakeCuda.open(backend));
        assertTrue(e.getMessage().startsWith("--device: no device '7'; known: 0 GPU-1011"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void anOldArchitectureSaysWhatItLacks(String backend) {
        FakeCuda.playArch(75);
        GemmProblem problem = new GemmProblem(GemmShape.of(2, 3, 4), Precision.FP32);
        try (CudaDevice device = FakeCuda.open(backend)) {
            UnsupportedKernelException e = assertThrows(
                    UnsupportedKernelException.class, () -> device.prepare(ours(device), problem, Map.of()));
            assertEquals("needs sm_80, and this is sm_75", e.getMessage());
        }
    }

    private static void launchEmpty(CudaDevice device, Geometry geometry) {
        KernelLaunch launch = new KernelLaunch(CudaProbe.EMPTY.symbol(), geometry, List.of());
        try (PreparedLaunch prepared = device.prepare(CudaProbe.EMPTY, LaunchPlan.of("", launch), Map.of())) {
            prepared.launch();
            prepared.synchronize();
        }
    }

    /** The first kernel after NVIDIA's own, which no fake can run. */
    private static KernelRow ours(CudaDevice device) {
        return device.kernels().stream()
                .filter(kernel -> !kernel.baseline())
                .findFirst()
                .orElseThrow();
    }

    private static PreparedLaunch copy(CudaDevice device, DeviceBuffer x, DeviceBuffer y) {
        return copy(device, x, y, x.bytes() / 16);
    }

    private static PreparedLaunch copy(CudaDevice device, DeviceBuffer x, DeviceBuffer y, long vectors) {
        KernelLaunch launch = new KernelLaunch(
                CudaProbe.COPY.symbol(),
                Geometry.of(Dim3.ONE, Dim3.of(CudaProbe.BLOCK)),
                List.of(Argument.buffer("x"), Argument.buffer("y"), Argument.int64(vectors)));
        return device.prepare(CudaProbe.COPY, LaunchPlan.of("one block", launch), Map.of("x", x, "y", y));
    }

    private static int firstByte(DeviceBuffer buffer) {
        ByteBuffer one = ByteBuffer.allocate(1);
        buffer.download(0, one);
        return one.get(0);
    }
}
