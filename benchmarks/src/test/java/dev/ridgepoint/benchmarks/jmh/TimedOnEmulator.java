package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.gate.Expectations;
import dev.ridgepoint.benchmarks.plan.CacheState;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.TimingDomain;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.file.Files;

/** Tries to time a kernel on the emulated driver as it comes. */
final class TimedOnEmulator {
    private TimedOnEmulator() {}

    public static void main(String[] args) throws Exception {
        GemmProblem problem = new GemmProblem(GemmShape.of(2, 3, 4), Precision.FP32);
        Cell.Inputs inputs = new Cell.Inputs(Distribution.NORMAL, 1);
        Cell cell = new Cell(
                "case",
                problem,
                null,
                "gemm/sm80_fp32_naive",
                "native",
                TimingDomain.HOST_SYNC,
                CacheState.COLD,
                inputs);
        Expectations expectations = new Expectations(Files.createTempDirectory("timed"));
        expectations.prepare(cell);
        try (MeasuredCase verified = new MeasuredCase(cell, Devices.open("jni"), expectations)) {
            new GemmHostSync().ready(verified);
            System.out.println("timed");
        } catch (IllegalStateException refused) {
            System.out.println("refused: " + refused.getMessage());
        }
    }
}
