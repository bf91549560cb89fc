package dev.ridgepoint.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.plan.Protocol.Iterations;
import dev.ridgepoint.kernels.workload.Suites;
import org.junit.jupiter.api.Test;

class ProtocolTest {
    @Test
    void forksAreThreeToLookAndFiveToPublish() {
        assertEquals(3, Protocol.of("smoke").forks());
        assertEquals(3, Protocol.of("quick").forks());
        assertEquals(5, Protocol.of("core").forks());
        assertEquals(5, Protocol.of("full").forks());
    }

    @Test
    void everySuiteHasItsOwnProtocolAndOwnShapesTakeQuick() {
        for (String suite : Suites.NAMES) {
            assertEquals(suite + "/1", Protocol.of(suite).id());
        }
        assertEquals("quick/1", Protocol.of("custom").id());
    }

    @Test
    void otherIterationsAreAnotherProtocolOtherForksAreNot() {
        Protocol quick = Protocol.of("quick");
        assertEquals(quick.id(), quick.withForks(20).id());
        assertEquals(quick, quick.withIterations(quick.warmup(), quick.measurement()));
        Protocol custom = quick.withIterations(new Iterations(1, 10), quick.measurement());
        assertNotEquals(quick.id(), custom.id());
        assertEquals(
                custom.id(),
                custom.withIterations(new Iterations(2, 10), quick.measurement())
                        .id());
    }

    @Test
    void refusesWhatCannotBeRunNamingTheOption() {
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Protocol.of("quick").withForks(0))
                .getMessage()
                .contains("--forks"));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Protocol.of("quick").withThreads(0))
                .getMessage()
                .contains("--threads"));
        assertThrows(IllegalArgumentException.class, () -> new Iterations(-1, 10));
    }

    @Test
    void promisesNoEffectWithoutDataAndRoundsForkCountsDown() {
        assertTrue(ExpectedEffect.percent(2).isEmpty());
        assertEquals(ExpectedEffect.percent(3), ExpectedEffect.percent(4));
        assertTrue(ExpectedEffect.percent(5).getAsDouble()
                < ExpectedEffect.percent(4).getAsDouble());
        assertEquals(ExpectedEffect.percent(20), ExpectedEffect.percent(1000));
        assertFalse(ExpectedEffect.canGate(4));
        assertTrue(ExpectedEffect.canGate(5));
    }
}
