package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.benchmarks.doctor.ContextOfRun;
import dev.ridgepoint.benchmarks.doctor.Doctor;
import dev.ridgepoint.benchmarks.doctor.MeasuredPeaks;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Planner;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.Context;
import java.nio.file.Path;
import java.util.List;

/** What a run does before its first fork: open the device, plan, look at the machine, measure its ceilings. */
final class Preparation {
    /** Speeds of a core of a recent server, for forecasts where nothing was measured. */
    static final double USUAL_FLOPS = 5e10;

    static final double USUAL_BYTES = 8e9;

    private final BackendOptions backend;

    Preparation(BackendOptions backend) {
        this.backend = backend;
    }

    BenchmarkPlan plan(RunSettings settings, List<Workload> workloads, Protocol protocol) {
        try (Device device = backend.open()) {
            long available = Doctor.availableMemory();
            return new Planner(device.kernels(), device.traits(), settings, available).plan(workloads, protocol);
        }
    }

    Context context(Path folder, List<String> jvmFlags) {
        Doctor doctor = Doctor.examine(folder);
        try (Device device = backend.open()) {
            return ContextOfRun.of(
                    device, doctor, MeasuredPeaks.of(device, backend.threads()), BuildInfo.current(), jvmFlags);
        }
    }

    static double flops(Context.Measured peaks) {
        Double gflops = peaks.gflops().get("fp32");
        return gflops == null ? USUAL_FLOPS : 1e9 * gflops;
    }

    static double bytes(Context.Measured peaks) {
        Double gigabytes = peaks.readGigabytesPerSecond();
        return gigabytes == null ? USUAL_BYTES : 1e9 * gigabytes;
    }
}
