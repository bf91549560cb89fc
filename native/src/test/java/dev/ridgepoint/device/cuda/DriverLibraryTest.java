package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.CudaErrors;
import dev.ridgepoint.device.cuda.driver.CudaException;
import dev.ridgepoint.device.cuda.driver.FatalCudaException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverLibraryTest {
    private static final List<String> WITH_DRIVER = List.of(
            "7f0000000000-7f0000001000 r--p 00000000 fd:00 123 /usr/lib/x86_64-linux-gnu/libcuda.so.580.65.06",
            "7f0000001000-7f0000002000 r--p 00000000 fd:00 124 /usr/lib/x86_64-linux-gnu/libcudart.so.13",
            "7f0000002000-7f0000003000 rw-p 00000000 00:00 0 [heap]",
            "7f0000003000-7f0000004000 r-xp 00000000 fd:00 125 /home/user/my emulator/libridgepointemulator.so");

    @Test
    void findsTheDriversAmongMappings() {
        assertEquals(List.of("/usr/lib/x86_64-linux-gnu/libcuda.so.580.65.06"), DriverLibrary.driversIn(WITH_DRIVER));
    }

    @Test
    void theEmulatedDriverNeverRunsBesideARealOne() {
        List<String> real = DriverLibrary.driversIn(WITH_DRIVER);
        DeviceException e =
                assertThrows(DeviceException.class, () -> DriverLibrary.refuseBeside(real, "/tmp/libcuda.so.1"));
        assertEquals(
                "--driver emulated: refused, because /usr/lib/x86_64-linux-gnu/libcuda.so.580.65.06"
                        + " is loaded in this process already",
                e.getMessage());
        assertDoesNotThrow(() -> DriverLibrary.refuseBeside(List.of("/tmp/libcuda.so.1"), "/tmp/libcuda.so.1"));
    }

    @Test
    void aCpuThatTheBundledLibraryIsNotCompiledForIsRefusedInOneLine() {
        String all = "flags\t\t: fpu sse2 popcnt avx avx2 fma f16c bmi1 bmi2 abm movbe";
        assertDoesNotThrow(() -> DriverLibrary.refuseOlderCpu(List.of("model name\t: any", all)));
        DeviceException e = assertThrows(
                DeviceException.class,
                () -> DriverLibrary.refuseOlderCpu(List.of("flags\t\t: fpu sse2 popcnt abm movbe bmi1 bmi2 avx")));
        assertEquals(
                "--driver emulated: this CPU has no avx2, fma, f16c; build the library with -DRIDGEPOINT_ISA=baseline"
                        + " and name it with -Dridgepoint.emulator=FILE",
                e.getMessage());
    }

    @Test
    void namesWhatItCannotTake() {
        assertTrue(message("other", null).startsWith("--driver: expected system or emulated, got 'other'"));
        assertEquals("-Dridgepoint.emulator: no file /nowhere/x.so", message("emulated", "/nowhere/x.so"));
    }

    @Test
    void aDeviceIsWhatWasAskedFor() {
        DriverLibrary system = DriverLibrary.asked("system", null);
        assertDoesNotThrow(() -> system.checkDevice("NVIDIA H100 80GB HBM3"));
        DeviceException e = assertThrows(DeviceException.class, () -> system.checkDevice("Ridgepoint emulated sm_90a"));
        assertTrue(e.getMessage().contains("ask for it with --driver emulated"), e.getMessage());
    }

    @Test
    void resultsThatKillTheContextAreTyped() {
        for (int fatal : new int[] {214, 220, 700, 702, 710, 715, 716, 717, 718, 719, 999}) {
            assertTrue(CudaErrors.of("c", fatal, "N", "t", "") instanceof FatalCudaException, "" + fatal);
        }
        for (int mild : new int[] {1, 2, 100, 200, 209, 218, 400, 500, 600, 701, 720, 801, 901}) {
            CudaException e = CudaErrors.of("c", mild, "N", "t", " said ");
            assertEquals(CudaException.class, e.getClass(), "" + mild);
            assertEquals("c: N (" + mild + "), t: said", e.getMessage());
        }
    }

    private static String message(String driver, String file) {
        return assertThrows(DeviceException.class, () -> DriverLibrary.asked(driver, file))
                .getMessage();
    }
}
