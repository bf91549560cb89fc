package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Bound;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which classes meet which limits, over all and model by model: counts of measured cases. */
final class ClassMap {
    private ClassMap() {}

    static String html(List<CaseRow> measured) {
        if (measured.isEmpty()) {
            return "<p>No case was measured.</p>";
        }
        return "<div class=\"beside\">" + byClass(measured) + PhaseMap.html(measured) + "</div>\n" + legend()
                + check(measured);
    }

    private static String byClass(List<CaseRow> measured) {
        Map<WorkloadClass, Map<Bound, Long>> counts = new EnumMap<>(WorkloadClass.class);
        for (CaseRow row : measured) {
            Map<Bound, Long> ofClass =
                    counts.computeIfAbsent(row.label().workloadClass(), label -> new EnumMap<>(Bound.class));
            if (row.reading().bound() != null) {
                ofClass.merge(row.reading().bound(), 1L, Long::sum);
            }
        }
        long most = counts.values().stream()
                .flatMap(m -> m.values().stream())
                .mapToLong(n -> n)
                .max()
                .orElse(1);
        StringBuilder out = new StringBuilder(
                "<div class=\"scroll\"><table class=\"map\"><caption>Cases by class and bound</caption><thead><tr><th></th>");
        for (Bound bound : Bound.values()) {
            out.append("<th scope=\"col\">").append(bound.id()).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        counts.forEach((label, bounds) -> {
            out.append("<tr><th scope=\"row\">")
                    .append(pill(label))
                    .append(' ')
                    .append(words(label.name()))
                    .append("</th>");
            for (Bound bound : Bound.values()) {
                out.append(heat(bounds.getOrDefault(bound, 0L), most));
            }
            out.append("</tr>\n");
        });
        return out.append("</tbody></table></div>\n").toString();
    }

    private static String heat(long count, long most) {
        if (count == 0) {
            return "<td class=\"zero\">0</td>";
        }
        return String.format(
                Locale.ROOT,
                "<td style=\"background:rgba(var(--heat),%.2f)\">%s</td>",
                0.08 + 0.34 * Math.sqrt(count / (double) most),
                Numbers.count(count));
    }

    /** The class as a letter on its colour, for a reader who sees no colours and for one who does. */
    static String pill(WorkloadClass label) {
        return "<span class=\"pill " + label.name() + "\" title=\"" + words(label.name()) + "\">"
                + switch (label) {
                    case UNDERSTANDING -> "U";
                    case GENERATIVE_DECODE -> "D";
                    case GENERATIVE_PARALLEL -> "P";
                    case MIXED -> "M";
                    case INDETERMINATE -> "N";
                }
                + "</span>";
    }

    private static String legend() {
        StringBuilder out = new StringBuilder("<p class=\"note\">Bars: ");
        for (Bound bound : Bound.values()) {
            out.append("<span class=\"swatch ")
                    .append(bound.id())
                    .append("\"></span>")
                    .append(bound.id())
                    .append(" &ensp; ");
        }
        return out.append("</p>\n").toString();
    }

    /** The catalogue against the classifier: neither proves the other right, but where they part one should look. */
    private static String check(List<CaseRow> measured) {
        List<CaseLabel> both = measured.stream()
                .map(CaseRow::label)
                .filter(label -> label.stated() && label.fromShape() != null)
                .toList();
        if (both.isEmpty()) {
            return "";
        }
        long agree = both.stream()
                .filter(label -> label.fromShape() == label.workloadClass())
                .count();
        long abstained = both.stream()
                .filter(label -> label.fromShape() != label.workloadClass())
                .filter(label -> label.fromShape() == WorkloadClass.INDETERMINATE)
                .count();
        return "<p class=\"note\">Classes are those the workload catalogue states. Shown the same shapes and nothing else, the "
                + "classifier names the same class for " + Numbers.count(agree) + " of " + Numbers.count(both.size())
                + " cases, abstains on " + Numbers.count(abstained) + " and names another for "
                + Numbers.count(both.size() - agree - abstained) + ".</p>\n";
    }

    static String words(String constant) {
        return constant.equals("INDETERMINATE")
                ? "neither"
                : constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
