package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.report.TextTable;
import dev.ridgepoint.benchmarks.plan.ProblemJson;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.shape.WorkModel;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint list}: what there is to run, and what it can run on. */
@Command(name = "list", description = "List cases and kernels; takes the same filters as run.")
final class ListCommand implements Callable<Integer> {
    private static final int WIDTH = 120;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private BackendOptions backend;

    @Override
    public Integer call() throws IOException {
        if (selection.aim() != null) {
            throw UserError.refused("--precision: a percentage is an aim of 'ridgepoint run'; give a precision's name");
        }
        List<Workload> workloads = selection.workloads(backend.target());
        PrintWriter out = spec.commandLine().getOut();
        try (Device device = backend.open()) {
            if (main.json()) {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("suite", selection.suite());
                answer.put("cases", workloads.stream().map(ListCommand::json).toList());
                answer.put(
                        "kernels",
                        device.kernels().stream()
                                .map(kernel -> json(device, kernel))
                                .toList());
                JsonOut.print(out, answer);
            } else {
                out.println(workloads.size() + (workloads.size() == 1 ? " case of " : " cases of ") + selection.suite()
                        + "\n");
                out.println(cases(workloads).plain(WIDTH));
                out.println(device.kernels().size() + " kernels on "
                        + device.traits().name() + "\n");
                out.print(kernels(device).plain(WIDTH));
            }
        }
        out.flush();
        return ExitCode.OK.status();
    }

    private static TextTable cases(List<Workload> workloads) {
        TextTable table = new TextTable("case", "class", ">MFLOP", ">MB", ">FLOP/B");
        for (Workload workload : workloads) {
            WorkModel work = workload.problem().work();
            table.row(List.of(
                    workload.id(),
                    workloadClass(workload.provenance()),
                    rounded(work.flops() / 1e6),
                    rounded(work.bytes() / 1e6),
                    rounded(work.arithmeticIntensity())));
        }
        return table;
    }

    /** Own shapes have no provenance that would tell. */
    private static String workloadClass(Provenance provenance) {
        if (provenance == null || provenance.phase() == null) {
            return "";
        }
        return WorkloadClass.of(provenance.phase(), provenance.family())
                .name()
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }

    private static TextTable kernels(Device device) {
        TextTable table = new TextTable("kernel", "idea");
        device.kernels().forEach(kernel -> table.row(List.of(kernel.id(), kernel.idea())));
        return table;
    }

    private static Map<String, Object> json(Workload workload) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", workload.id());
        ProblemJson.write(workload.problem()).properties().forEach(field -> json.put(field.getKey(), field.getValue()));
        json.put("work", workload.problem().work());
        json.put("provenance", workload.provenance());
        return json;
    }

    private static Map<String, Object> json(Device device, KernelRow kernel) {
        return Map.of("id", kernel.id(), "idea", kernel.idea(), "backend", device.backend());
    }
}
