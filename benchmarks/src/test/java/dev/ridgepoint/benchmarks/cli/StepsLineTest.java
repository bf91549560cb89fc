package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StepsLineTest {
    private final StringWriter said = new StringWriter();

    private StepsLine line(boolean terminal) {
        return new StepsLine(new RenewedLine(new PrintWriter(said), terminal), "problems");
    }

    @Test
    void aTerminalSeesWhatIsDoneAndHowLongTheRestTakes() throws InterruptedException {
        StepsLine line = line(true);
        line.begin(0, 3, "gemm_m1_n1_k1_fp32");
        assertEquals("\r\033[K0 of 3 problems  gemm_m1_n1_k1_fp32", said.toString());
        Thread.sleep(5);
        line.begin(1, 3, "x".repeat(70));
        assertTrue(said.toString().endsWith("1 of 3 problems, about 1 s left  ..." + "x".repeat(57)), said.toString());
        line.done();
        assertTrue(said.toString().endsWith("\r\033[K"), said.toString());
    }

    @Test
    void nothingIsShownElsewhere() {
        StepsLine line = line(false);
        line.begin(0, 3, "gemm_m1_n1_k1_fp32");
        line.done();
        assertEquals("", said.toString());
    }
}
