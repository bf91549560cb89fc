package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Bound;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The class of each model's work in each phase, and what limits it there: counts of measured cases. */
final class PhaseMap {
    /** What meets at one model and phase; a bound is missing where no ceiling is known. */
    private static final class Cell {
        private final Map<WorkloadClass, Long> classes = new EnumMap<>(WorkloadClass.class);
        private final Map<Bound, Long> bounds = new EnumMap<>(Bound.class);
        private long cases;

        void add(CaseRow row) {
            cases++;
            classes.merge(row.label().workloadClass(), 1L, Long::sum);
            if (row.reading().bound() != null) {
                bounds.merge(row.reading().bound(), 1L, Long::sum);
            }
        }

        private String html() {
            StringBuilder out = new StringBuilder("<td>");
            classes.keySet().forEach(label -> out.append(ClassMap.pill(label)));
            out.append(' ').append(Numbers.count(cases)).append("<span class=\"bar\" aria-hidden=\"true\">");
            bounds.forEach((bound, count) -> out.append(String.format(
                    Locale.ROOT, "<i class=\"%s\" style=\"width:%.1f%%\"></i>", bound.id(), 100.0 * count / cases)));
            return out.append("</span><span class=\"bounds\">")
                    .append(Html.text(words()))
                    .append("</span></td>")
                    .toString();
        }

        /** The bound alone where there is one; else each with its count. */
        private String words() {
            if (bounds.size() == 1 && bounds.containsValue(cases)) {
                return bounds.keySet().iterator().next().id();
            }
            StringBuilder words = new StringBuilder();
            bounds.forEach((bound, count) -> words.append(words.isEmpty() ? "" : ", ")
                    .append(Numbers.count(count))
                    .append(' ')
                    .append(bound.id()));
            long without = cases - bounds.values().stream().mapToLong(n -> n).sum();
            if (without > 0) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(Numbers.count(without))
                        .append(" not known");
            }
            return words.toString();
        }
    }

    private PhaseMap() {}

    /** Empty where no case says which model asked. */
    static String html(List<CaseRow> measured) {
        Map<String, Map<Phase, Cell>> cells = new TreeMap<>();
        long strangers = 0;
        for (CaseRow row : measured) {
            Provenance from = row.result().provenance();
            if (from == null || from.model() == null || from.phase() == null) {
                strangers++;
            } else {
                cells.computeIfAbsent(from.model(), model -> new EnumMap<>(Phase.class))
                        .computeIfAbsent(from.phase(), phase -> new Cell())
                        .add(row);
            }
        }
        return cells.isEmpty() ? "" : table(cells, strangers);
    }

    private static String table(Map<String, Map<Phase, Cell>> cells, long strangers) {
        List<Phase> phases = cells.values().stream()
                .map(Map::keySet)
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
        StringBuilder out = new StringBuilder("<div><h3>Class of each model in each phase, cases, and what limits them"
                + strangers(strangers)
                + "</h3>\n<div class=\"scroll\"><table class=\"map phases\"><thead><tr><th></th>");
        phases.forEach(phase -> out.append("<th scope=\"col\">")
                .append(ClassMap.words(phase.name()))
                .append("</th>"));
        out.append("</tr></thead><tbody>\n");
        cells.forEach((model, ofModel) -> {
            out.append("<tr><th scope=\"row\">").append(Html.text(model)).append("</th>");
            phases.forEach(phase ->
                    out.append(ofModel.containsKey(phase) ? ofModel.get(phase).html() : "<td class=\"zero\">–</td>"));
            out.append("</tr>\n");
        });
        return out.append("</tbody></table></div></div>\n").toString();
    }

    private static String strangers(long cases) {
        if (cases == 0) {
            return "";
        }
        return " (" + Numbers.count(cases) + (cases == 1 ? " case that names" : " cases that name")
                + " no model left out)";
    }
}
