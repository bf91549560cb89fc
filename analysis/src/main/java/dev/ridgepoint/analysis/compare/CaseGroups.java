package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.analysis.report.Html;
import dev.ridgepoint.analysis.report.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cases of a kind together: by operation and precision, and those of plain files, which know neither, by the class of
 * their benchmark.
 */
final class CaseGroups {
    private final Map<String, List<CaseVerdict>> groups = new TreeMap<>();
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    private CaseGroups(List<CaseVerdict> cases) {
        cases.forEach(one ->
                groups.computeIfAbsent(name(one), any -> new ArrayList<>()).add(one));
        names = List.copyOf(groups.keySet());
        names.forEach(name -> numbers.put(name, numbers.size()));
    }

    static CaseGroups of(List<CaseVerdict> cases) {
        return new CaseGroups(cases);
    }

    /** In the order of their numbers. */
    List<String> names() {
        return names;
    }

    int number(CaseVerdict one) {
        return numbers.get(name(one));
    }

    private static String name(CaseVerdict one) {
        if (one.params().containsKey("op")) {
            return one.params().get("op") + ", " + one.params().get("precision");
        }
        int method = one.benchmark().lastIndexOf('.');
        return method < 0 ? one.benchmark() : one.benchmark().substring(0, method);
    }

    /** The symbol of a verdict: the style sheet draws it, in a colour and in a shape. */
    static String mark(Verdict verdict) {
        return "<span class=\"mark " + verdict + "\" aria-hidden=\"true\"></span>";
    }

    /** How many of each group came to which verdict, and between which ratios they lie. */
    String table() {
        StringBuilder out = new StringBuilder(
                "<h3>By operation and precision, plain files by the class of their benchmark</h3>\n<div class=\"scroll\">"
                        + "<table><thead><tr><th scope=\"col\">group</th><th class=\"num\" scope=\"col\">cases</th>"
                        + "<th scope=\"col\">verdicts</th><th class=\"num\" scope=\"col\">median ratio</th>"
                        + "<th class=\"num\" scope=\"col\">least</th><th class=\"num\" scope=\"col\">most</th></tr></thead><tbody>\n");
        groups.forEach((name, cases) -> {
            double[] ratios = cases.stream()
                    .filter(one -> one.figures() != null)
                    .mapToDouble(one -> one.figures().ratio())
                    .sorted()
                    .toArray();
            out.append("<tr><th scope=\"row\">").append(Html.text(name)).append("</th>");
            number(out, Numbers.count(cases.size()));
            out.append("<td>").append(verdicts(cases)).append("</td>");
            number(out, ratios.length == 0 ? Numbers.NONE : Sentences.ratio(median(ratios)));
            number(out, ratios.length == 0 ? Numbers.NONE : Sentences.ratio(ratios[0]));
            number(out, ratios.length == 0 ? Numbers.NONE : Sentences.ratio(ratios[ratios.length - 1]));
            out.append("</tr>\n");
        });
        return out.append("</tbody></table></div>\n").toString();
    }

    private static String verdicts(List<CaseVerdict> cases) {
        StringBuilder out = new StringBuilder();
        for (Verdict verdict : Verdict.values()) {
            long count = cases.stream().filter(one -> one.verdict() == verdict).count();
            if (count > 0) {
                out.append("<span class=\"count\">")
                        .append(mark(verdict))
                        .append(Numbers.count(count))
                        .append(' ')
                        .append(verdict)
                        .append("</span> ");
            }
        }
        return out.toString();
    }

    private static void number(StringBuilder out, String text) {
        out.append("<td class=\"num\">").append(Html.text(text)).append("</td>");
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : Math.sqrt(sorted[middle - 1] * sorted[middle]);
    }
}
