package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.benchmarks.doctor.ContextOfRun;
import dev.ridgepoint.benchmarks.doctor.Doctor;
import dev.ridgepoint.benchmarks.doctor.MeasuredPeaks;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Memory;
import dev.ridgepoint.benchmarks.plan.Planner;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.Context;
import java.util.List;

/**
 * What a run does before its first fork: open the device, plan, look at the machine, measure its ceilings. The device is
 * opened once for all of it, and given back before forks take it.
 */
final class Preparation implements AutoCloseable {
    private final BackendOptions backend;
    private final Device device;

    Preparation(BackendOptions backend) {
        this.backend = backend;
        this.device = backend.open();
    }

    BenchmarkPlan plan(RunSettings settings, List<Workload> workloads, Protocol protocol, KernelOptions wanted) {
        List<? extends KernelRow> kernels = wanted.of(device);
        Memory memory = new Memory(Doctor.availableMemory(), device.memoryBytes());
        RunSettings here = settings.on(backend.target());
        return new Planner(kernels, device.traits(), here, memory).plan(workloads, protocol);
    }

    Context context(Doctor doctor, List<String> jvmFlags) {
        Context.Measured peaks = device.counters().isPresent() ? null : peaks();
        return ContextOfRun.of(device, doctor.on(device), peaks, BuildInfo.current(), jvmFlags);
    }

    private Context.Measured peaks() {
        try {
            return MeasuredPeaks.of(device, backend.threads());
        } catch (DeviceException e) {
            throw UserError.missing(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        device.close();
    }
}
