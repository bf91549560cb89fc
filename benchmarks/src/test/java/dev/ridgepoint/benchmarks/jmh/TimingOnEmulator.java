package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.gate.Expectations;
import dev.ridgepoint.benchmarks.plan.CacheState;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.TimingDomain;
import dev.ridgepoint.device.cuda.Unguarded;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes the benchmarks of every domain of a CUDA device through an iteration, in a process of its own, on an emulated
 * driver that is taken for a GPU's. Prints what was timed and verified, and no time.
 */
final class TimingOnEmulator {
    private static final GemmProblem SMALL = new GemmProblem(GemmShape.of(2, 3, 4), Precision.FP32);
    /** 16 MiB of weights: a few sets of them pass twice the last-level cache. */
    private static final GemmProblem LARGE = new GemmProblem(GemmShape.of(1, 64, 65_536), Precision.FP32);

    private TimingOnEmulator() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("timing");
        time(folder, TimingDomain.HOST_SYNC, CacheState.WARM, SMALL, 3);
        time(folder, TimingDomain.BATCHED, CacheState.WARM, SMALL, 2);
        time(folder, TimingDomain.GRAPH_REPLAY, CacheState.WARM, SMALL, 2);
        time(folder, TimingDomain.DEVICE_EVENT, CacheState.WARM, SMALL, 70);
        time(folder, TimingDomain.DEVICE_EVENT, CacheState.COLD, LARGE, 4);
        time(folder, TimingDomain.GRAPH_REPLAY, CacheState.COLD, LARGE, 1);
    }

    private static void time(Path folder, TimingDomain domain, CacheState cache, GemmProblem problem, int calls)
            throws Exception {
        Cell.Inputs inputs = new Cell.Inputs(Distribution.NORMAL, 1);
        Cell cell = new Cell("case", problem, null, "gemm/sm80_fp32_naive", "native", domain, cache, inputs);
        Expectations expectations = new Expectations(folder);
        expectations.prepare(cell);
        MeasuredCase verified = new MeasuredCase(cell, Unguarded.open(), expectations);
        CudaState state = (CudaState) Class.forName(domain.benchmarkClass("gemm"))
                .getDeclaredConstructor()
                .newInstance();
        state.ready(verified);
        for (int i = 0; i < calls; i++) {
            state.getClass().getMethod("call").invoke(state);
        }
        state.endIteration();
        DeviceTimes times = Instruments.ofThisFork().times();
        ForkVerdict verdict = state.verdict(verified);
        String timed = times == null
                ? "by the host"
                : times.samples() + " samples, each " + (times.meanNs() > 0 ? "longer than nothing" : "nothing");
        System.out.println(domain.id() + " " + cache.id() + " " + verdict.outcome() + " " + verdict.setsTimed() + "/"
                + verdict.sets() + " sets, " + timed + ", throttled " + verdict.throttled()
                + verdict.implementation().replaceFirst("^[^,]*", ""));
        state.close();
        verified.close();
    }
}
