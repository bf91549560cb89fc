package dev.ridgepoint.device.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgepoint.device.DeviceException;
import org.junit.jupiter.api.Test;

class OpenMpThreadsTest {
    @Test
    void thePropertyWinsOverTheVariableOverOne() {
        assertEquals(1, OpenMpThreads.choose(null, null).count());
        assertEquals(3, OpenMpThreads.choose(null, "3").count());
        assertEquals(2, OpenMpThreads.choose("2", "3").count());
        assertEquals("OMP_NUM_THREADS", OpenMpThreads.choose(null, "3").source());
    }

    @Test
    void aListOfLevelsCountsByItsFirst() {
        assertEquals(4, OpenMpThreads.choose(null, "4,2").count());
    }

    @Test
    void nonsenseIsRefusedByName() {
        for (String text : new String[] {"", "0", "-1", "many", "4097"}) {
            DeviceException e = assertThrows(DeviceException.class, () -> OpenMpThreads.choose(null, text));
            assertEquals("OMP_NUM_THREADS: expected 1 to 4096 threads, got '" + text + "'", e.getMessage());
        }
    }
}
