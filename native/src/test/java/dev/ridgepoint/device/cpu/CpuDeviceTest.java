package dev.ridgepoint.device.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuDeviceTest {
    private static final GemmProblem TINY = new GemmProblem(GemmShape.of(2, 3, 4), Precision.FP32);

    @Test
    void opensByNameAndSaysWhatItIs() {
        try (Device device = Devices.open("cpu")) {
            assertEquals("cpu", device.backend());
            assertTrue(
                    device.traits().arch().startsWith("x86-64"), device.traits().arch());
            assertTrue(device.traits().units() >= 1);
            assertEquals("3.11.0", device.stack().get("oneDNN"));
            assertEquals("1", device.stack().get("threads"));
        }
    }

    @Test
    void unknownBackendNamesTheKnownOnes() {
        DeviceException e = assertThrows(DeviceException.class, () -> Devices.open("tpu"));
        assertEquals("unknown backend 'tpu'; known: cpu, jcuda, jni", e.getMessage());
    }

    @Test
    void otherPlatformsAreRefusedInOneLineThatSaysWhatWorks() {
        DeviceException e =
                assertThrows(DeviceException.class, () -> CpuProvider.requirePlatform("Mac OS X", "aarch64"));
        assertEquals(
                "kernels run on Linux x86-64, and this is Mac OS X aarch64;"
                        + " result bundles can be analysed here: ridgepoint validate, report, cite, classify",
                e.getMessage());
        assertThrows(DeviceException.class, () -> CpuProvider.requirePlatform("Linux", "aarch64"));
        CpuProvider.requirePlatform("Linux", "amd64");
    }

    @Test
    void aBufferThatIsNeverClosedIsReported() {
        Device device = Devices.open("cpu");
        device.allocate(100);
        device.allocate(28).close();
        DeviceException e = assertThrows(DeviceException.class, device::close);
        assertEquals("1 buffers of 100 bytes were never closed", e.getMessage());
    }

    @Test
    void aLaunchOverAClosedBufferIsRefused() {
        try (Device device = Devices.open("cpu")) {
            Map<String, DeviceBuffer> operands = allocate(device);
            PreparedLaunch launch = device.prepare(fp32(device), TINY, operands);
            operands.get("b").close();
            assertThrows(DeviceException.class, launch::launch);
            launch.close();
            assertThrows(DeviceException.class, launch::launch);
            operands.values().forEach(DeviceBuffer::close);
        }
    }

    @Test
    void operandsAreCheckedByName() {
        try (Device device = Devices.open("cpu");
                DeviceBuffer small = device.allocate(4)) {
            DeviceException missing =
                    assertThrows(DeviceException.class, () -> device.prepare(fp32(device), TINY, Map.of()));
            assertTrue(missing.getMessage().startsWith("a: missing"), missing.getMessage());
            DeviceException tooSmall =
                    assertThrows(DeviceException.class, () -> device.prepare(fp32(device), TINY, Map.of("a", small)));
            assertEquals("a: expected at least 32 bytes, got 4", tooSmall.getMessage());
        }
    }

    @Test
    void aProblemTheRowDoesNotSupportIsRefusedWithItsReason() {
        GemmProblem bf16 = new GemmProblem(GemmShape.of(2, 3, 4), Precision.BF16);
        try (Device device = Devices.open("cpu")) {
            Support.Unsupported no = (Support.Unsupported) fp32(device).supports(bf16, device.traits());
            UnsupportedKernelException e =
                    assertThrows(UnsupportedKernelException.class, () -> device.prepare(fp32(device), bf16, Map.of()));
            assertEquals(no.reason(), e.getMessage());
            assertEquals("computes fp32, not bf16", e.getMessage());
        }
    }

    @Test
    void multipliesATinyMatrixByHand() {
        float[] a = {1, 2, 3, 4, 5, 6, 7, 8};
        float[] b = {1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1};
        try (Device device = Devices.open("cpu")) {
            Map<String, DeviceBuffer> operands = allocate(device);
            operands.get("a").upload(0, Floats.bytes(a));
            operands.get("b").upload(0, Floats.bytes(b));
            try (PreparedLaunch launch = device.prepare(fp32(device), TINY, operands)) {
                launch.launch();
                launch.synchronize();
                assertTrue(launch.implementation().contains(":"), launch.implementation());
            }
            ByteBuffer c = ByteBuffer.allocate(24);
            operands.get("c").download(0, c);
            assertEquals("[1.0, 2.0, 10.0, 5.0, 6.0, 26.0]", Floats.words(c.flip()));
            operands.values().forEach(DeviceBuffer::close);
        }
    }

    private static KernelRow fp32(Device device) {
        return device.kernels().stream()
                .filter(row -> row.id().equals("gemm/cpu_fp32_onednn"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, DeviceBuffer> allocate(Device device) {
        Map<String, DeviceBuffer> operands = new HashMap<>();
        operands.put("a", device.allocate(32));
        operands.put("b", device.allocate(48));
        operands.put("c", device.allocate(24));
        return operands;
    }
}
