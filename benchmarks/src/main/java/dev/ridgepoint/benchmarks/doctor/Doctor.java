package dev.ridgepoint.benchmarks.doctor;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.cuda.CudaDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What bears on a measurement on this machine. Looking changes no setting; each finding says how one could.
 *
 * @param host what Linux says
 * @param neighbours what other processes took while we watched
 * @param clock the clock times are taken with
 */
public record Doctor(HostFacts host, Neighbours neighbours, Clock clock, List<Finding> findings) {
    private static final long WATCH_MILLIS = 300;

    /** Everything that can be seen without running a kernel; takes a third of a second. */
    public static Doctor examine(Path resultsFolder) {
        HostFiles files = HostFiles.ofThisMachine();
        HostFacts host = HostFacts.read(files, Runtime.getRuntime().availableProcessors());
        Neighbours neighbours = Neighbours.watch(files, ProcessHandle.current().pid(), WATCH_MILLIS);
        Clock clock = Clock.probe();
        return new Doctor(host, neighbours, clock, HealthCheck.of(host, neighbours, clock, freeBytes(resultsFolder)));
    }

    /** The same with what is to be said of the machine's GPUs, whether or not one will be measured. */
    public Doctor withGpus() {
        return and(GpuHealth.ofThisMachine(HostFiles.ofThisMachine()));
    }

    /** The same with what is to be said of the device that was opened, and has been at work just now. */
    public Doctor on(Device device) {
        return device instanceof CudaDevice gpu && device.counters().isEmpty()
                ? and(List.of(GpuHealth.baseline(gpu))).and(GpuHealth.link(gpu))
                : this;
    }

    private Doctor and(List<Finding> more) {
        return new Doctor(
                host,
                neighbours,
                clock,
                Stream.concat(findings.stream(), more.stream()).toList());
    }

    /** Memory a program may take now, or without limit where that is not visible. */
    public static long availableMemory() {
        return HostFacts.read(HostFiles.ofThisMachine(), 1)
                .memoryAvailableBytes()
                .orElse(Long.MAX_VALUE);
    }

    private static OptionalLong freeBytes(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return OptionalLong.of(Files.getFileStore(existing).getUsableSpace());
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }
}
