package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nvbench files: one a side carries no verdict, several do, and what is wrong with hostile ones. */
class CompareNvbenchTest {
    private static final double[] CALM = {1.000e-3, 1.001e-3, 0.999e-3, 1.0005e-3, 0.9995e-3};

    @TempDir
    private Path folder;

    private int written;

    @Test
    void severalFilesASideAreForks() throws IOException {
        JsonNode json = json(0, side(CALM, 1), side(CALM, 1.1));
        assertEquals("SLOWER", json.at("/cases/0/verdict").asText(), json.toString());
        assertEquals(1.1, json.at("/cases/0/ratio").asDouble(), 1e-6);
        assertEquals("1048576", json.at("/cases/0/params/Elements").asText());
        assertEquals("copy", json.at("/cases/0/benchmark").asText());
        assertEquals("D", json.at("/base/grade").asText());
        assertTrue(json.at("/cases/0/attributedTo").isNull());
        assertEquals(
                "EQUIVALENT",
                json(0, side(CALM, 1), side(CALM, 1.0003))
                        .at("/cases/0/verdict")
                        .asText());
        String text = text(0, side(CALM, 1), side(CALM, 1.1));
        assertTrue(text.contains("5 nvbench files, each a fork") && text.contains("which piece of the device"), text);
    }

    @Test
    void oneFileASideIsNoVerdict() throws IOException {
        String text = text(2, file(1e-3, ""), file(2e-3, ""));
        assertTrue(text.contains("INVALID") && text.contains("1 and 1 forks, where a verdict takes 3 a side"), text);
        assertTrue(text.contains("a1.json,a2.json") && text.contains("one process and no fork"), text);
    }

    @Test
    void anotherDeviceOrWayOfTimingIsRefused() throws IOException {
        String other = side(CALM, 1, "H100", "A100");
        JsonNode device = json(2, side(CALM, 1), other);
        assertEquals("REFUSED", device.at("/cases/0/verdict").asText());
        assertTrue(device.at("/cases/0/reasons").toString().contains("OTHER_DEVICE"));
        JsonNode hot = json(2, side(CALM, 1), side(CALM, 1, "nv/cold/time", "nv/batch/time"));
        assertTrue(hot.at("/cases/0/reasons").toString().contains("PROTOCOL_DIFFERS"), hot.toString());
    }

    @Test
    void aSkippedStateKeepsItsReason() throws IOException {
        String skipped = side(CALM, 1, "\"is_skipped\": false", "\"is_skipped\": true, \"skip_reason\": \"too big\"");
        JsonNode json = json(2, side(CALM, 1), skipped);
        assertEquals("INVALID", json.at("/cases/0/verdict").asText());
        assertTrue(json.at("/cases/0/sentence").asText().contains("candidate skipped: too big"), json.toString());
    }

    @Test
    void badInputIsOneLineAndStatusTwo() throws IOException {
        String good = file(1e-3, "");
        refused(good, bad("{}"), "has no benchmarks");
        refused(good, bad("{\"benchmarks\": []}"), "has no devices");
        refused(good, bad("{\"devices\": [{\"id\": 0}]}"), "/devices/0: expected a device");
        refused(good, bad("{\"meta\": {\"version\": {\"json\": {\"major\": 2}}}}"), "format 2 cannot be read");
        refused(good, bad("{\"devices\": ["), "bad");
        refused(good, bad("{\"context\": {\"a\": [1, {}]}"), "bad");
        refused(good, bad("[]"), "expected JMH's array of benchmarks or a bundle");
        refused(good, file(-1, ""), "expected seconds above 0");
        refused(good, folder + "/gone.json", "no such file");
        refused(good, good + "," + folder + "/gone.json", "no such file");
        refused(good, bad(Nvbench.file(1e-3).replace("\"device\": 0", "\"device\": 3")), "none of the file's devices");
        String text = Files.readString(Path.of(good));
        String copy = bad(text);
        refused(good, good + "," + copy, "a copy is no second fork");
        refused(good, good + "," + bad("[]"), "is no nvbench file");
        refused(good, good + "," + bad(text.replace("H100", "A100")), "no forks of one side");
        refused(good, bad(text.replace("]}]}", "," + Nvbench.state(2e-3) + "]}]}")), "is there twice");
    }

    private void refused(String base, String candidate, String why) {
        Cli.Answer answer = Cli.run("compare", base, candidate);
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.err());
        assertTrue(answer.error().contains(why), answer.err());
        assertFalse(answer.error().contains("internal error"), answer.err());
    }

    private JsonNode json(int status, String base, String candidate) throws IOException {
        Cli.Answer answer = Cli.run("compare", base, candidate, "--json");
        assertEquals(status, answer.status(), answer.toString());
        return new JsonMapper().readTree(answer.out());
    }

    private String text(int status, String base, String candidate) {
        Cli.Answer answer = Cli.run("compare", base, candidate);
        assertEquals(status, answer.status(), answer.toString());
        return answer.out();
    }

    private String side(double[] seconds, double factor, String... swap) throws IOException {
        List<String> files = new ArrayList<>();
        for (double one : seconds) {
            files.add(file(one * factor, "", swap));
        }
        return files.stream().collect(Collectors.joining(","));
    }

    private String file(double seconds, String more, String... swap) throws IOException {
        String text = Nvbench.file(seconds) + more;
        for (int i = 0; i < swap.length; i += 2) {
            text = text.replace(swap[i], swap[i + 1]);
        }
        return Files.writeString(folder.resolve("nv" + written++ + ".json"), text)
                .toString();
    }

    private String bad(String text) throws IOException {
        return Files.writeString(folder.resolve("bad" + written++ + ".json"), text)
                .toString();
    }
}
