package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An input of a size that is allowed, and a heap too small for it: one line and a documented status, on whatever thread. */
class OutOfMemoryTest {
    private static final int MANY = 200_000;
    private static final String HEAP = "-Xmx32m";

    @TempDir
    private Path folder;

    @Test
    void aPlainFileTooLargeForTheHeapIsOneLine() throws Exception {
        Path file =
                Files.writeString(folder.resolve("jmh.json"), many("""
                        {"benchmark":"a.B.c%d","mode":"avgt","forks":1,"primaryMetric":{"scoreUnit":"ns/op","rawData":[[1.5]]}}""").collect(Collectors.joining(",\n", "[", "]")));
        refuses(file, file);
    }

    /** The candidate is read on a thread of its own. */
    @Test
    void aCandidateTooLargeForTheHeapIsOneLine() throws Exception {
        Path base = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("base"));
        Path candidate = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("candidate"));
        Path result = candidate.resolve(Layout.RESULT);
        String files = "\"files\":[\n";
        String entries = many("{\"path\":\"raw/made%d.f0.json\",\"bytes\":1,\"sha256\":\"" + "0".repeat(64) + "\"},\n")
                .collect(Collectors.joining());
        String text = Files.readString(result);
        assertTrue(text.contains(files), "a line an entry");
        Files.writeString(result, text.replace(files, files + entries));
        refuses(base, candidate);
    }

    private static Stream<String> many(String format) {
        return IntStream.range(0, MANY).mapToObj(i -> format.replace("%d", Integer.toString(i)));
    }

    private void refuses(Path base, Path candidate) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = Cli.start(
                said,
                List.of(HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                "compare",
                base.toString(),
                candidate.toString());
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "no end of it");
        String words = Files.readString(said);
        assertEquals(2, process.exitValue(), words);
        assertTrue(words.startsWith("ridgepoint: out of memory ("), words);
        assertEquals(1, words.lines().count(), words);
    }
}
