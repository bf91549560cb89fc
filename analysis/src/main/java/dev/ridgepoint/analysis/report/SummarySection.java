package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Bound;
import dev.ridgepoint.results.RunDocument;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The head of the page: what ran, how it ended, what it can show, and how close to the ceilings it came. */
final class SummarySection {
    private SummarySection() {}

    static String header(RunReport report) {
        RunDocument run = report.run();
        String device = report.context().device().name();
        StringBuilder badges = new StringBuilder();
        String caveat = Caveat.of(report.context().device());
        if (!caveat.isEmpty()) {
            badges.append(Html.element("span", "badge warn", caveat));
        }
        badges.append(Html.element("span", run.complete() ? "badge" : "badge bad", run.status()));
        badges.append(Html.element("span", "badge", "suite " + run.suite()));
        badges.append(Html.element(
                "span",
                "badge",
                run.protocol().forks() + (run.protocol().forks() == 1 ? " fork a case" : " forks a case")));
        return "<header><p class=\"eyebrow\">Ridgepoint report &ensp;·&ensp; " + Html.text(run.started()) + "</p><h1>"
                + Html.text(device) + "</h1><p>" + badges + "</p></header>\n";
    }

    static String html(RunReport report) {
        StringBuilder out = new StringBuilder("<p class=\"lead\">" + Html.text(report.countsSentence())
                + "</p>\n<p class=\"lead\">" + Html.text(report.detection().sentence()) + "</p>\n");
        out.append(tiles(report));
        List<CaseRow> valid = report.rows().stream().filter(CaseRow::valid).toList();
        if (!valid.isEmpty()) {
            out.append(bounds(valid)).append(closeness(valid));
        }
        return out.toString();
    }

    private static String tiles(RunReport report) {
        StringBuilder out = new StringBuilder("<dl class=\"tiles\">");
        report.counts().forEach((kind, count) -> {
            boolean trouble = count > 0 && (kind.equals("incorrect") || kind.equals("failed"));
            if (count > 0 || !kind.equals("simulated")) {
                tile(out, kind, Numbers.count(count), trouble);
            }
        });
        long flagged = report.measured().size() - report.validCount();
        tile(out, "not a headline", Numbers.count(flagged), false);
        Double change = report.detection().inMostCases();
        tile(out, "detectable change", change == null ? Numbers.NONE : Numbers.percent(change), false);
        return out.append("</dl>\n").toString();
    }

    private static void tile(StringBuilder out, String name, String value, boolean trouble) {
        out.append(trouble ? "<div class=\"trouble\">" : "<div>")
                .append("<dt>")
                .append(Html.text(name))
                .append("</dt><dd>")
                .append(Html.text(value))
                .append("</dd></div>");
    }

    private static String bounds(List<CaseRow> valid) {
        Map<Bound, Long> counts = new EnumMap<>(Bound.class);
        for (CaseRow row : valid) {
            if (row.reading().bound() != null) {
                counts.merge(row.reading().bound(), 1L, Long::sum);
            }
        }
        if (counts.isEmpty()) {
            return "<p>No ceilings are known for this device, so nothing is said about what limits these kernels.</p>\n";
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((bound, count) -> parts.add(Numbers.count(count) + " " + phrase(bound)));
        return "<p>Of the valid figures, " + Html.text(String.join(", ", parts)) + ".</p>\n";
    }

    private static String phrase(Bound bound) {
        return switch (bound) {
            case COMPUTE -> "are limited by the multipliers";
            case RIDGE -> "lie at the ridge";
            case BANDWIDTH -> "by memory bandwidth";
            case CACHE -> "ran from the cache";
            case LAUNCH -> "take less work than an empty call takes time";
        };
    }

    /** Median and range, by operation and precision: never the best alone. */
    private static String closeness(List<CaseRow> valid) {
        Map<String, Map<String, List<CaseRow>>> groups = new TreeMap<>();
        for (CaseRow row : valid) {
            if (row.reading().ofMeasuredCeiling() != null) {
                groups.computeIfAbsent(row.result().question().op(), op -> new TreeMap<>())
                        .computeIfAbsent(row.result().question().precision(), precision -> new ArrayList<>())
                        .add(row);
            }
        }
        if (groups.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder(
                "<p>How close they come to the measured ceiling that binds, median and range:</p>\n<div class=\"beside\">\n");
        groups.forEach((op, byPrecision) -> out.append(closeness(op, byPrecision)));
        return out.append("</div>\n").toString();
    }

    private static String closeness(String op, Map<String, List<CaseRow>> byPrecision) {
        boolean ranges = byPrecision.values().stream().anyMatch(rows -> rows.size() > 1);
        StringBuilder out = new StringBuilder("<table><caption>" + Html.text(op) + "</caption><thead><tr>"
                + "<th scope=\"col\">precision</th><th class=\"num\" scope=\"col\">cases</th>"
                + "<th class=\"num\" scope=\"col\">median</th>"
                + (ranges ? "<th class=\"num\" scope=\"col\">range</th>" : "") + "</tr></thead><tbody>\n");
        byPrecision.forEach((precision, rows) -> {
            double[] shares = rows.stream()
                    .mapToDouble(row -> row.reading().ofMeasuredCeiling())
                    .sorted()
                    .toArray();
            out.append("<tr><th scope=\"row\">")
                    .append(Html.text(precision))
                    .append(upconverted(rows))
                    .append("</th>");
            number(out, Numbers.count(shares.length));
            number(out, Numbers.percent(median(shares)));
            if (ranges) {
                number(out, Numbers.percent(shares[0]) + " to " + Numbers.percent(shares[shares.length - 1]));
            }
            out.append("</tr>\n");
        });
        return out.append("</tbody></table>\n").toString();
    }

    private static String upconverted(List<CaseRow> rows) {
        boolean any = rows.stream()
                .anyMatch(row -> "upconverted".equals(row.result().subject().support()));
        return any ? " <span class=\"soft\">upconverted</span>" : "";
    }

    private static void number(StringBuilder out, String text) {
        out.append("<td class=\"num\">").append(Html.text(text)).append("</td>");
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
