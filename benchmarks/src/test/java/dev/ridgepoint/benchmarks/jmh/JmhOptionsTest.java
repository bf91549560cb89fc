package dev.ridgepoint.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.Protocol.Iterations;
import java.util.List;
import org.junit.jupiter.api.Test;

class JmhOptionsTest {
    @Test
    void iterationsChangeTheProtocolAndTheRestStays() {
        Protocol quick = Protocol.of("quick");
        Protocol changed = JmhOptions.parse(List.of("-wi", "2", "-r", "1s")).applyTo(quick);
        assertEquals(new Iterations(2, quick.warmup().millis()), changed.warmup());
        assertEquals(new Iterations(quick.measurement().count(), 1000), changed.measurement());
        assertEquals("quick+custom/1", changed.id());
        assertEquals(quick, JmhOptions.parse(List.of()).applyTo(quick));
    }

    @Test
    void jvmFlagsJoinOurs() {
        List<String> flags = JmhOptions.parse(List.of("-jvmArgsAppend", "-Xmx1g -XX:-UsePerfData"))
                .jvmFlags();
        assertTrue(flags.containsAll(List.of("-Xmx1g", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED")));
    }

    @Test
    void refusesWhatRidgepointDecides() {
        for (List<String> options : List.of(
                List.of("-f", "7"),
                List.of("-t", "2"),
                List.of("-bm", "ss"),
                List.of("-p", "caseId=x"),
                List.of("-rf", "json"),
                List.of("-e", "Gemm"))) {
            String message = assertThrows(IllegalArgumentException.class, () -> JmhOptions.parse(options))
                    .getMessage();
            assertTrue(message.contains("JMH option " + options.get(0)), message);
        }
    }

    @Test
    void aStrayWordPointsToTheFilters() {
        String message = assertThrows(IllegalArgumentException.class, () -> JmhOptions.parse(List.of("smoke")))
                .getMessage();
        assertTrue(message.contains("'smoke'") && message.contains("--suite"), message);
        assertThrows(IllegalArgumentException.class, () -> JmhOptions.parse(List.of("-wi", "many")));
    }
}
