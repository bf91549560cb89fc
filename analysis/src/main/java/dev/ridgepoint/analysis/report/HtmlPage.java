package dev.ridgepoint.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The page around the sections: navigation, style, data, scripts, and a policy that lets exactly those scripts run. */
public final class HtmlPage {
    private static final String LIBRARY = "echarts/echarts.common.min.js";
    static final List<String> REPORT = List.of(
            "data.js",
            "charts.js",
            "roofline.js",
            "tradeoff.js",
            "strip.js",
            "sequences.js",
            "table.js",
            "selfcheck.js");

    private final String title;
    private final List<String> scripts;
    private final StringBuilder sections = new StringBuilder();
    private final StringBuilder links = new StringBuilder();
    private String header = "";
    private String data = "{}";

    /** @param scripts resources of this package, in the order they run in */
    public HtmlPage(String title, List<String> scripts) {
        this.title = title;
        this.scripts = List.copyOf(scripts);
    }

    public void header(String html) {
        header = html;
    }

    /** A section with its place in the navigation; {@code html} is markup. */
    public void section(String id, String heading, String html) {
        links.append("<li><a href=\"#").append(id).append("\">").append(heading).append("</a></li>");
        sections.append("<section aria-labelledby=\"")
                .append(id)
                .append("\"><h2 id=\"")
                .append(id)
                .append("\">")
                .append(heading)
                .append("</h2>\n")
                .append(html)
                .append("</section>\n");
    }

    public void data(String json) {
        data = json;
    }

    /** Writes the page; the file is complete or not there. */
    public void write(Path html) throws IOException {
        WholeFile.write(html, render());
    }

    public String render() throws IOException {
        String first = resource("errors.js");
        String library = resource(LIBRARY);
        StringBuilder ours = new StringBuilder();
        for (String script : scripts) {
            ours.append(resource(script));
        }
        String own = ours.toString();
        String policy =
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
                        + "script-src " + digest(first) + ' ' + digest(library) + ' ' + digest(own);
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + Html.text(title) + "</title>\n"
                + "<script>" + first + "</script>\n<style>\n" + resource("report.css") + "</style>\n</head>\n<body>\n"
                + header + "<nav aria-label=\"Sections\"><ul>" + links + "</ul></nav>\n<main>\n" + sections
                + "</main>\n"
                + footer()
                + "<script type=\"application/json\" id=\"data\">" + EmbeddedJson.escape(data) + "</script>\n"
                + "<script>" + library + "</script>\n<script>" + own + "</script>\n</body>\n</html>\n";
    }

    private static String footer() throws IOException {
        String notice = resource("echarts/NOTICE").lines().map(Html::text).collect(Collectors.joining("\n"));
        return "<footer><p>Written by Ridgepoint; the raw data is in what it was written from. Charts: Apache ECharts, "
                + "Apache License 2.0.</p><details><summary>Notice</summary><pre>" + notice
                + "</pre></details></footer>\n";
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this build lacks its resource " + name);
            }
            // HTML reads a carriage return as a line feed, and the policy names digests of what HTML reads.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    private static String digest(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
