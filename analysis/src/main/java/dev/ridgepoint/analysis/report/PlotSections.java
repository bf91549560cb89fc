package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.steady.SteadyState;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import dev.ridgepoint.results.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The places that scripts fill, each with the words that make it readable and what it leaves out. */
final class PlotSections {
    private PlotSections() {}

    static String results(RunReport report) {
        StringBuilder out = new StringBuilder();
        boolean vendor = !new VendorSpeedup(report.rows()).isEmpty();
        String caveat = Caveat.of(report.context().device());
        String heading = caveat.isEmpty() ? "" : caveat + ". ";
        out.append("<p class=\"note\">")
                .append(heading)
                .append(report.simulated().isEmpty() ? "" : "Simulated cases have counters and never a time. ")
                .append("""
                Times are steady, with the half-width of their interval; rates are of the least work. Open a case for its
                forks, errors, implementation and a line to cite. Flags: U unsteady, T throttled, F too few forks, P
                implausible, X other reasons; a flagged figure is no headline.""")
                .append(
                        vendor
                                ? " Vs vendor: the steady time of the vendor's kernel over ours, above 1 where ours is"
                                        + " faster; only where both may be headlines."
                                : "")
                .append("""
                </p>
                <div id="controls" role="search">
                <input id="find" type="search" placeholder="Find: model, kernel, bound, reason" aria-label="Find cases">
                <label>outcome <select id="outcome"><option value="">all</option>""");
        report.counts().forEach((kind, count) -> {
            if (count > 0) {
                out.append("<option>").append(kind).append("</option>");
            }
        });
        out.append("<option value=\"flagged\">flagged</option></select></label>\n<label>class <select id=\"class\">")
                .append("<option value=\"\">all</option>");
        for (WorkloadClass label : WorkloadClass.values()) {
            out.append("<option value=\"")
                    .append(label.name())
                    .append("\">")
                    .append(ClassMap.words(label.name()))
                    .append("</option>");
        }
        return out.append("""
                </select></label>
                <label>rows <select id="size"><option>25</option><option>100</option><option>500</option><option value="0">all</option>
                </select></label></div>
                <div class="scroll"><table id="cases"><thead></thead><tbody></tbody></table></div>
                <p id="pager"><button id="previous" type="button">Previous</button>
                <button id="next" type="button">Next</button> <span id="shown" class="note" aria-live="polite"></span></p>
                <noscript><p>The table and the plots need JavaScript, which this page brings along.</p></noscript>
                """).toString();
    }

    static String roofline(RunReport report) {
        if (report.measured().isEmpty()) {
            return "<p>No case was measured.</p>";
        }
        String ceilings = report.rooflines().values().stream()
                        .noneMatch(r -> r.measured().complete() || r.declared().complete())
                ? " No ceilings are known for this device."
                : " Solid lines are measured ceilings, dashed ones declared.";
        return "<p class=\"note\">Each point is a measured case; a hollow one is no headline. Select classes in the legend."
                + ceilings + " A point may lie above a slanted ceiling only if its buffers stayed in the cache.</p>\n"
                + figure(
                        "roofline-chart",
                        "Achieved rate over arithmetic intensity of "
                                + Numbers.count(report.measured().size()) + " cases under the ceilings of this device");
    }

    static String sequences(List<SequencePlots.Sequence> sequences, int measured, Context.Device device) {
        if (sequences.isEmpty()) {
            return "<p>No iterations are recorded.</p>";
        }
        StringBuilder out =
                new StringBuilder("<p class=\"note\">Iterations of each fork in order, as a share of the case's "
                        + "headline; forks laid over one another, warm-up shaded, change points dashed, forks that never became steady "
                        + "in orange. Points above the frame are drawn at its edge. "
                        + Html.text(SequencePlots.note(sequences.size(), measured) + " "
                                + TelemetryStrip.sentence(sequences, device))
                        + "</p>\n<div class=\"multiples\">\n");
        for (int i = 0; i < sequences.size(); i++) {
            SequencePlots.Sequence sequence = sequences.get(i);
            String course = course(sequence);
            out.append("<figure><figcaption>")
                    .append(Html.text(CaseTables.shortId(sequence.row())))
                    .append(" <span class=\"soft\">")
                    .append(Html.text(CaseTables.domain(sequence.row()) + ": "
                            + sequence.row().time() + ", " + course))
                    .append("</span></figcaption>")
                    .append(chart(
                            sequence.telemetry().isEmpty() ? "chart" : "chart told",
                            "sequence-" + i,
                            "Iteration times of " + sequence.row().id() + ": " + course))
                    .append("</figure>\n");
        }
        return out.append("</div>\n").toString();
    }

    private static String course(SequencePlots.Sequence sequence) {
        TreeSet<SteadyState.Course> seen = new TreeSet<>();
        sequence.forks()
                .keySet()
                .forEach(fork -> seen.add(sequence.verdict(fork).course()));
        List<String> words = new ArrayList<>();
        seen.forEach(course -> words.add(course.words()));
        return String.join(" or ", words);
    }

    static String figure(String id, String label) {
        return "<figure>" + chart("chart", id, label) + "</figure>\n";
    }

    private static String chart(String cssClass, String id, String label) {
        return "<div class=\"" + cssClass + "\" id=\"" + id + "\" role=\"img\" aria-label=\"" + Html.text(label)
                + "\"></div>";
    }
}
