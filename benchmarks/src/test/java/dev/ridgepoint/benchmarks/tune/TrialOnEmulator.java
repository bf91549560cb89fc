package dev.ridgepoint.benchmarks.tune;

import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.cuda.Unguarded;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.tuning.Config;
import dev.ridgepoint.kernels.cuda.tuning.TuningRecord;
import dev.ridgepoint.kernels.cuda.tuning.TuningRecord.Choice;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trials on the emulated driver with a made-up clock: what is chosen, by lines, and a record in the file of the first argument. */
final class TrialOnEmulator {
    static final String KERNEL = "gemm/sm80_bf16_mma";

    private static final Problem PROBLEM = new GemmProblem(GemmShape.of(80, 192, 1024), Precision.BF16);

    private TrialOnEmulator() {}

    /** A clock that finds a config with three shares twice as fast, but for some rounds in which it is slower. */
    private record MadeUp(int lucky, int[] seen) implements Stopwatch {
        MadeUp(int lucky) {
            this(lucky, new int[1]);
        }

        @Override
        public double medianNs(PreparedLaunch launch) {
            launch.launch();
            launch.synchronize();
            if (!launch.implementation().contains("3 shares of k")) {
                return 100;
            }
            return seen[0]++ < lucky ? 50 : 150;
        }

        @Override
        public void close() {}
    }

    public static void main(String[] args) throws IOException {
        CudaRow row = CudaKernels.rows().stream()
                .filter(one -> one.id().equals(KERNEL))
                .findFirst()
                .orElseThrow();
        try (CudaDevice device = Unguarded.open()) {
            List<Config> configs = Config.of(row, PROBLEM, device.traits());
            Trial trial = new Trial(device, row, PROBLEM, configs);
            configs.forEach(
                    config -> System.out.println("config " + config.plan().config()));
            Choice kept = trial.by(new MadeUp(Trial.ROUNDS - 2));
            System.out.println("kept " + (kept.units() == device.traits().units()) + " " + kept.reason());
            Choice chosen = trial.by(new MadeUp(Trial.ROUNDS - 1));
            System.out.println("chosen " + chosen.chosen().config() + ", " + chosen.reason());
            try (Stopwatch events = new EventStopwatch(device);
                    PreparedLaunch launch = device.occupation(1)) {
                System.out.println("timed " + (events.medianNs(launch) > 0));
            }
            TuningRecord record = new TuningRecord(
                    TuningRecord.FORMAT,
                    device.traits().name(),
                    device.traits().arch(),
                    "a test",
                    "2026-11-22T00:00:00Z",
                    List.of(chosen));
            Files.writeString(Path.of(args[0]), record.text());
        }
    }
}
