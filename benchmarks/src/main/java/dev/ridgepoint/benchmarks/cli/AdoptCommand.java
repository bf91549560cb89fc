package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.benchmarks.plan.Shard;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.cuda.driver.CudaException;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.adopt.AdoptedKernel;
import dev.ridgepoint.kernels.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint adopt}: a kernel from outside through the gate, the measurement and the tables of ours. */
@Command(
        name = "adopt",
        description = "Verify and measure a kernel from outside beside ours, on problems of yours.",
        footer = {
            "",
            "A descriptor of the kernel is written beside its image; run, verify and list take it by --adopted.",
            "Numbers in --args, --grid, --block, --shared and --scratch are expressions over the problem's extents (m, n, k;",
            "b, hq, hkv, sq, skv, d, dv; rows, cols) and sms, with + - * / ceil(a/b) floor(a/b) min(a,b) max(a,b)."
        })
final class AdoptCommand implements Callable<Integer> {
    private static final String SUITE = "custom";

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdoptOptions kernel;

    @Mixin
    private MeasureOptions measure;

    @Option(names = "--alone", description = "Measure it without ours beside it.")
    private boolean alone;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "A fatbin, a cubin, PTX, or a descriptor.")
    private Path image;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "-- JMH-OPTIONS",
            description = "Options handed through to JMH.")
    private List<String> jmhArguments = List.of();

    @Override
    public Integer call() throws IOException {
        BackendOptions backend = measure.backend();
        if (backend.adopted() != null) {
            throw UserError.refused("--adopted: give the descriptor in place of the image");
        }
        JmhOptions jmh = JmhOptions.parse(jmhArguments);
        Path descriptor = kernel.of(image);
        AdoptedKernel adopted = AdoptedKernel.load(descriptor);
        backend.adopt(descriptor);
        check(adopted);
        // In JSON the answer is the run's, and everything else goes to standard error.
        PrintWriter out =
                main.json() ? spec.commandLine().getErr() : spec.commandLine().getOut();
        out.println("image       " + image + ": " + adopted.contents());
        out.println("kernel      " + adopted.id());
        out.println("launch      " + adopted.launch());
        out.println("descriptor  " + descriptor);
        out.flush();
        int verified = measure.dryRun() ? ExitCode.OK.status() : verify(adopted, out);
        int measured = new Measurement(measure, spec, main.json())
                .begin(
                        SUITE,
                        adopted.workloads(),
                        alone ? KernelOptions.only(adopted.id()) : new KernelOptions(),
                        Shard.parse("1/1"),
                        jmh);
        return Math.max(verified, measured);
    }

    /** Refuses what this device cannot run, before anything is launched. */
    private void check(AdoptedKernel adopted) {
        try (Device device = measure.backend().open()) {
            for (Workload workload : adopted.workloads()) {
                if (adopted.supports(workload.problem(), device.traits()) instanceof Support.Unsupported no) {
                    throw UserError.refused(workload.id() + ": " + no.reason());
                }
            }
            ((CudaDevice) device).load(adopted);
        } catch (CudaException e) {
            throw UserError.refused(image + ": " + e.getMessage(), e);
        }
    }

    private int verify(AdoptedKernel adopted, PrintWriter out) throws IOException {
        return VerifyProcess.run(measure.backend(), adopted.id(), measure.caseTimeout(), out);
    }
}
