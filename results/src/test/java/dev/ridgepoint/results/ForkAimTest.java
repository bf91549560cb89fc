package dev.ridgepoint.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForkAimTest {
    @Test
    void standsInTheIdOfAProtocolAndComesBackFromIt() {
        for (ForkAim aim : new ForkAim[] {
            new ForkAim(ForkAim.Of.CASE, 0.02, 30),
            new ForkAim(ForkAim.Of.CASE, 0.005, 5),
            new ForkAim(ForkAim.Of.RATIO, 0.5, 100_000),
            new ForkAim(ForkAim.Of.CASE, 0.0123, 7)
        }) {
            String id = "quick+custom" + aim.suffix() + "/1";
            assertEquals(Optional.of(aim), ForkAim.in(id), id);
            assertEquals("quick+custom/1", ForkAim.without(id));
        }
        assertEquals("+aim2%of30", new ForkAim(ForkAim.Of.CASE, 0.02, 30).suffix());
        assertEquals(
                "+ratio0.5%of5",
                new ForkAim(ForkAim.Of.CASE, 0.005, 5).ofRatio().suffix());
    }

    @Test
    void anyOtherIdHasNone() {
        for (String id : new String[] {
            "quick/1", "", "quick+custom/1", "quick+aim2%of/1", "quick+aim2%of3/1", "quick+aim99%of30/1", "+aim2%of30/1"
        }) {
            assertTrue(ForkAim.in(id).isEmpty(), id);
        }
        assertEquals("quick/1", ForkAim.without("quick/1"));
    }

    @Test
    void refusesWhatNoIntervalCanBeNamingTheOption() {
        for (double width : new double[] {0, -0.1, 0.51, Double.NaN}) {
            String said = assertThrows(IllegalArgumentException.class, () -> new ForkAim(ForkAim.Of.CASE, width, 30))
                    .getMessage();
            assertTrue(said.startsWith("--aim: "), said);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new ForkAim(ForkAim.Of.CASE, 0.02, 4))
                .getMessage()
                .startsWith("--most-forks: "));
    }
}
