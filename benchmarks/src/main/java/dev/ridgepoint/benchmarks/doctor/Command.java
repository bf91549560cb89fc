package dev.ridgepoint.benchmarks.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a small program of the system; no answer is an answer. */
final class Command {
    private Command() {}

    /** Trimmed standard output, or empty where the program is missing, fails or takes too long. */
    static Optional<String> output(long limit, TimeUnit unit, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(limit, unit) && process.exitValue() == 0) {
                return Optional.of(out.strip());
            }
            process.destroy();
        } catch (IOException absent) {
            // Not installed: the same as no answer.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
