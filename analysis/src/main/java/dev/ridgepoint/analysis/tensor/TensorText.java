package dev.ridgepoint.analysis.tensor;

import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Studies for a terminal: what each tensor holds, what each format does to it, and all tensors side by side. */
public final class TensorText {
    private static final int WIDTH = 120;
    private static final int BAR = 40;

    private TensorText() {}

    /** The whole report, lines ending in a line feed. */
    public static String render(List<TensorStudy> studies) {
        StringBuilder out = new StringBuilder();
        for (TensorStudy study : studies) {
            facts(out, study);
            if (studies.size() == 1) {
                histogram(out, study.facts());
            }
            errors(out, study);
            out.append('\n');
        }
        if (studies.size() > 1) {
            sideBySide(out, studies);
        }
        out.append(
                "Errors are of storing alone, over elements finite before and after. What a model makes of them no table"
                        + " of errors says.\n");
        return out.toString();
    }

    private static void facts(StringBuilder out, TensorStudy study) {
        TensorFacts facts = study.facts();
        out.append(Names.oneLine(study.tensor().name()))
                .append(": ")
                .append(Numbers.count(study.tensor().rows()))
                .append(" x ")
                .append(Numbers.count(study.tensor().cols()))
                .append(", from ")
                .append(Numbers.rate(facts.low()))
                .append(" to ")
                .append(Numbers.rate(facts.high()))
                .append(", mean ")
                .append(Numbers.rate(facts.mean()))
                .append(", RMS ")
                .append(Numbers.rate(facts.rms()))
                .append("; ")
                .append(Numbers.count(facts.zeros()))
                .append(" zeros, ")
                .append(Numbers.count(facts.nan()))
                .append(" NaN, ")
                .append(Numbers.count(facts.infinite()))
                .append(" infinite\n");
    }

    private static void histogram(StringBuilder out, TensorFacts facts) {
        Map<Integer, Long> bins = facts.histogram();
        long most = bins.values().stream().mapToLong(count -> count).max().orElse(1);
        out.append("magnitudes from each power of two up:\n");
        bins.forEach((exponent, count) ->
                out.append(String.format(Locale.ROOT, "  2^%-4d %15s  ", exponent, Numbers.count(count))
                                .concat("#".repeat((int) Math.max(1, BAR * count / most)))
                        + "\n"));
    }

    private static void errors(StringBuilder out, TensorStudy study) {
        TextTable table = new TextTable(
                "format",
                ">bits",
                ">SQNR dB",
                ">relative",
                ">RMS",
                ">max abs",
                ">1 - cosine",
                ">saturated",
                ">to zero",
                ">lost");
        for (StorageError error : study.errors()) {
            table.row(List.of(
                    error.format().id(),
                    Numbers.rate(error.bits()),
                    decibels(error.sqnrDb()),
                    figure(error.relative()),
                    figure(error.rms()),
                    figure(error.maxAbs()),
                    figure(1 - error.cosine()),
                    share(error.saturated()),
                    share(error.underflowed()),
                    Numbers.count(error.lost())));
        }
        out.append(table.plain(WIDTH));
    }

    private static void sideBySide(StringBuilder out, List<TensorStudy> studies) {
        List<String> headings = new ArrayList<>(List.of("SQNR dB"));
        studies.forEach(study -> headings.add(">" + study.tensor().name().replaceFirst(", seed .*", "")));
        TextTable table = new TextTable(headings.toArray(new String[0]));
        for (int i = 0; i < studies.get(0).errors().size(); i++) {
            List<String> cells = new ArrayList<>();
            cells.add(studies.get(0).errors().get(i).format().id());
            for (TensorStudy study : studies) {
                cells.add(decibels(study.errors().get(i).sqnrDb()));
            }
            table.row(cells);
        }
        out.append(table.plain(WIDTH));
    }

    private static String decibels(double db) {
        if (Double.isNaN(db)) {
            return Numbers.NONE;
        }
        return db == Double.POSITIVE_INFINITY ? "exact" : String.format(Locale.ROOT, "%.2f", db);
    }

    private static String figure(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2e", value) : Numbers.NONE;
    }

    private static String share(double share) {
        return share == 0 ? "0" : Numbers.percent(share);
    }
}
