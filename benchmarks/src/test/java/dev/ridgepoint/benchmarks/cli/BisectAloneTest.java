package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One search over real jars on the fake device. What it finds hangs on times, so no other test runs beside it. */
class BisectAloneTest {
    private static final String KERNEL = "gemm/fake_fp32_plain";

    @TempDir
    private Path folder;

    @Test
    void theStepIsFoundByMeasuringSuspectsAlone() throws IOException {
        String[] jars = {
            jar("1", "1", "a"), jar("2", "1", "b"), jar("3", "slow", "c"), jar("4", "slow", "c"), jar("5", "slow", "c")
        };
        Path list = Files.writeString(folder.resolve("list"), "# later ones\n" + jars[3] + "\n" + jars[4] + "\n");
        Path out = folder.resolve("out");
        List<String> words = new ArrayList<>(List.of(
                "bisect",
                jars[0],
                jars[1],
                jars[2],
                "--builds",
                list.toString(),
                "--case",
                KERNEL,
                "--backend",
                "fake",
                "--shapes",
                OwnShapes.file(folder, 5).toString(),
                // The slow build takes hundreds of times as long; builds of one speed, beside a busy neighbour, not
                // twice.
                "--margin",
                "99",
                "--aim",
                "50%",
                // A neighbour may slow one of the first five; where none does, five are enough.
                "--most-forks",
                "15",
                "--out",
                out.toString(),
                "--json"));
        words.addAll(Brief.WORDS);
        Cli.Answer answer = Cli.run(words.toArray(String[]::new));
        assertEquals(1, answer.status(), answer.toString());
        JsonNode one = new JsonMapper().readTree(answer.out()).at("/cases/0");
        assertEquals("FOUND", one.path("end").asText(), answer.out());
        assertEquals(1, one.path("lastGood").asInt(), answer.out());
        assertEquals(2, one.path("firstBad").asInt(), answer.out());
        assertEquals(2, one.path("steps").size(), "both ends, and the one build between");
        assertEquals("SLOWER", one.at("/steps/0/judgement/verdict").asText());
        assertTrue(one.at("/steps/0/judgement/mde").asDouble() > 0);
        try (var bundles = Files.list(out)) {
            assertEquals(3, bundles.count(), "two comparisons, and what was asked");
        }
    }

    /** A build of that speed, with a kernel's image of its own. */
    private String jar(String name, String build, String image) throws IOException {
        return SideJar.write(folder.resolve(name + ".jar"), build, Map.of("kernels/" + KERNEL + ".fatbin", image))
                .toString();
    }
}
