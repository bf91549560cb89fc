package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.baseline.Baselines;
import dev.ridgepoint.analysis.calibrate.Calibrate;
import dev.ridgepoint.analysis.calibrate.Calibration;
import dev.ridgepoint.analysis.calibrate.CalibrationText;
import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        footer = {
            "",
            "Without a BUNDLE it makes the runs: what lies here against itself, OUT/same, and against itself slowed by",
            "--inject, OUT/slowed, with forks in turn. Runs made at other times say more of what a gate meets: ridgepoint",
            "run, twice or more, without building in between, and their folders here."
        })
final class CalibrateCommand implements Callable<Integer> {
    private static final String NAME = "calibrate";
    private static final String END = "--";

    /** What may be said where the runs are there. */
    private static final Set<String> OF_BUNDLES =
            Set.of("--inject", "--calibration", "--root", "--json", "--debug", "--help");

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private MeasureOptions measure;

    @Mixin
    private KernelOptions kernels;

    @Mixin
    private Resumption resumption;

    @Parameters(
            arity = "0..*",
            paramLabel = "BUNDLE ... [-- JMH-OPTIONS]",
            description = "Runs of the same code on this device, and options handed through to JMH.")
    private List<String> words = List.of();

    @Option(
            names = "--inject",
            paramLabel = "PERCENT",
            defaultValue = "3",
            description = "Slowdown to plant, in percent (default: ${DEFAULT-VALUE}).")
    private String inject;

    @Option(
            names = "--calibration",
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
        if (resumption.resume() != null) {
            CalibrateCommand asked = resumption.question(NAME, spec).asked(CalibrateCommand.class, spec, main.json());
            asked.measure.turns().goOn(measure.turns(), resumption.resume());
            return asked.measured(resumption.resume());
        }
        double planted = planted();
        List<String> typed = typed();
        int jmh = typed.contains(END) ? typed.size() - typed.indexOf(END) - 1 : 0;
        List<Path> bundles =
                words.subList(0, words.size() - jmh).stream().map(Path::of).toList();
        if (!bundles.isEmpty()) {
            refuseToMeasure(jmh);
            return answer(Calibrate.of(bundles, planted, null), bundles.get(0));
        }
        if (measure.dryRun()) {
            throw UserError.refused("--dry-run: ask 'ridgepoint run --dry-run' what a run would take; this takes four");
        }
        JmhOptions.parse(words);
        Path folder = measure.folder(NAME);
        return TurnQuestion.begin(NAME, spec, folder, List.of(), () -> measured(folder));
    }

    private List<String> typed() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    private void refuseToMeasure(int jmh) {
        String first = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(option -> option.longestName())
                .filter(name -> !OF_BUNDLES.contains(name))
                .findFirst()
                .orElse(jmh > 0 ? END : null);
        if (first != null) {
            throw UserError.refused(
                    "calibrate: " + first + " is for runs to be made, and BUNDLEs were made; leave out one of both");
        }
    }

    private int measured(Path folder) throws IOException {
        measure.aim().take(selection.aim());
        CalibrationRuns runs = new CalibrationRuns(
                measure.turns(), spec.commandLine().getErr(), folder, planted(), measure.forksOr(Calibrate.FORKS));
        RunArguments asked = RunArguments.of(spec.commandLine().getParseResult(), typed());
        return answer(runs.measure(asked, "ridgepoint calibrate --resume " + folder), folder.resolve("same/a"));
    }

    /** @param one a bundle that tells the device */
    private int answer(Calibration calibration, Path one) throws IOException {
        Path baseline =
                BaselineFolder.of(root).folder(BundleReader.open(one).context().device());
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
                                        + " a file by --calibration");
        return ExitCode.OK.status();
    }

    private double planted() {
        try {
            double planted =
                    Double.parseDouble(inject.endsWith("%") ? inject.substring(0, inject.length() - 1) : inject) / 100;
            Calibrate.requireSlowdown(planted);
            return planted;
        } catch (NumberFormatException noNumber) {
            throw UserError.refused("--inject: expected a percentage such as 3%, got '" + inject + "'");
        }
    }
}
