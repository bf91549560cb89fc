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
                print(out, context.peaks());
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

    /** Beside what its maker declares, where somebody does. */
    private static void print(PrintWriter out, Context.Peaks peaks) {
        Context.Measured measured = peaks.measured();
        Context.Declared declared = peaks.declared();
        for (Map.Entry<String, Double> type : measured.gflops().entrySet()) {
            Double most = declared == null ? null : declared.gflops().get(type.getKey());
            print(out, "peak " + type.getKey(), type.getValue(), "GFLOP/s", most);
        }
        Double bandwidth = declared == null ? null : declared.gigabytesPerSecond();
        print(out, "read", measured.readGigabytesPerSecond(), "GB/s", bandwidth);
        print(out, "copy", measured.copyGigabytesPerSecond(), "GB/s", bandwidth);
        print(out, "triad", measured.triadGigabytesPerSecond(), "GB/s", bandwidth);
        print(out, "empty call", measured.callFloorNs(), "ns", null);
    }

    private static void print(PrintWriter out, String name, Double value, String unit, Double declared) {
        if (value != null) {
            String share = declared == null
                    ? ""
                    : String.format(Locale.ROOT, ", %.0f %% of the %.1f declared", 100 * value / declared, declared);
            out.println(String.format(Locale.ROOT, "measured %s: %.1f %s", name, value, unit) + share);
        }
    }
}
