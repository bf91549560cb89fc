package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.analysis.report.Html;
import dev.ridgepoint.analysis.report.HtmlPage;
import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A comparison as one file that opens from disk: the gate, a forest plot of the ratios, verdicts with their grounds. */
public final class ComparePage {
    private static final List<String> SCRIPTS =
            List.of("data.js", "charts.js", "glance.js", "forest.js", "compare.js", "selfcheck.js");

    private ComparePage() {}

    /** Writes the page; the file is complete or not there. */
    public static void write(Comparison comparison, Path html) throws IOException {
        page(comparison).write(html);
    }

    static HtmlPage page(Comparison comparison) throws IOException {
        CaseGroups groups = CaseGroups.of(comparison.cases());
        HtmlPage page = new HtmlPage(
                "Ridgepoint: " + name(comparison.base()) + " against " + name(comparison.candidate()), SCRIPTS);
        page.header(header(comparison));
        page.section("summary", "Summary", summary(comparison));
        page.section("overview", "Overview", overview(comparison, groups));
        page.section("ratios", "Ratios", ratios(comparison, groups));
        page.section("verdicts", "Verdicts", verdicts());
        page.section("context", "What differs", context(comparison));
        page.data(CompareData.of(comparison, groups));
        return page;
    }

    private static String header(Comparison comparison) {
        boolean passed = comparison.gate().passed();
        StringBuilder badges = new StringBuilder();
        badges.append(Html.element("span", passed ? "badge" : "badge bad", passed ? "gate clean" : "gate NOT clean"));
        badges.append(
                comparison.unchecked().isEmpty()
                        ? Html.element("span", "badge", "context " + comparison.level())
                        : Html.element("span", "badge warn", "context not checked"));
        badges.append(grade("base", comparison.base()));
        badges.append(grade("candidate", comparison.candidate()));
        if (comparison.options().paired()) {
            badges.append(Html.element("span", "badge", "forks paired by block"));
        }
        return "<header><p class=\"eyebrow\">Ridgepoint comparison</p><h1>" + Html.text(name(comparison.base()))
                + " against " + Html.text(name(comparison.candidate())) + "</h1><p>" + badges + "</p></header>\n";
    }

    private static String grade(String side, Comparison.SideFacts facts) {
        boolean poor = facts.grade() == Grade.C || facts.grade() == Grade.D;
        return Html.element("span", poor ? "badge warn" : "badge", side + " of grade " + facts.grade());
    }

    private static String name(Comparison.SideFacts side) {
        Path last = Path.of(side.path()).getFileName();
        return last == null ? side.path() : last.toString();
    }

    private static String summary(Comparison comparison) {
        StringBuilder out = new StringBuilder("<p class=\"lead\">" + Html.text(CompareWords.gate(comparison))
                + "</p>\n<p class=\"lead\">" + Html.text(CompareWords.counts(comparison))
                + ". A ratio is the candidate's time over the base's: above 1 is slower.</p>\n");
        out.append("<dl class=\"tiles\">");
        comparison.counts().forEach((verdict, count) -> {
            if (count > 0) {
                tile(out, CaseGroups.mark(verdict) + verdict, Numbers.count(count));
            }
        });
        tile(out, "could show the margin", Numbers.percent(comparison.gate().power()));
        out.append("</dl>\n");
        List<String> limits = CompareWords.limits(comparison);
        if (!limits.isEmpty()) {
            out.append("<h3>To know before any figure</h3>\n").append(Html.list(limits, ""));
        }
        List<String> next = NextSteps.of(comparison);
        if (!next.isEmpty()) {
            out.append("<h3>What to do next</h3>\n").append(Html.list(next, ""));
        }
        return out.append("<div class=\"environment\">")
                .append(side("Base", comparison.base()))
                .append(side("Candidate", comparison.candidate()))
                .append("</div>\n")
                .toString();
    }

    /** @param name markup */
    private static void tile(StringBuilder out, String name, String value) {
        out.append("<div><dt>")
                .append(name)
                .append("</dt><dd>")
                .append(Html.text(value))
                .append("</dd></div>");
    }

    private static String side(String caption, Comparison.SideFacts side) {
        return Html.facts(
                caption,
                List.of(
                        new Html.Fact("path", side.path()),
                        new Html.Fact("run", side.runId()),
                        new Html.Fact("cases", Numbers.count(side.cases())),
                        new Html.Fact("grade", side.grade().name()),
                        new Html.Fact("why no better", String.join("; ", side.gradeReasons())),
                        new Html.Fact("not checked", String.join("; ", side.unchecked()))));
    }

    private static String overview(Comparison comparison, CaseGroups groups) {
        long drawn =
                comparison.cases().stream().filter(one -> one.figures() != null).count();
        StringBuilder out = new StringBuilder();
        if (drawn == 0) {
            out.append("<p>No case has a ratio, so there is nothing to draw.</p>\n");
        } else {
            Double margin = CompareData.commonMargin(comparison);
            out.append(
                            "<p class=\"note\">Every ratio from the smallest to the largest, coloured and shaped by its verdict. ")
                    .append(
                            margin == null
                                    ? "Cases have margins of their own, drawn with the intervals in the next section."
                                    : "Dashed are the margins of " + Html.text(Sentences.percent(margin))
                                            + "; intervals are in the next section.")
                    .append(" A ratio far from the others lies on the frame. ")
                    .append(Html.text(undrawn(comparison.cases().size(), drawn)))
                    .append("</p>\n<figure><div class=\"chart\" id=\"glance-chart\" role=\"img\" aria-label=\"")
                    .append("Ratios of ")
                    .append(Numbers.count(drawn))
                    .append(" cases in order\"></div></figure>\n");
        }
        return out.append(groups.table()).toString();
    }

    private static String undrawn(int cases, long drawn) {
        long without = cases - drawn;
        if (without == 0) {
            return "All " + Numbers.count(cases) + " cases are drawn.";
        }
        return Numbers.count(without) + " of " + Numbers.count(cases)
                + " cases have no ratio and are not drawn: refused, invalid, or identical and not measured enough.";
    }

    private static String ratios(Comparison comparison, CaseGroups groups) {
        StringBuilder out =
                new StringBuilder("<p class=\"note\">A symbol is the ratio, its line the 95 % interval. Dashed"
                        + " lines are the margins; the shaded band is the change that the rule misses more than once in five (the"
                        + " MDE). An arrow says that a line goes on beyond the frame.</p>\n<div id=\"controls\" role=\"search\">"
                        + "<input id=\"find\" type=\"search\" placeholder=\"Find: case, verdict, reason\" aria-label=\"Find cases\">"
                        + "<label>verdict <select id=\"verdict\"><option value=\"\">all</option>");
        comparison.counts().forEach((verdict, count) -> {
            if (count > 0) {
                out.append("<option>").append(verdict).append("</option>");
            }
        });
        out.append("</select></label><label>group <select id=\"group\"><option value=\"\">all</option>");
        for (int i = 0; i < groups.names().size(); i++) {
            out.append("<option value=\"")
                    .append(i)
                    .append("\">")
                    .append(Html.text(groups.names().get(i)))
                    .append("</option>");
        }
        out.append("</select></label><label>order <select id=\"order\"><option value=\"group\">by group, slowest first"
                + "</option><option value=\"slow\">slowest first</option><option value=\"fast\">fastest first</option>"
                + "<option value=\"file\">as in the base</option></select></label>"
                + "<label>rows <select id=\"size\"><option>25</option><option>50</option><option>200</option></select>"
                + "</label></div>\n");
        return out.append(pager())
                .append(
                        "<div id=\"forest\"></div>\n<noscript><p>The plot and the table need JavaScript, which this page"
                                + " brings along.</p></noscript>\n")
                .toString();
    }

    private static String verdicts() {
        return "<p class=\"note\">The cases drawn above, with the grounds of each verdict. Open a case for its forks, times and differences.</p>\n"
                + "<div class=\"scroll\"><table id=\"cases\"><thead></thead><tbody></tbody></table></div>\n" + pager();
    }

    private static String pager() {
        return "<p class=\"pager\"><button class=\"previous\" type=\"button\">Previous</button>"
                + " <button class=\"next\" type=\"button\">Next</button>"
                + " <span class=\"shown note\" aria-live=\"polite\"></span></p>\n";
    }

    private static String context(Comparison comparison) {
        List<String> sentences = new ArrayList<>();
        sentences.add("Comparability: " + comparison.level() + ".");
        sentences.add(
                comparison.axes().isEmpty()
                        ? "Nothing that is declared changed."
                        : "Declared things that changed: " + String.join(", ", comparison.axes()) + ".");
        if (!comparison.unchecked().isEmpty()) {
            sentences.add("Whether these differ nobody can tell: " + String.join(", ", comparison.unchecked()) + ".");
        }
        StringBuilder out = new StringBuilder("<p>" + Html.text(String.join(" ", sentences)) + "</p>\n");
        if (comparison.differences().isEmpty()) {
            return out.append("<p>No field of context or protocol differs.</p>\n")
                    .toString();
        }
        out.append("<div class=\"scroll\"><table class=\"differences\"><thead><tr><th scope=\"col\">field</th>"
                + "<th scope=\"col\">base</th><th scope=\"col\">candidate</th></tr></thead><tbody>\n");
        for (Difference one : comparison.differences()) {
            out.append("<tr><th scope=\"row\">")
                    .append(Html.text(one.pointer()))
                    .append("</th><td>")
                    .append(Html.text(one.left()))
                    .append("</td><td>")
                    .append(Html.text(one.right()))
                    .append("</td></tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }
}
