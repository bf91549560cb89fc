package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.economics.Energy;
import dev.ridgepoint.analysis.economics.EnergyOfRun;
import dev.ridgepoint.analysis.tradeoff.TradeOff;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The report as one file that opens from disk with no network: text, data, scripts and the chart library are all in it,
 * and its own policy forbids it to load or run anything else.
 */
public final class HtmlReport {
    /** Shapes of one operation that the trade-off plot can carry before its lines hide each other. */
    static final int MOST_SHAPES = 12;

    private HtmlReport() {}

    /** Writes the report of a bundle; the file is complete or not there. */
    public static void write(Path bundle, Path html) throws IOException {
        write(bundle, html, Labeller.standard());
    }

    /** Writes the report of a bundle under another labeller. */
    public static void write(Path bundle, Path html, Labeller labeller) throws IOException {
        page(BundleReader.open(bundle), labeller).write(html);
    }

    private static HtmlPage page(BundleReader bundle, Labeller labeller) throws IOException {
        RunReport report = RunReport.of(bundle, labeller);
        List<TradeOff> tradeOffs = tradeOffs(report);
        Set<String> drawn = new HashSet<>();
        mostOfEach(tradeOffs).forEach(group -> group.points().forEach(point -> drawn.add(point.caseId())));
        return page(
                report,
                SequencePlots.read(bundle, SequencePlots.choose(report.measured())),
                joules(EnergyOfRun.of(bundle), drawn));
    }

    private static Map<String, Double> joules(EnergyOfRun energy, Set<String> cases) throws IOException {
        Map<String, Double> joules = new HashMap<>();
        for (String id : cases) {
            Energy one = energy.of(id);
            if (one != null) {
                joules.put(id, one.joulesPerCall());
            }
        }
        return joules;
    }

    private static List<TradeOff> tradeOffs(RunReport report) {
        return TradeOff.of(report.rows().stream().map(CaseRow::result).toList());
    }

    /** @param joules energy a call of the cases that have one, by id */
    static HtmlPage page(RunReport report, List<SequencePlots.Sequence> sequences, Map<String, Double> joules)
            throws IOException {
        List<CaseRow> measured = report.measured();
        List<TradeOff> tradeOffs = tradeOffs(report);
        List<TradeOff> drawn = mostOfEach(tradeOffs);

        HtmlPage page = new HtmlPage(
                "Ridgepoint: " + report.context().device().name() + ", "
                        + report.run().started(),
                HtmlPage.REPORT);
        page.header(SummarySection.header(report));
        page.section("summary", "Summary", SummarySection.html(report));
        page.section("results", "Results", PlotSections.results(report));
        if (!report.simulated().isEmpty()) {
            page.section("counters", "Counters", CounterTable.section(report.simulated()));
        }
        page.section("roofline", "Roofline", PlotSections.roofline(report));
        page.section("tradeoff", "Precision trade-off", TradeOffSection.html(drawn, tradeOffs.size(), joules));
        page.section("map", "Class and regime", ClassMap.html(measured));
        page.section(
                "sequences",
                "Run sequences",
                PlotSections.sequences(
                        sequences, measured.size(), report.context().device()));
        if (report.soak() != null) {
            page.section("soak", "Soak", SoakSection.html(report.soak()));
        }
        if (report.gpu() != null) {
            page.section("heat", "Clocks and heat", Html.list(SoakText.machine(report.gpu()), "Nothing is known."));
        }
        page.section("environment", "Environment", EnvironmentSection.html(report));
        page.section("limits", "Assumptions and limits", Html.list(Limits.of(report), "None are known."));
        page.data(new ReportData(report).json(drawn, joules, sequences));
        return page;
    }

    private static List<TradeOff> mostOfEach(List<TradeOff> tradeOffs) {
        Map<String, Integer> drawn = new HashMap<>();
        return tradeOffs.stream()
                .filter(group -> drawn.merge(group.op(), 1, Integer::sum) <= MOST_SHAPES)
                .toList();
    }
}
