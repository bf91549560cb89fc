package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.tradeoff.TradeOff;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Time, and energy where it is known, against error: the place of the plot, and the same figures as a table. */
final class TradeOffSection {
    private TradeOffSection() {}

    /**
     * The section.
     *
     * @param drawn the shapes that the plot carries
     * @param all how many there are
     * @param joules energy a call of the cases that have one, by id
     */
    static String html(List<TradeOff> drawn, int all, Map<String, Double> joules) {
        if (drawn.isEmpty()) {
            return "<p>No shape was asked in more than one precision and has a valid figure.</p>";
        }
        boolean energy = drawn.stream()
                .flatMap(group -> group.points().stream())
                .anyMatch(point -> joules.containsKey(point.caseId()));
        return "<p class=\"note\">A line joins the precisions of one shape. Left is more exact, down is "
                + (energy ? "faster or takes less energy" : "faster")
                + "; filled points run natively, hollow ones are converted to a wider type before the multiplier, and a cross at"
                + " the upper edge has no figure: the device does not support it, or the case did not run. The error adds what"
                + " storing normally distributed operands costs, computed with the formats' own codecs, to the error measured"
                + " against the oracle. "
                + (energy
                        ? "Energy is the device's counter over the measured iterations by the calls made in them, idle share"
                                + " included. "
                        : "No energy is recorded. ")
                + which(drawn.size(), all) + "</p>\n<p>" + choices(drawn, energy) + "</p>\n"
                + PlotSections.figure(
                        "tradeoff-chart", "Time against error of " + drawn.size() + " shapes, by precision")
                + table(drawn, joules);
    }

    private static String which(int drawn, int all) {
        return drawn == all
                ? "All " + all + " shapes asked in more than one precision."
                : drawn + " of " + Numbers.count(all) + " shapes asked in more than one precision: of each operation "
                        + "those with most precisions. The others are in the table above.";
    }

    private static String choices(List<TradeOff> drawn, boolean energy) {
        Map<String, Integer> points = new TreeMap<>();
        drawn.forEach(group -> points.merge(group.op(), group.points().size(), Integer::sum));
        StringBuilder out = new StringBuilder("<label class=\"soft\">operation <select id=\"tradeoff-op\">");
        points.keySet().stream()
                .sorted(Comparator.comparingInt(op -> -points.get(op)))
                .forEach(op -> out.append("<option>").append(Html.text(op)).append("</option>"));
        out.append("</select></label>");
        if (energy) {
            out.append(" <label class=\"soft\">shown <select id=\"tradeoff-cost\"><option value=\"ns\">time</option>"
                    + "<option value=\"joules\">energy a call</option></select></label>");
        }
        return out.toString();
    }

    private static String table(List<TradeOff> drawn, Map<String, Double> joules) {
        StringBuilder out = new StringBuilder("<details><summary>The same as a table</summary><div class=\"scroll\">"
                + "<table><thead><tr><th scope=\"col\">shape</th><th scope=\"col\">precision</th>"
                + "<th scope=\"col\">on this hardware</th><th class=\"num\" scope=\"col\">time</th>"
                + "<th class=\"num\" scope=\"col\">energy a call</th><th class=\"num\" scope=\"col\">error</th>"
                + "</tr></thead><tbody>\n");
        for (TradeOff group : drawn) {
            for (TradeOff.Point point : group.points()) {
                row(
                        out,
                        group,
                        point.precision(),
                        point.support() + " by " + point.kernel(),
                        Numbers.time(point.ns()),
                        Numbers.energy(joules.get(point.caseId())),
                        Numbers.error(point.error()));
            }
            for (TradeOff.Absent absent : group.absent()) {
                String what = absent.reason();
                row(
                        out,
                        group,
                        absent.precision(),
                        absent.support().equals("unsupported") ? "unsupported: " + what : "no figure: " + what,
                        Numbers.NONE,
                        Numbers.NONE,
                        Numbers.NONE);
            }
        }
        return out.append("</tbody></table></div></details>\n").toString();
    }

    private static void row(
            StringBuilder out, TradeOff group, String precision, String how, String time, String energy, String error) {
        out.append("<tr><th scope=\"row\">")
                .append(Html.text(group.op() + " " + group.name()))
                .append("</th><td>")
                .append(Html.text(precision))
                .append("</td><td>")
                .append(Html.text(how))
                .append("</td>");
        for (String figure : List.of(time, energy, error)) {
            out.append("<td class=\"num\">").append(Html.text(figure)).append("</td>");
        }
        out.append("</tr>\n");
    }
}
