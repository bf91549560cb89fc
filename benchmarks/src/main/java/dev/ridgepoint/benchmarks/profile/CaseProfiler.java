package dev.ridgepoint.benchmarks.profile;

import dev.ridgepoint.benchmarks.conformance.Profiler;
import dev.ridgepoint.benchmarks.jmh.ForkJvm;
import dev.ridgepoint.benchmarks.jmh.ProfiledCase;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.benchmarks.record.Folders;
import dev.ridgepoint.benchmarks.record.WorkFolder;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One launch of every case that a run found right, each in a process of its own under Nsight Compute: {@code ncu/CASE.ncu-rep}
 * in the bundle's folder, and {@code ncu/CASE.log} with what was said. A profiler runs a kernel many times, and slowly, so nothing
 * of it becomes a time.
 */
public final class CaseProfiler {
    private static final Set<String> RIGHT = Set.of("measured", "simulated");

    private final Path bundle;
    private final BenchmarkPlan plan;
    private final Duration caseTimeout;

    /**
     * @param bundle folder of the run, which has ended
     * @param caseTimeout a case that takes longer is killed
     */
    public CaseProfiler(Path bundle, BenchmarkPlan plan, Duration caseTimeout) {
        this.bundle = bundle;
        this.plan = plan;
        this.caseTimeout = caseTimeout;
    }

    /** Profiles, a line a case; false where one has no report. */
    public boolean profile(PrintWriter says) throws IOException {
        Set<String> right = new HashSet<>();
        BundleReader.open(bundle).cases(result -> {
            if (RIGHT.contains(result.outcome().kind())) {
                right.add(result.id());
            }
        });
        Path reports = Files.createDirectories(bundle.resolve(Layout.PROFILES));
        Path scratch = Files.createTempDirectory(Profiler.NCU);
        boolean all = true;
        try {
            Path plans = scratch.resolve("plan.ndjson");
            PlanFile.write(plan, plans);
            for (Cell cell : plan.cells()) {
                if (right.contains(cell.id())) {
                    Path report = reports.resolve(WorkFolder.fileName(cell) + ".ncu-rep");
                    String failure = profile(command(cell, plans, scratch, report), report);
                    says.println(
                            failure == null
                                    ? "profiled  " + cell.id() + "  " + report
                                    : "not profiled  " + cell.id() + ": " + failure);
                    says.flush();
                    all &= failure == null;
                }
            }
        } finally {
            Folders.delete(scratch);
        }
        return all;
    }

    private List<String> command(Cell cell, Path plans, Path scratch, Path report) {
        List<String> command =
                new ArrayList<>(List.of(Profiler.NCU, "--export", report.toString(), "--force-overwrite"));
        // Clocks stay as they are: no setting of a device is ever changed.
        command.addAll(List.of("--set", "full", "--clock-control", "none"));
        command.addAll(List.of("--nvtx", "--nvtx-include", ProfiledCase.RANGE));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ForkJvm.flags());
        command.addAll(plan.settings().target().jvmFlags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ProfiledCase.class.getName()));
        command.addAll(List.of(
                plans.toString(), scratch.toString(), plan.settings().target().backend(), cell.id()));
        return command;
    }

    /** Why there is no report, or null. */
    private String profile(List<String> command, Path report) throws IOException {
        Path log = Path.of(report.toString().replaceFirst("\\.ncu-rep$", ".log"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(caseTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                Profiler.end(process);
                return "ended after " + caseTimeout.toSeconds() + " s, the limit of --case-timeout";
            }
        } catch (InterruptedException e) {
            Profiler.end(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (process.exitValue() == 0 && Files.exists(report)) {
            return null;
        }
        return "ncu ended with " + process.exitValue() + " and "
                + (Files.exists(report) ? "a report that is not to be trusted" : "no report") + "; it said so in "
                + log;
    }
}
