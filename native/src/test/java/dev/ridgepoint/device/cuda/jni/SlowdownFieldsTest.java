package dev.ridgepoint.device.cuda.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Ids of fields are believed as far as a driver bears them out. */
class SlowdownFieldsTest {
    private static final long HELD = 5_000;

    @Test
    void eitherNumberingIsFound() {
        assertEquals(new SlowdownFields(251, "fields 251 to 253"), found(HELD, HELD, 251));
        assertEquals(new SlowdownFields(269, "fields 269 to 271"), found(HELD, HELD, 269));
    }

    @Test
    void whatCouldBeEitherIsNeither() {
        assertEquals(
                new SlowdownFields(0, "none: of the fields from 251 and from 269 on, both are counters"),
                found(HELD, HELD, 251, 269));
        assertEquals(
                new SlowdownFields(0, "none: of the fields from 251 and from 269 on, none are counters"),
                found(HELD, HELD));
    }

    /** One that is told in another unit, or by other ids altogether, says that the others may be as well. */
    @Test
    void aKnownCounterMustAgree() {
        assertEquals(
                new SlowdownFields(0, "none: field 74 is 5, and its function tells 5000 ns"),
                found(HELD, HELD / 1000, 251));
        assertEquals(
                new SlowdownFields(0, "none: the driver does not tell field 74 and what it stands for"),
                found(-1, HELD, 251));
        assertEquals(
                new SlowdownFields(0, "none: the driver does not tell field 74 and what it stands for"),
                found(HELD, -1, 251));
    }

    /** A counter goes on between the three questions. */
    @Test
    void aCounterThatRunsAgreesWithWhatIsToldBeforeAndAfter() {
        long[] now = {HELD};
        SlowdownFields running = SlowdownFields.of(() -> now[0]++, first -> new long[] {now[0]++, 0, 0});
        assertEquals("none: of the fields from 251 and from 269 on, both are counters", running.says());
    }

    private static SlowdownFields found(long byFunction, long byField, Integer... counters) {
        IntFunction<long[]> fields = first -> first == 74
                ? new long[] {byField, 0, 0}
                : Set.of(counters).contains(first) ? new long[] {0, 7, 0} : new long[] {-1, -1, -1};
        return SlowdownFields.of(() -> byFunction, fields);
    }
}
