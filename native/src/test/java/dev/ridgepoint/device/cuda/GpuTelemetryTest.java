package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.RefusedChoiceException;
import dev.ridgepoint.device.cuda.GpuTelemetry.Field;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.jni.JniDriver;
import dev.ridgepoint.device.cuda.jni.Nvml;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Telemetry and the choice of a device, over a management library that is a fake. */
class GpuTelemetryTest {
    private static final String FIRST = "GPU-10111213-1415-1617-1819-1a1b1c1d1e1f";
    private static final String SECOND = "GPU-20212223-2425-2627-2829-2a2b2c2d2e2f";

    private String library;

    @BeforeEach
    void installFake() {
        FakeCuda.install();
        library = Path.of(FakeCuda.path()).resolveSibling("libfakenvml.so").toString();
    }

    @Test
    void aSampleHoldsWhatTheDeviceTells() {
        try (GpuTelemetry telemetry = GpuTelemetry.of(library, FIRST)) {
            long before = System.nanoTime();
            telemetry.read();
            assertTrue(telemetry.raw(Field.TIME_NS) >= before);
            assertTrue(telemetry.raw(Field.TIME_NS) <= System.nanoTime());
            assertEquals(OptionalLong.of(1980), telemetry.get(Field.SM_CLOCK_MHZ));
            assertEquals(OptionalLong.of(2619), telemetry.get(Field.MEMORY_CLOCK_MHZ));
            assertEquals(OptionalLong.of(41), telemetry.get(Field.TEMPERATURE_C));
            assertEquals(OptionalLong.of(123_456), telemetry.get(Field.POWER_MW));
            assertEquals(OptionalLong.empty(), telemetry.get(Field.POWER_LIMIT_MW), "not supported by the device");
            assertEquals(OptionalLong.of(1L << 40), telemetry.get(Field.ENERGY_MJ));
            assertEquals(OptionalLong.of(1000), telemetry.get(Field.HELD_BY_POWER_NS));
            assertEquals(OptionalLong.of(4000), telemetry.get(Field.HELD_BY_BOARD_LIMIT_NS));
            assertEquals(OptionalLong.empty(), telemetry.get(Field.HELD_BY_RELIABILITY_NS));
            assertEquals(OptionalLong.of(25_100), telemetry.get(Field.HELD_BY_SOFTWARE_THERMAL_SLOWDOWN_NS));
            assertEquals(OptionalLong.of(25_300), telemetry.get(Field.HELD_BY_POWER_BRAKE_NS));
            assertEquals(List.of("softwarePowerCap", "hardwareThermalSlowdown"), telemetry.clockReasons());
        }
    }

    @Test
    void fieldsThatDisagreeWithTheirFunctionAreNotRead() {
        try (GpuTelemetry telemetry = GpuTelemetry.of(library, SECOND)) {
            telemetry.read();
            assertEquals(OptionalLong.of(1000), telemetry.get(Field.HELD_BY_POWER_NS));
            assertEquals(OptionalLong.empty(), telemetry.get(Field.HELD_BY_SOFTWARE_THERMAL_SLOWDOWN_NS));
            assertEquals(OptionalLong.empty(), telemetry.get(Field.HELD_BY_POWER_BRAKE_NS));
        }
    }

    @Test
    void whatTheLibraryLacksIsNamed() {
        Nvml nvml = Nvml.open(library);
        assertEquals(List.of("nvmlDeviceGetCurrentClocksEventReasons"), nvml.missing());
        assertEquals("580.00.fake", nvml.driverVersion());
        DeviceException e = assertThrows(DeviceException.class, () -> nvml.gpu("GPU-ffff"));
        assertEquals("nvmlDeviceGetHandleByUUID: Not Found (6)", e.getMessage());
    }

    @Test
    void theSurveyTellsWhatTheLibraryTells() {
        CudaSurvey survey = CudaSurvey.of(JniDriver.open(FakeCuda.path()), library);
        assertEquals("580.00.fake", survey.driverVersion());
        assertEquals("13.0", survey.cudaVersion());
        assertEquals(2, survey.devices().size());
        CudaSurvey.Gpu first = survey.devices().get(0);
        assertEquals(FIRST, first.uuid());
        assertEquals("sm_90a", first.arch());
        assertEquals("off", first.facts().get("persistence"));
        assertEquals("on", first.facts().get("ecc"), "the mode in force, not the next one");
        assertEquals(null, first.facts().get("mig"), "the device does not tell");
        assertEquals("96.00.fake", first.facts().get("vbios"));
        assertEquals("generation 5 x32", first.facts().get("pcie"), "what it can do");
        assertEquals("generation 1 x16", first.facts().get("pcie now"), "asleep");
        assertEquals("87 C", first.facts().get("slows down at"), "41 C and 46 C from it");
        assertEquals("123 W", first.facts().get("power"));
        assertEquals("700 W", first.facts().get("usual power limit"));
        assertEquals("fields 251 to 253", first.facts().get("slowdown counters"));
        assertEquals(
                "none: field 74 is 1, and its function tells 1000 ns",
                survey.devices().get(1).facts().get("slowdown counters"));
        assertEquals(
                "softwarePowerCap and hardwareThermalSlowdown", first.facts().get("clocks held by"));
        assertEquals(
                Set.of("vbios", "persistence", "ecc", "sm clock limit", "memory clock limit", "pcie"),
                Nvml.open(library).gpu(FIRST).state().keySet(),
                "what is of a moment is no setting");
        Map<String, String> second = survey.devices().get(1).facts();
        assertEquals("400 W", second.get("power limit"));
        assertEquals("1410 MHz", second.get("sm clock set"));
        assertTrue(
                Nvml.open(library)
                        .gpu(survey.devices().get(1).uuid())
                        .state()
                        .keySet()
                        .containsAll(Set.of("power limit", "sm clock set", "memory clock set")),
                "settings that a comparison must know of");
        assertEquals(List.of(), first.occupants());
        assertTrue(survey.devices().get(1).occupants().get(0).startsWith("pid 1"), survey.toString());
        assertTrue(survey.telemetry().isEmpty(), survey.toString());
    }

    @Test
    void takingASampleAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (GpuTelemetry telemetry = GpuTelemetry.of(library, FIRST)) {
            telemetry.read();
            long before = threads.getCurrentThreadAllocatedBytes();
            long asking = threads.getCurrentThreadAllocatedBytes() - before;
            before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                telemetry.read();
            }
            assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before - asking);
        }
    }

    @Test
    void anIdleDeviceIsTakenAndABusyOneRefused() {
        Driver driver = JniDriver.open(FakeCuda.path());
        Occupants occupants = Occupants.byNvml(library);
        assertEquals(FIRST, new DeviceChoice(null).among(driver, occupants).uuid());
        assertEquals(FIRST, new DeviceChoice("0").among(driver, occupants).uuid());
        RefusedChoiceException e =
                assertThrows(RefusedChoiceException.class, () -> new DeviceChoice("1").among(driver, occupants));
        assertTrue(e.getMessage().startsWith("--device: 1 " + SECOND + " ("), e.getMessage());
        assertTrue(e.getMessage().contains(" is in use by pid 1"), e.getMessage());
        Occupants everywhere = device -> List.of("pid 5 (x)");
        RefusedChoiceException all =
                assertThrows(RefusedChoiceException.class, () -> new DeviceChoice(null).among(driver, everywhere));
        assertTrue(all.getMessage().startsWith("every device is in use: 0 " + FIRST), all.getMessage());
    }
}
