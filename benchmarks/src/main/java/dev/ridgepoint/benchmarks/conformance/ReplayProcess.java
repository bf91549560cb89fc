package dev.ridgepoint.benchmarks.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.benchmarks.jmh.ForkJvm;
import dev.ridgepoint.device.conformance.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Replays a set of goldens in a JVM of its own, since a process plays one architecture for good. */
public final class ReplayProcess {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OURS = "ridgepoint.";

    private ReplayProcess() {}

    /**
     * Replays a set.
     *
     * @param main the class whose {@code conformance replay SET} prints a report
     * @param arch what the emulated driver plays: {@code 90a}
     * @throws IOException one line: why there is no report
     */
    public static Report run(Class<?> main, Path set, String arch) throws IOException {
        Path said = Files.createTempFile("replay", ".err");
        try {
            ProcessBuilder java = new ProcessBuilder(command(main, set));
            java.environment().put("RIDGEPOINT_EMULATED_ARCH", arch);
            Process process = java.redirectError(said.toFile()).start();
            String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                String last = Files.readString(said)
                        .strip()
                        .lines()
                        .reduce((a, b) -> b)
                        .orElse("it said nothing");
                throw new IOException(set + ": the replay ended with " + status + ": " + last);
            }
            return JSON.readValue(report, Report.class);
        } catch (JsonProcessingException e) {
            throw new IOException(set + ": the replay printed no report: " + e.getOriginalMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(set + ": interrupted", e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static List<String> command(Class<?> main, Path set) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ForkJvm.flags());
        for (Map.Entry<Object, Object> property : System.getProperties().entrySet()) {
            if (property.getKey().toString().startsWith(OURS)) {
                command.add("-D" + property.getKey() + "=" + property.getValue());
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of("conformance", "replay", set.toString()));
        return command;
    }
}
