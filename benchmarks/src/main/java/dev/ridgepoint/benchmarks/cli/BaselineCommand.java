package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.baseline.Baseline;
import dev.ridgepoint.analysis.baseline.Baselines;
import dev.ridgepoint.analysis.calibrate.Calibration;
import dev.ridgepoint.analysis.compare.Gate;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ridgepoint baseline}: the run that later runs of a device are judged against. */
@Command(name = "baseline", description = "Keep the run that later runs of a device are judged against.")
final class BaselineCommand implements Runnable, ReadsBundles {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--root",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "Where baselines lie (default: the project's results/baselines).")
    private Path root;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "baseline: name one of set, list, show");
    }

    @Command(name = "set", description = "Make a run the baseline of its device: it is validated and copied.")
    int set(@Parameters(paramLabel = "BUNDLE", description = "Folder of a run.") Path bundle) throws IOException {
        Baselines baselines = BaselineFolder.of(root);
        Baseline baseline = baselines.set(bundle);
        return print(List.of(answer(baselines.list().stream()
                .filter(folder -> holds(folder, baseline))
                .findFirst()
                .orElseThrow())));
    }

    @Command(name = "list", description = "The baseline of each device.")
    int list() throws IOException {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Path folder : BaselineFolder.of(root).list()) {
            answers.add(answer(folder));
        }
        return print(answers);
    }

    @Command(name = "show", description = "The baseline of one device, and whether its copy is as it was.")
    int show(@Parameters(paramLabel = "FOLDER", description = "Folder of a device, as list names it.") Path folder)
            throws IOException {
        if (!Files.isRegularFile(folder.resolve(Baselines.FILE))) {
            throw UserError.refused(
                    folder + " holds no " + Baselines.FILE + "; 'ridgepoint baseline list' names those" + " that do");
        }
        Baselines.bundle(folder);
        return print(List.of(answer(folder)));
    }

    private static boolean holds(Path folder, Baseline baseline) {
        try {
            return Baselines.read(folder).equals(baseline);
        } catch (IOException broken) {
            return false; // Another device's; list says so.
        }
    }

    private static Map<String, Object> answer(Path folder) throws IOException {
        Baseline baseline = Baselines.read(folder);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("device", baseline.device());
        answer.put("folder", folder.toString());
        answer.put("bundle", folder.resolve(baseline.folder()).toString());
        answer.put("runId", baseline.runId());
        answer.put("started", baseline.started());
        answer.put("gitSha", baseline.gitSha());
        answer.put(
                "forks",
                BundleReader.open(folder.resolve(baseline.folder()))
                        .run()
                        .protocol()
                        .forks());
        answer.put("calibrated", Files.isRegularFile(folder.resolve(Calibration.FILE)));
        return answer;
    }

    private int print(List<Map<String, Object>> answers) {
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            JsonOut.print(out, answers);
        } else if (answers.isEmpty()) {
            out.println("No device has a baseline; make one with: ridgepoint baseline set BUNDLE");
        }
        if (!main.json()) {
            for (Map<String, Object> one : answers) {
                out.println(one.get("device") + ": run " + one.get("runId") + " of " + one.get("started") + ", commit "
                        + one.get("gitSha")
                        + (Boolean.TRUE.equals(one.get("calibrated")) ? ", calibrated" : ", not calibrated"));
                if ((int) one.get("forks") < Gate.LEAST_FORKS) {
                    out.println("  " + one.get("forks") + " forks a case, and a gate takes "
                            + Gate.LEAST_FORKS + ": compared, it gates nothing; run --forks "
                            + Gate.LEAST_FORKS + " does");
                }
                out.println("  compare with: ridgepoint compare --gate " + one.get("folder") + " CANDIDATE");
            }
        }
        out.flush();
        return ExitCode.OK.status();
    }
}
