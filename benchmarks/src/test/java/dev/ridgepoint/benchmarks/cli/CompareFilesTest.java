package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Plain JMH files: what they allow to be said, in every form of output, and what is wrong with hostile ones. */
class CompareFilesTest {
    private static final String CALM = "[100.1, 100.2], [100.0, 100.1], [99.9, 100.0], [100.2, 100.1], [99.8, 100.0]";
    private static final String SLOW = "[110.1, 110.2], [110.0, 110.1], [109.9, 110.0], [110.2, 110.1], [109.8, 110.0]";
    private static final String FAST = "[80.1, 80.2], [80.0, 80.1], [79.9, 80.0], [80.2, 80.1], [79.8, 80.0]";
    private static final String WILD = "[100.1, 130.2], [70.0, 90.1], [120.9, 99.0], [88.2, 97.1], [140.8, 90.0]";

    @TempDir
    private Path folder;

    private int written;

    @Test
    void theTextIsWhatAPersonReads() throws Exception {
        golden("compare/text.txt", text(1, base(), candidate(), "--gate"));
    }

    @Test
    void theMarkdownIsWhatAPersonReads() throws Exception {
        golden("compare/markdown.md", text(0, base(), candidate(), "--markdown"));
    }

    private Path base() throws IOException {
        return file(
                entry("a.Gemm.run", "\"n\": \"128\"", CALM),
                entry("a.Gemm.run", "\"n\": \"256\"", CALM),
                entry("a.Gemm.run", "\"n\": \"512\"", WILD),
                entry("a.Sum.run", "", CALM),
                entry("a.Gone.run", "", CALM));
    }

    private Path candidate() throws IOException {
        return file(
                entry("a.Gemm.run", "\"n\": \"128\"", SLOW),
                entry("a.Gemm.run", "\"n\": \"256\"", FAST),
                entry("a.Gemm.run", "\"n\": \"512\"", WILD.replace("70.0", "75.0")),
                entry("a.Sum.run", "", CALM.replace("100.2", "100.3")));
    }

    /** The text of a comparison, without the folder it happened to lie in. */
    private String text(int status, Path base, Path candidate, String... options) {
        List<String> arguments = new ArrayList<>(List.of("compare", base.toString(), candidate.toString()));
        arguments.addAll(List.of(options));
        Cli.Answer answer = Cli.run(arguments.toArray(new String[0]));
        assertEquals(status, answer.status(), answer.toString());
        return answer.out().replace(folder + "/", "");
    }

    private static void golden(String name, String found) throws IOException {
        try (InputStream in = CompareFilesTest.class.getResourceAsStream("/" + name)) {
            String expected = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(expected, found);
        }
    }

    @Test
    void aTableReadsTheSameUnderEveryLocale() throws IOException {
        Path base = base();
        Path candidate = candidate();
        String here = text(0, base, candidate);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(here, text(0, base, candidate));
            assertEquals(
                    0,
                    Cli.run("compare", base.toString(), candidate.toString(), "--json", "--margin", "2.5")
                            .status());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void junitHasATestACaseAndOneForTheGate() throws Exception {
        Path xml = folder.resolve("compare.xml");
        text(0, base(), candidate(), "--junit", xml.toString());
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
        Element suite = document.getDocumentElement();
        assertEquals("5", suite.getAttribute("tests"));
        assertEquals("2", suite.getAttribute("failures"));
        assertEquals("1", suite.getAttribute("skipped"));
        assertEquals(2, document.getElementsByTagName("failure").getLength());
        Element slower = (Element) document.getElementsByTagName("failure").item(1);
        assertEquals("a.Gemm.run{n=128}", ((Element) slower.getParentNode()).getAttribute("name"));
        assertTrue(slower.getAttribute("message").startsWith("SLOWER: 10 % more time"));
    }

    @Test
    void namesFromFilesStayInTheirPlace() throws Exception {
        String evil = "a\\u0007\\u001b[31m<b>|\\\"&\\ufffe\\n.run";
        Path base = file(entry(evil, "", CALM));
        Path candidate = file(entry(evil, "", SLOW));
        String plain = text(0, base, candidate);
        assertFalse(plain.chars().anyMatch(c -> c < ' ' && c != '\n'), plain);
        assertFalse(text(0, base, candidate, "--markdown").contains("<b>"));
        Path xml = folder.resolve("evil.xml");
        text(0, base, candidate, "--junit", xml.toString());
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
    }

    @Test
    void unitsAndModesAreBroughtToTimeACall() throws IOException {
        Path nanos = file(entry("a.run", "", CALM));
        is(
                "EQUIVALENT",
                nanos,
                file(entry("a.run", "", "[0.1001], [0.1000], [0.0999], [0.1002], [0.0998]", "us/op", "avgt")));
        Path rate = file(entry("a.run", "", CALM, "ops/s", "thrpt"));
        is("FASTER", rate, file(entry("a.run", "", SLOW, "ops/s", "thrpt")));
        Path sampled =
                file(entry("a.run", "", histogram(100), "ns/op", "sample").replace("rawData", "rawDataHistogram"));
        is(
                "SLOWER",
                sampled,
                file(entry("a.run", "", histogram(120), "ns/op", "sample").replace("rawData", "rawDataHistogram")));
    }

    /** The page is beside what is printed, and the exit status stays the answer's. */
    @Test
    void aPageIsWrittenWhereAskedFor() throws IOException {
        Path base = file(entry("a.run", "", CALM));
        Path candidate = file(entry("a.run", "", SLOW));
        Path page = folder.resolve("page.html");
        Cli.Answer answer =
                Cli.run("compare", base.toString(), candidate.toString(), "--gate", "--html", page.toString());
        assertEquals(1, answer.status(), answer.toString());
        assertTrue(answer.err().contains("page    " + page), answer.err());
        assertEquals(Cli.run("compare", base.toString(), candidate.toString()).out(), answer.out());
        String html = Files.readString(page);
        assertTrue(html.contains("gate NOT clean") && html.contains("context not checked"));
        assertTrue(html.contains("\"SLOWER\""), "its verdict, in the page's data");
    }

    private static String histogram(int ns) {
        String fork = "[[[%d, 3], [%d, 1]]]";
        List<String> forks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            forks.add(String.format(Locale.ROOT, fork, ns, ns + i % 3));
        }
        return String.join(", ", forks);
    }

    private void is(String verdict, Path base, Path candidate) throws IOException {
        assertEquals(verdict, json(0, base, candidate).at("/cases/0/verdict").asText());
    }

    @Test
    void anotherProtocolIsRefused() throws IOException {
        Path base = file(entry("a.run", "", CALM));
        protocol(
                base,
                entry("a.run", "", CALM).replace("\"threads\": 1", "\"threads\": 2"),
                "/protocol/threads: 1 against 2");
        protocol(base, entry("a.run", "", CALM).replace("10 s", "1 s"), "/protocol/measurementTime");
        protocol(base, entry("a.run", "", CALM).replace("avgt", "ss"), "/protocol/mode");
    }

    private void protocol(Path base, String other, String sentence) throws IOException {
        Path candidate = file(other);
        JsonNode json = json(2, base, candidate);
        assertEquals("REFUSED", json.at("/cases/0/verdict").asText());
        assertTrue(json.at("/cases/0/sentence").asText().contains(sentence), json.toString());
        assertEquals(
                "EQUIVALENT",
                json(0, base, candidate, "--allow", "PROTOCOL_DIFFERS")
                        .at("/cases/0/verdict")
                        .asText());
    }

    /** A plain file does not say what was built, so that nothing is ever laid to the one thing it does say. */
    @Test
    void nothingIsAttributedWhereMostIsUndeclared() throws IOException {
        JsonNode json = json(
                0,
                file(entry("a.run", "", CALM)),
                file(entry("a.run", "", SLOW).replace("\"jdkVersion\": \"17\"", "\"jdkVersion\": \"21\"")));
        assertEquals("SLOWER", json.at("/cases/0/verdict").asText());
        assertEquals("JDK", json.at("/cases/0/changed/0").asText());
        assertTrue(json.at("/cases/0/attributedTo").isNull());
        assertEquals(
                "/jdkVersion", json.at("/comparability/differences/0/pointer").asText());
        assertEquals("D", json.at("/base/grade").asText());
        assertTrue(json.at("/base/notChecked").size() > 5);
    }

    @Test
    void hostileFilesAreRefusedInOneLine() throws IOException {
        hostile(
                "/0/primaryMetric/rawData/1/0: expected a score above 0, got \"NaN\"",
                entry("a.run", "", "[1.0], [\"NaN\"]"));
        hostile("unexpected", "{\"benchmark\": NaN}", "Unexpected", "Non-standard", "NaN");
        hostile("expected a score above 0, got -1", entry("a.run", "", "[1.0], [-1]"));
        hostile("expected a score above 0, got 0", entry("a.run", "", "[0]"));
        hostile("expected an array of forks, got []", entry("a.run", "", ""));
        hostile("expected an array of iterations, got []", entry("a.run", "", "[]"));
        hostile("expected an array of iterations, got 5", entry("a.run", "", "5"));
        hostile("is there twice", entry("a.run", "", CALM) + "," + entry("a.run", "", CALM));
        hostile(
                "a.run with {n=1} is there twice",
                entry("a.run", "\"n\": \"1\"", CALM) + "," + entry("a.run", "\"n\": \"1\"", CALM));
        hostile(
                "/1/params: expected the parameters [n]",
                entry("a.run", "\"n\": \"1\"", CALM) + "," + entry("a.run", "", CALM));
        hostile("/0/params/n: expected a string, got 1", entry("a.run", "\"n\": 1", CALM));
        hostile("/0/benchmark: expected a text, got nothing", "{}");
        hostile("/0: expected a benchmark, an object", "7");
        hostile("/0/primaryMetric/scoreUnit: expected a time a call", entry("a.run", "", CALM, "MB/sec", "avgt"));
        hostile("there twice", entry("a.run", "", CALM).replace("\"threads\": 1", "\"mode\": \"ss\""));
        hostile("/1/benchmark: not JSON: line 4: unexpected ']'", entry("a.run", "", CALM) + ", {\"benchmark\": ");
        line("expected JMH's array", Files.writeString(folder.resolve("object.json"), "{}"));
        line("expected JMH's array", Files.writeString(folder.resolve("empty.json"), ""));
        line("have no case in common", Files.writeString(folder.resolve("none.json"), "[]"));
        line("no such file", folder.resolve("nowhere.json"));
    }

    private void hostile(String message, String elements, String... orElse) throws IOException {
        Path file = Files.writeString(folder.resolve("hostile.json"), "[" + elements + "]");
        Cli.Answer answer = Cli.run("compare", file.toString(), file.toString());
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.err());
        boolean said =
                answer.error().contains(message) || List.of(orElse).stream().anyMatch(answer.error()::contains);
        assertTrue(said && answer.error().startsWith("ridgepoint: " + file), answer.err());
        assertEquals("", answer.out());
    }

    private void line(String message, Path candidate) throws IOException {
        Cli.Answer answer = Cli.run("compare", file(entry("a.run", "", CALM)).toString(), candidate.toString());
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.err());
        assertTrue(answer.error().contains(message), answer.err());
    }

    @Test
    void oneForkSaysNothing() throws IOException {
        JsonNode json = json(2, file(entry("a.run", "", "[1, 2, 3]")), file(entry("a.run", "", "[4, 5, 6]")));
        assertEquals("TOO_FEW_FORKS", json.at("/cases/0/reasons/0").asText());
        assertEquals(1, json.at("/verdictCounts/INVALID").asInt());
    }

    /** Trees of so many iterations would take hundreds of megabytes. */
    @Test
    void tenThousandCasesFitInASmallHeap() throws Exception {
        Path base = many(folder.resolve("base.json"));
        assertTrue(Files.size(base) > 40 << 20, "bytes: " + Files.size(base));
        Path log = folder.resolve("log");
        Process process = Cli.start(
                log, List.of("-Xmx96m", "-XX:+UseSerialGC"), "compare", base.toString(), base.toString(), "--gate");
        assertEquals(0, process.waitFor(), () -> read(log));
        assertTrue(read(log).contains("10,000 EQUIVALENT"), read(log));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static Path many(Path file) throws IOException {
        StringBuilder forks = new StringBuilder();
        for (int fork = 0; fork < 5; fork++) {
            forks.append(fork == 0 ? "[" : ", [");
            for (int i = 0; i < 150; i++) {
                forks.append(i == 0 ? "" : ",").append("100.").append((fork * 7 + i * 3) % 10);
            }
            forks.append(']');
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 10_000; i++) {
                out.write((i == 0 ? "[" : ",") + entry("a.run", "\"n\": \"" + i + "\"", forks.toString()));
            }
            out.write("]");
        }
        return file;
    }

    private static JsonNode json(int status, Path base, Path candidate, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("compare", base.toString(), candidate.toString(), "--json"));
        arguments.addAll(List.of(options));
        Cli.Answer answer = Cli.run(arguments.toArray(new String[0]));
        assertEquals(status, answer.status(), answer.toString());
        return new JsonMapper().readTree(answer.out());
    }

    private Path file(String... entries) throws IOException {
        return Files.writeString(folder.resolve("jmh" + written++ + ".json"), "[" + String.join(",\n", entries) + "]");
    }

    private static String entry(String benchmark, String params, String forks) {
        return entry(benchmark, params, forks, "ns/op", "avgt");
    }

    private static String entry(String benchmark, String params, String forks, String unit, String mode) {
        return """
                {"jmhVersion": "1.37", "benchmark": "BENCHMARK", "mode": "MODE", "threads": 1, "forks": 5,
                 "jdkVersion": "17", "vmName": "Test VM", "measurementTime": "10 s", PARAMS
                 "primaryMetric": {"score": 1.0, "scoreError": "NaN", "scoreUnit": "UNIT", "rawData": [FORKS]},
                 "secondaryMetrics": {}}""".replace("BENCHMARK", benchmark)
                .replace("MODE", mode)
                .replace("PARAMS", params.isEmpty() ? "" : "\"params\": {" + params + "},")
                .replace("UNIT", unit)
                .replace("FORKS", forks);
    }
}
