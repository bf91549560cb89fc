package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.conformance.ReplayProcess;
import dev.ridgepoint.device.conformance.GoldenSet;
import dev.ridgepoint.device.conformance.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint conformance check}: the emulated driver held against recorded answers of hardware. */
@Command(
        name = "check",
        description = "Replay recorded answers on the emulated driver; exit 1 if any differs beyond its bound.")
final class ConformanceCheckCommand implements Callable<Integer> {
    static final String NOT_COMPARED = "not yet compared with hardware";
    private static final List<String> PLAYED = List.of("80", "89", "90a", "120");

    @ParentCommand
    private ConformanceCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "A set of goldens, or a folder of sets (default: native/conformance of this checkout).")
    private Path folder;

    @Option(
            names = "--driver",
            paramLabel = "NAME",
            defaultValue = "emulated",
            description = "What is held against hardware: emulated.")
    private String driver;

    @Option(
            names = "--as",
            paramLabel = "ARCH",
            description = "What the emulated driver plays: 80, 89, 90a or 120 (default: what was recorded).")
    private String as;

    @Override
    public Integer call() throws IOException {
        if (!driver.equals("emulated")) {
            throw UserError.refused(
                    "--driver: only the emulated driver is held against hardware, got '" + driver + "'");
        }
        List<Report> reports = new ArrayList<>();
        for (Path set : sets()) {
            reports.add(replay(set));
        }
        boolean hardware = reports.stream().anyMatch(report -> !report.origin().emulated());
        if (parent.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("comparedWithHardware", hardware);
            answer.put("sets", reports);
            JsonOut.print(spec.commandLine().getOut(), answer);
        } else {
            reports.forEach(report -> ConformanceTable.print(spec.commandLine().getOut(), report));
            if (!hardware) {
                spec.commandLine()
                        .getOut()
                        .println(NOT_COMPARED + ": no goldens of a GPU; where there is one, run"
                                + " ridgepoint conformance record --out DIR");
            }
            spec.commandLine().getOut().flush();
        }
        boolean good = reports.stream().allMatch(Report::good);
        return (good ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    private List<Path> sets() throws IOException {
        if (folder != null) {
            List<Path> sets = Files.isDirectory(folder) ? GoldenSet.in(folder) : List.of();
            if (sets.isEmpty()) {
                throw UserError.refused("DIR: " + folder + " holds no goldens");
            }
            return sets;
        }
        Path committed = Path.of(System.getProperty("ridgepoint.home", "."), "native", "conformance");
        return Files.isDirectory(committed) ? GoldenSet.in(committed) : List.of();
    }

    private Report replay(Path set) throws IOException {
        String arch = GoldenSet.read(set).origin().arch();
        return ReplayProcess.run(Main.class, set, played(arch));
    }

    private String played(String arch) {
        String asked = as == null ? arch.replace("sm_", "").replace("120a", "120") : as;
        if (!PLAYED.contains(asked)) {
            throw UserError.refused("--as: the emulated driver plays " + String.join(", ", PLAYED) + ", not " + asked);
        }
        return asked;
    }
}
