package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import dev.ridgepoint.analysis.report.WholeFile;
import dev.ridgepoint.analysis.trace.TraceFile;
import dev.ridgepoint.analysis.trace.TracedProblem;
import dev.ridgepoint.analysis.trace.TracedWorkload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** {@code ridgepoint import-trace}: a profiler's trace as a workload, with what it leaves out. */
@Command(
        name = "import-trace",
        description =
                "Turn a profiler's trace into shapes for 'run --shapes', and say what share of GPU time they cover.")
final class ImportTraceCommand implements Callable<Integer> {
    private static final int WIDTH = 120;
    private static final int SHOWN = 20;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "PyTorch's Chrome trace with shapes, nsys export --type sqlite, or the CSV of nsys stats --report"
                            + " cuda_gpu_kern_sum.")
    private Path file;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the shapes here, for 'run --shapes'.")
    private Path shapes;

    @Override
    public Integer call() throws IOException {
        TracedWorkload workload = TraceFile.read(file);
        if (shapes != null && workload.covered().isEmpty()) {
            throw UserError.refused(file + ": no problem to write: " + String.join(" ", workload.notes()));
        }
        if (shapes != null) {
            List<Map<String, Object>> entries =
                    workload.covered().stream().map(one -> entry(one.problem())).toList();
            WholeFile.write(
                    shapes, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(entries) + "\n");
            spec.commandLine().getErr().println("shapes  " + shapes);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            JsonOut.print(out, answer(workload));
        } else {
            print(out, workload);
        }
        out.flush();
        return ExitCode.OK.status();
    }

    private static Map<String, Object> entry(TracedProblem problem) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", problem.id());
        entry.put("op", problem.op());
        entry.put("precision", problem.precision());
        entry.put("shape", problem.shape());
        return entry;
    }

    private static Map<String, Object> answer(TracedWorkload workload) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("gpuNs", workload.totalNs());
        answer.put("coveredShare", workload.coveredShare());
        answer.put(
                "covered",
                workload.covered().stream()
                        .map(one -> {
                            Map<String, Object> entry = entry(one.problem());
                            entry.put("share", one.ns() / workload.totalNs());
                            entry.put("ns", one.ns());
                            entry.put("launches", one.launches());
                            return entry;
                        })
                        .toList());
        answer.put("unknown", workload.unknown());
        answer.put("notes", workload.notes());
        return answer;
    }

    private static void print(PrintWriter out, TracedWorkload workload) {
        TextTable covered = new TextTable("covered", ">share", ">GPU time", ">launches");
        for (TracedWorkload.Covered one : workload.covered()) {
            covered.row(cells(one.problem().id(), one.ns(), one.launches(), workload));
        }
        TextTable unknown = new TextTable("not covered", ">share", ">GPU time", ">launches");
        List<TracedWorkload.Unknown> rest = workload.unknown();
        for (TracedWorkload.Unknown one : rest.subList(0, Math.min(SHOWN, rest.size()))) {
            unknown.row(cells(cut(one.kernel()), one.ns(), one.launches(), workload));
        }
        if (rest.size() > SHOWN) {
            List<TracedWorkload.Unknown> more = rest.subList(SHOWN, rest.size());
            unknown.row(cells(
                    Numbers.count(more.size()) + " more kernels",
                    more.stream().mapToDouble(TracedWorkload.Unknown::ns).sum(),
                    more.stream().mapToLong(TracedWorkload.Unknown::launches).sum(),
                    workload));
        }
        if (!workload.covered().isEmpty()) {
            out.println(covered.plain(WIDTH));
        }
        if (!rest.isEmpty()) {
            out.println(unknown.plain(WIDTH));
        }
        out.println(share(workload.coveredShare()) + " of " + Numbers.time(workload.totalNs())
                + " of GPU time is in problems that can be asked here.");
        workload.notes().forEach(out::println);
    }

    private static List<String> cells(String name, double ns, long launches, TracedWorkload of) {
        return List.of(name, share(ns / of.totalNs()), Numbers.time(ns), Numbers.count(launches));
    }

    private static String share(double share) {
        return share == 0 ? "0 %" : Numbers.percent(share);
    }

    private static String cut(String kernel) {
        String line = Names.oneLine(kernel);
        return line.length() <= 70 ? line : line.substring(0, 67) + "...";
    }
}
