package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.ProblemJson;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
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
        List<Workload> workloads = selection.workloads();
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
                out.println(workloads.size() + " cases of " + selection.suite());
                workloads.forEach(workload -> out.println("  " + workload.id()));
                out.println(device.kernels().size() + " kernels on "
                        + device.traits().name());
                device.kernels().forEach(kernel -> out.println("  " + kernel.id() + "  " + kernel.idea()));
            }
        }
        out.flush();
        return ExitCode.OK.status();
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
