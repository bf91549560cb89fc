package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.tradeoff.TradeOff;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        String page = render(BundleReader.open(bundle), labeller);
        Path target = html.toAbsolutePath();
        Path unfinished = target.resolveSibling(target.getFileName() + ".tmp");
        try {
            Files.writeString(unfinished, page, StandardCharsets.UTF_8);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static String render(BundleReader bundle, Labeller labeller) throws IOException {
        RunReport report = RunReport.of(bundle, labeller);
        return render(report, SequencePlots.read(bundle, SequencePlots.choose(report.measured())));
    }

    static String render(RunReport report, List<SequencePlots.Sequence> sequences) throws IOException {
        List<CaseRow> measured = report.measured();
        List<TradeOff> tradeOffs =
                TradeOff.of(measured.stream().map(CaseRow::result).toList());
        List<TradeOff> drawn = mostOfEach(tradeOffs);

        HtmlPage page = new HtmlPage(
                "Ridgepoint: " + report.context().device().name() + ", "
                        + report.run().started(),
                HtmlPage.REPORT);
        page.header(SummarySection.header(report));
        page.section("summary", "Summary", SummarySection.html(report));
        page.section("results", "Results", PlotSections.results(report));
        page.section("roofline", "Roofline", PlotSections.roofline(report));
        page.section("tradeoff", "Precision trade-off", PlotSections.tradeOff(drawn, tradeOffs.size()));
        page.section("map", "Class and regime", ClassMap.html(measured));
        page.section("sequences", "Run sequences", PlotSections.sequences(sequences, measured.size()));
        if (report.soak() != null) {
            page.section("soak", "Soak", SoakSection.html(report.soak()));
        }
        page.section("environment", "Environment", EnvironmentSection.html(report));
        page.section("limits", "Assumptions and limits", PlotSections.list(Limits.of(report)));
        page.data(new ReportData(report).json(drawn, sequences));
        return page.render();
    }

    private static List<TradeOff> mostOfEach(List<TradeOff> tradeOffs) {
        Map<String, Integer> drawn = new HashMap<>();
        return tradeOffs.stream()
                .filter(group -> drawn.merge(group.op(), 1, Integer::sum) <= MOST_SHAPES)
                .toList();
    }
}
