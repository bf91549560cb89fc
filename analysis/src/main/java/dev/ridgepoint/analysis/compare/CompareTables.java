package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import java.util.List;

/** The table of verdicts that the plain and the Markdown report share. */
final class CompareTables {
    private CompareTables() {}

    static TextTable of(List<CaseVerdict> cases) {
        TextTable table = new TextTable("case", "verdict", ">ratio", ">95 % CI", ">MDE", ">p", ">q");
        // On all cores: what could be detected takes its time to work out.
        cases.parallelStream().map(CompareTables::row).toList().forEach(table::row);
        return table;
    }

    private static List<String> row(CaseVerdict one) {
        Figures figures = one.figures();
        if (figures == null) {
            return List.of(
                    one.name(),
                    one.verdict().name(),
                    Numbers.NONE,
                    Numbers.NONE,
                    Numbers.NONE,
                    Numbers.NONE,
                    Numbers.NONE);
        }
        return List.of(
                one.name(),
                one.verdict().name(),
                Sentences.ratio(figures.ratio()),
                Sentences.ratio(figures.low()) + "–" + Sentences.ratio(figures.high()),
                Sentences.percent(figures.mde()),
                chance(figures.p()),
                one.q() == null ? Numbers.NONE : chance(one.q()));
    }

    private static String chance(double p) {
        return p < 1e-4 ? "<0.0001" : Numbers.significant(p, 2);
    }
}
