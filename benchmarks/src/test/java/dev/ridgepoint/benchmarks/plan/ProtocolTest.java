package dev.ridgepoint.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.plan.Protocol.Iterations;
import dev.ridgepoint.kernels.workload.Suites;
import dev.ridgepoint.results.ForkAim;
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

    /** A run under either row is never compared with one under the other, and what is only played has one row. */
    @Test
    void onADeviceTheLongerSuitesHaveRowsOfTheirOwn() {
        Target gpu = new Target("jni", "system", null, null, null, null, null);
        Target played = new Target("jni", "emulated", null, null, null, null, null);
        for (String suite : Suites.NAMES) {
            boolean own = suite.equals("core") || suite.equals("full");
            assertEquals(
                    suite + (own ? "-gpu/1" : "/1"), Protocol.of(suite, gpu).id());
            assertEquals(Protocol.SIMULATED, Protocol.of(suite, played));
            assertEquals(Protocol.of(suite), Protocol.of(suite, Target.of("cpu")));
        }
        assertEquals("quick/1", Protocol.of("custom", gpu).id());
        assertEquals("targets-gpu/1", Protocol.of("targets", gpu).id());
        assertEquals(5, Protocol.of("targets", gpu).forks());
        Protocol core = Protocol.of("core", gpu);
        assertEquals(Protocol.of("core").forks(), core.forks());
        assertEquals(Protocol.of("core").iterationMillis(), 2 * core.iterationMillis());
        String aimed = core.withAim(new ForkAim(ForkAim.Of.CASE, 0.02, 30)).id();
        assertEquals("core-gpu+aim2%of30/1", aimed);
        assertEquals(core.id(), ForkAim.without(aimed));
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
