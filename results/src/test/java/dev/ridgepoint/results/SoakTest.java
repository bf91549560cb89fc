package dev.ridgepoint.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakTest {
    @Test
    void anIdNamesItsTimeAndAnHourIsSixtyMinutes() {
        assertEquals("+soak60m", new Soak(Duration.ofHours(1)).suffix());
        assertEquals("+soak90s", new Soak(Duration.ofSeconds(90)).suffix());
        for (int seconds : new int[] {1, 60, 90, 3600, 86_400}) {
            Soak soak = new Soak(Duration.ofSeconds(seconds));
            assertEquals(soak, Soak.in("core" + soak.suffix() + "/1").orElseThrow());
        }
        for (String none : List.of("core/1", "core+aim2%of30/1", "core+soak0m/1", "+soak5m/1", "core+soak5h/1")) {
            assertTrue(Soak.in(none).isEmpty(), none);
        }
        assertThrows(IllegalArgumentException.class, () -> new Soak(Duration.ofMillis(1500)));
    }

    /** Ten seconds of work, an hour's pause, five seconds of work: fifteen seconds. */
    @Test
    void theClockLeavesPausesOut() {
        Instant start = Instant.parse("2026-11-22T10:00:00Z");
        Instant again = start.plusSeconds(3610);
        RunDocument run = RunDocument.starting(
                        "run", null, start.toString(), List.of(), "custom", new RunDocument.Plan(1, "", 1, 1), null)
                .resumed(again.toString());
        RunClock clock = new RunClock(run);
        clock.see(line(0, start.plusSeconds(2), 3));
        clock.see(line(1, again.plusSeconds(1), 4));
        clock.see(line(2, start.plusSeconds(8), 2));
        assertEquals(15_000_000, clock.total());
        assertEquals(8_000_000, clock.at(micros(start.plusSeconds(8))));
        assertEquals(11_000_000, clock.at(micros(again.plusSeconds(1))));
        assertEquals(1, clock.interruptions());
    }

    private static IterationLine line(int iteration, Instant at, int seconds) {
        return new IterationLine("m5", 0, iteration, false, 1e9, seconds, micros(at));
    }

    private static long micros(Instant at) {
        return at.toEpochMilli() * 1000;
    }
}
