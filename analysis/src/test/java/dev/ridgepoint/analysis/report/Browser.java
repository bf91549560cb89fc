package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens a page in headless Chromium and reads what its self-check wrote into it. */
public final class Browser {
    private static final Pattern RESULT = Pattern.compile("<pre id=\"selfcheck\">(.*?)</pre>", Pattern.DOTALL);

    private Browser() {}

    /** The browser on this machine; without one the test is skipped, or fails where {@code CI=true} requires it. */
    public static Path required() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program)) {
                    return program;
                }
            }
        }
        if ("true".equals(System.getenv("CI"))) {
            return fail("CI=true requires the browser test, and there is no chromium on the PATH");
        }
        return abort("there is no chromium on the PATH: install it to run the browser test");
    }

    /** What is wrong with a report as this browser shows it; empty where nothing is. */
    static List<String> problems(Path browser, Path html, Path scratch, int width) throws IOException {
        return look(browser, html, scratch, width, seen -> {
            List<String> problems = table(seen);
            if (seen.get("facts").asInt() < 10 || !seen.get("cited").asText().contains("| run ")) {
                problems.add("an opened case shows no facts or no citation");
            }
            return problems;
        });
    }

    /** The same of a page whose table of cases has nothing to cite. */
    public static List<String> problemsOfTable(Path browser, Path html, Path scratch, int width) throws IOException {
        return look(browser, html, scratch, width, Browser::table);
    }

    /** The same of a page of charts, without a table that can be searched. */
    public static List<String> problemsOfCharts(Path browser, Path html, Path scratch, int width) throws IOException {
        return look(browser, html, scratch, width, seen -> List.of());
    }

    /** Breaks a page wherever the pattern matches, so that a test sees its check fail. */
    public static void sabotage(Path html, String pattern, String replacement) throws IOException {
        String page = Files.readString(html);
        String broken = page.replaceAll(pattern, replacement);
        assertNotEquals(page, broken, "nothing was sabotaged");
        Files.writeString(html, broken);
    }

    /** The names of the columns of a report's table of cases. */
    static List<String> columns(Path browser, Path html, Path scratch) throws IOException {
        List<String> names = new ArrayList<>();
        look(browser, html, scratch, 1280, seen -> {
            seen.get("columns").forEach(name -> names.add(name.asText()));
            return List.of();
        });
        return names;
    }

    private static List<String> look(
            Path browser, Path html, Path scratch, int width, Function<JsonNode, List<String>> further)
            throws IOException {
        Matcher found = RESULT.matcher(dom(browser, html, scratch, width));
        if (!found.find()) {
            return List.of("the page did not come to its self-check");
        }
        String json = found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        JsonNode seen = new ObjectMapper().readTree(json);
        List<String> problems = charts(seen);
        problems.addAll(further.apply(seen));
        return problems;
    }

    private static List<String> charts(JsonNode seen) {
        List<String> problems = new ArrayList<>();
        seen.get("troubles").forEach(trouble -> problems.add(trouble.asText()));
        if (seen.get("charts").isEmpty()) {
            problems.add("no chart was drawn");
        }
        seen.get("undrawn").forEach(id -> problems.add("chart is empty: " + id + " was never drawn"));
        for (JsonNode chart : seen.get("charts")) {
            int points = chart.get("points").asInt();
            int width = chart.get("width").asInt();
            // Points by the thousand lie on top of one another; coloured pixels by the hundred still show them drawn.
            if (points == 0 || width == 0 || chart.get("marks").asInt() < Math.min(points, width)) {
                problems.add("chart is empty: " + chart);
            }
            chart.path("empty").forEach(line -> problems.add("chart has an empty line: " + chart));
        }
        if (seen.get("overflow").asInt() > 0) {
            problems.add("the page is " + seen.get("overflow") + " pixels wider than its window");
        }
        return problems;
    }

    private static List<String> table(JsonNode seen) {
        List<String> problems = new ArrayList<>();
        if (seen.get("rows").asInt() == 0) {
            problems.add("the table is empty");
        }
        if (seen.get("uneven").asInt() != 0) {
            problems.add(seen.get("uneven") + " rows have other cells than " + seen.get("columns"));
        }
        if (seen.get("unfound").asInt() != 0) {
            problems.add("the search finds what is not there");
        }
        if (seen.get("facts").asInt() < 3) {
            problems.add("an opened case shows no facts");
        }
        return problems;
    }

    private static String dom(Path browser, Path html, Path scratch, int width) throws IOException {
        Path out = Files.createTempFile(scratch, "dom", ".html");
        List<String> command = List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + Files.createTempDirectory(scratch, "profile"),
                "--window-size=" + width + ",900",
                "--virtual-time-budget=20000",
                "--dump-dom",
                html.toUri() + "#selfcheck");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                return fail("chromium did not finish in 120 s");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return fail("interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
