package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.doctor.Doctor;
import dev.ridgepoint.benchmarks.jmh.ForkJvm;
import dev.ridgepoint.results.Context;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint doctor}: what on this machine bears on a measurement. */
@Command(
        name = "doctor",
        description = "Look at this machine's health for measuring; changes no setting, and says what one could do.")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BackendOptions backend;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Doctor host = Doctor.examine(Path.of(""));
        Context context = examine(backend.emulated() ? host : host.withGpus(), out);
        if (main.json()) {
            JsonOut.print(out, context);
        } else {
            context.doctor().forEach(finding -> print(out, finding.level(), finding.what(), finding.fix()));
            if (context.peaks().measured() != null) {
                print(out, context.peaks().measured());
            }
        }
        out.flush();
        return ExitCode.OK.status();
    }

    /** Where no device can be opened, all being in use for one, what was found is said all the same. */
    private Context examine(Doctor doctor, PrintWriter out) {
        try (Preparation preparation = new Preparation(backend)) {
            return preparation.context(doctor, ForkJvm.flags());
        } catch (UserError noDevice) {
            if (!main.json()) {
                doctor.findings()
                        .forEach(finding -> print(
                                out,
                                finding.level().name().toLowerCase(Locale.ROOT),
                                finding.sentence(),
                                finding.fix()));
                out.flush();
            }
            throw noDevice;
        }
    }

    private static void print(PrintWriter out, String level, String what, String fix) {
        out.println(String.format(Locale.ROOT, "%-8s %s", level, what));
        if (fix != null) {
            out.println("         -> " + fix);
        }
    }

    private static void print(PrintWriter out, Context.Measured peaks) {
        for (Map.Entry<String, Double> type : peaks.gflops().entrySet()) {
            print(out, "peak " + type.getKey(), type.getValue(), "GFLOP/s");
        }
        print(out, "read", peaks.readGigabytesPerSecond(), "GB/s");
        print(out, "copy", peaks.copyGigabytesPerSecond(), "GB/s");
        print(out, "triad", peaks.triadGigabytesPerSecond(), "GB/s");
        print(out, "empty call", peaks.callFloorNs(), "ns");
    }

    private static void print(PrintWriter out, String name, Double value, String unit) {
        if (value != null) {
            out.println(String.format(Locale.ROOT, "measured %s: %.1f %s", name, value, unit));
        }
    }
}
