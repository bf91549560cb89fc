package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.benchmarks.carry.Archive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session script against the command line: a step whose option is missing or misspelt would do nothing on a GPU. */
class SessionStepsTest {
    @TempDir
    private Path folder;

    @Test
    void stepsAskForWhatTheCommandsTake() throws Exception {
        try (InputStream script = Archive.class.getResourceAsStream("session.sh")) {
            program("gpu-session", new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        program("ncu", "#!/bin/sh\n");
        program("ridgepoint", """
                #!/bin/sh
                case "$*" in
                    *--help) printf '  %s  does it\\n' counters targets tune ;;
                    run*) mkdir -p ridgepoint-runs/a; touch ridgepoint-runs/a/result.json; echo "$*" >>"${0%/*}/asked" ;;
                    *) echo "$*" >>"${0%/*}/asked" ;;
                esac
                """);
        Process session = new ProcessBuilder(
                        "/usr/bin/env", "-i", "PATH=" + folder + ":/bin:/usr/bin", "./gpu-session", "--out", "out")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(session.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, session.waitFor(), said);
        List<String> asked = Files.readAllLines(folder.resolve("asked"));
        assertEquals(
                List.of("doctor", "verify", "verify", "conformance", "conformance", "run", "targets", "tune"),
                asked.stream().map(words -> words.split(" ")[0]).toList());
        for (String words : asked) {
            assertDoesNotThrow(() -> Main.commandLine().parseArgs(words.split(" ")), words);
        }
    }

    private void program(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
