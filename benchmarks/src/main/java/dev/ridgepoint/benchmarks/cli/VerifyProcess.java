package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.jmh.ForkJvm;
import dev.ridgepoint.benchmarks.plan.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code verify} of a kernel nobody vouches for, in a JVM of its own: it may hang, and kill its context or its process.
 */
final class VerifyProcess {
    private VerifyProcess() {}

    /**
     * Verifies a kernel; what the process says goes to {@code out} line by line.
     *
     * @return the status: whatever is not the kernel's own fault ends with that of a failed check too
     */
    static int run(BackendOptions backend, String kernel, Duration timeout, PrintWriter out) throws IOException {
        Target target = backend.target();
        ProcessBuilder java = new ProcessBuilder(command(target, backend.adopted(), kernel)).redirectErrorStream(true);
        out.println("verifying " + kernel + " ...");
        out.flush();
        Process process = java.start();
        CompletableFuture<Process> watchdog = process.onExit().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        watchdog.whenComplete((ended, late) -> process.destroyForcibly());
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                out.println(line);
                out.flush();
            }
            int status = process.waitFor();
            if (watchdog.isCompletedExceptionally()) {
                out.println("incorrect: verifying did not end within " + timeout.toSeconds()
                        + " s, the limit of --case-timeout: the kernel hangs");
            }
            return status == ExitCode.OK.status() ? status : ExitCode.CHECK_FAILED.status();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("verifying was interrupted", e);
        }
    }

    private static List<String> command(Target target, Path descriptor, String kernel) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ForkJvm.flags());
        command.addAll(target.jvmFlags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "verify"));
        command.addAll(List.of("--backend", target.backend(), "--driver", target.driver()));
        if (target.emulatedArch() != null) {
            command.addAll(List.of("--emulated-arch", target.emulatedArch()));
        }
        if (target.device() != null) {
            command.addAll(List.of("--device", target.device()));
        }
        command.addAll(List.of("--adopted", descriptor.toString(), "--kernel", kernel));
        return command;
    }
}
