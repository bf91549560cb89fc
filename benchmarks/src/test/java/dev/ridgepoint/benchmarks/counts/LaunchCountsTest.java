package dev.ridgepoint.benchmarks.counts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchCountsTest {
    private static final String LAUNCH =
            "{\"level\":\"ptx\",\"launch\":%d,\"kernel\":\"k\",\"grid\":[1,2,3],\"fault\":null,\"ctas\":%d,"
                    + "\"globalLoads\":{\"bytes\":%d}}";

    @Test
    void sumsLaunchesUnderTheLevelTheyWereCountedAt() throws IOException {
        Map<String, Long> sum = LaunchCounts.sum(List.of(LAUNCH.formatted(7, 2, 30), LAUNCH.formatted(8, 3, 12)));
        assertEquals(Map.of("launches", 2L, "ptx.ctas", 5L, "ptx.globalLoads.bytes", 42L), sum);
        assertEquals(sum, LaunchCounts.parse(LaunchCounts.write(sum)));
    }

    @Test
    void aLaunchNobodyCountedIsNotZero() {
        assertThrows(IllegalStateException.class, () -> LaunchCounts.sum(List.of("")));
        assertThrows(IllegalStateException.class, () -> LaunchCounts.sum(List.of("{")));
    }
}
