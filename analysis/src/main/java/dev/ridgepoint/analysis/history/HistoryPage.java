package dev.ridgepoint.analysis.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.analysis.report.Html;
import dev.ridgepoint.analysis.report.HtmlPage;
import dev.ridgepoint.analysis.report.Numbers;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** A history as one file that opens from disk: its text, and a plot of each case over its runs. */
public final class HistoryPage {
    /** Plots a page can carry and a person can look at. */
    static final int MOST = 60;

    private static final List<String> SCRIPTS = List.of("data.js", "charts.js", "history.js", "selfcheck.js");

    private HistoryPage() {}

    /** Writes the page; the file is complete or not there. */
    public static void write(History history, Path html) throws IOException {
        page(history).write(html);
    }

    static HtmlPage page(History history) throws IOException {
        List<CaseHistory> shown = history.cases().stream().limit(MOST).toList();
        HtmlPage page = new HtmlPage(
                "Ridgepoint: history of " + Numbers.count(history.runs().size()) + " runs", SCRIPTS);
        page.header("<header><p class=\"eyebrow\">Ridgepoint history</p><h1>" + Html.text(HistoryText.summary(history))
                + "</h1></header>\n");
        page.section("changes", "Changes", changes(history));
        page.section("breaks", "Circumstances", Html.list(HistoryText.breaks(history), "The same throughout."));
        page.section("plots", "Cases over runs", plots(history, shown));
        page.section("limits", "Limits", Html.list(HistoryText.limits(history), ""));
        page.data(data(history, shown));
        return page;
    }

    private static String changes(History history) {
        if (history.changed().isEmpty()) {
            return "<p>No case changed its level.</p>\n";
        }
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>case</th><th>run</th>"
                + "<th>ratio</th><th>95 % interval</th><th>p</th><th>changed there</th></tr></thead><tbody>\n");
        for (CaseHistory one : history.changed()) {
            for (CaseHistory.Change change : one.changes()) {
                HistoryRun run = history.run(one.runs()[change.at()]);
                out.append("<tr>");
                cell(out, one.benchmark());
                cell(out, run.number() + ", " + run.started());
                cell(out, HistoryText.ratio(change.ratio()));
                cell(out, HistoryText.ratio(change.low()) + "–" + HistoryText.ratio(change.high()));
                cell(out, Numbers.significant(change.p(), 2));
                cell(out, HistoryText.changedThere(run));
                out.append("</tr>\n");
            }
        }
        return out.append("</tbody></table></div>\n").toString();
    }

    private static void cell(StringBuilder out, String raw) {
        out.append("<td>").append(Html.text(raw)).append("</td>");
    }

    private static String plots(History history, List<CaseHistory> shown) {
        StringBuilder out = new StringBuilder(
                "<p class=\"note\">Each point is a run, numbered by their start: its steady time as a share of the"
                        + " case's mean. Levels are drawn through, changes dashed. "
                        + (shown.size() == history.cases().size()
                                ? "All series."
                                : Numbers.count(shown.size()) + " of "
                                        + Numbers.count(history.cases().size())
                                        + " series, the largest changes first; --json has them all.")
                        + "</p>\n<div class=\"multiples\">\n");
        for (int i = 0; i < shown.size(); i++) {
            CaseHistory one = shown.get(i);
            String words = one.changes().isEmpty()
                    ? "no change"
                    : one.changes().size() + (one.changes().size() == 1 ? " change" : " changes");
            out.append("<figure><figcaption>")
                    .append(Html.text(one.benchmark()))
                    .append(" <span class=\"soft\">")
                    .append(Html.text(one.subject() + ", circumstances " + one.circumstances() + ", " + words))
                    .append("</span></figcaption>")
                    .append(plot(i, one, words))
                    .append("</figure>\n");
        }
        return out.append("</div>\n").toString();
    }

    private static String plot(int place, CaseHistory one, String words) {
        return one.ns().length == 0
                ? "<p class=\"note\">No run has a valid figure.</p>"
                : "<div class=\"chart\" id=\"history-" + place + "\" role=\"img\" aria-label=\""
                        + Html.text("Times of " + one.benchmark() + " over runs: " + words) + "\"></div>";
    }

    private static String data(History history, List<CaseHistory> shown) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            // The scripts that pages share read these; a history has no table of cases.
            json.writeArrayFieldStart("fields");
            json.writeEndArray();
            json.writeArrayFieldStart("rows");
            json.writeEndArray();
            json.writeArrayFieldStart("started");
            for (HistoryRun run : history.runs()) {
                json.writeString(run.started());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("histories");
            for (CaseHistory one : shown) {
                json.writeStartObject();
                json.writeFieldName("runs");
                json.writeArray(one.runs(), 0, one.runs().length);
                json.writeFieldName("ns");
                json.writeArray(one.ns(), 0, one.ns().length);
                json.writeFieldName("changes");
                int[] at =
                        one.changes().stream().mapToInt(CaseHistory.Change::at).toArray();
                json.writeArray(at, 0, at.length);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }
}
