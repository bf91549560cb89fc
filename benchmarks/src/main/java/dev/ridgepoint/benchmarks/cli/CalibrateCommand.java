package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.baseline.Baselines;
import dev.ridgepoint.analysis.calibrate.Calibrate;
import dev.ridgepoint.analysis.calibrate.Calibration;
import dev.ridgepoint.analysis.calibrate.CalibrationText;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint calibrate}: what can a gate on this box show. */
@Command(
        name = "calibrate",
        description =
                "From runs of the same code: how often a gate on this device would call nothing a change, how often it"
                        + " would find a planted slowdown, and the margins that follow.",
        footer = {"", "Runs to calibrate from: ridgepoint run, twice or more, without building in between."})
final class CalibrateCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "BUNDLE", description = "Runs of the same code on this device.")
    private List<Path> bundles;

    @Option(
            names = "--inject",
            paramLabel = "PERCENT",
            defaultValue = "3",
            description = "Slowdown to plant in the figures, in percent (default: ${DEFAULT-VALUE}).")
    private String inject;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Keep it here (default: calibration.json beside the device's baseline, where it has one).")
    private Path file;

    @Option(
            names = "--root",
            paramLabel = "FOLDER",
            description = "Where baselines lie (default: the project's results/baselines).")
    private Path root;

    @Override
    public Integer call() throws IOException {
        Calibration calibration = Calibrate.of(bundles, planted());
        Path baseline = BaselineFolder.of(root)
                .folder(BundleReader.open(bundles.get(0)).context().device());
        boolean kept = file != null || Files.isRegularFile(baseline.resolve(Baselines.FILE));
        Path to = file != null ? file : baseline.resolve(Calibration.FILE);
        if (kept) {
            calibration.write(to);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            JsonOut.print(out, calibration);
        } else {
            out.print(CalibrationText.render(calibration));
        }
        out.flush();
        spec.commandLine()
                .getErr()
                .println(
                        kept
                                ? "calibration " + to
                                : "Not kept: the device has no baseline, " + baseline
                                        + ", to gate against; make one with 'ridgepoint baseline set' first, or name"
                                        + " a file by --out");
        return ExitCode.OK.status();
    }

    private double planted() {
        try {
            return Double.parseDouble(inject.endsWith("%") ? inject.substring(0, inject.length() - 1) : inject) / 100;
        } catch (NumberFormatException noNumber) {
            throw UserError.refused("--inject: expected a percentage such as 3%, got '" + inject + "'");
        }
    }
}
