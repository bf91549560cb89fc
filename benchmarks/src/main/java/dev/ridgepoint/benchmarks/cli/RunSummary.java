package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.report.HtmlReport;
import dev.ridgepoint.analysis.report.TextReport;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** What a run prints at its end: its table and where everything lies; non-zero where a case is wrong or failed. */
final class RunSummary {
    private RunSummary() {}

    static int print(Path folder, CommandLine command, boolean json) throws IOException {
        PrintWriter out = command.getOut();
        BundleReader bundle = BundleReader.open(folder);
        Path report = folder.resolve("report.html");
        HtmlReport.write(folder, report);
        Map<String, Integer> counts = new TreeMap<>();
        for (CaseResult result : bundle.allCases()) {
            counts.merge(result.outcome().kind(), 1, Integer::sum);
        }
        AimSummary aim = AimSummary.of(bundle);
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("bundle", folder.toString());
            answer.put("report", report.toString());
            answer.put("runId", bundle.run().runId());
            answer.put("status", bundle.run().status());
            answer.put("counts", counts);
            if (aim != null) {
                answer.put("aim", aim.json());
            }
            JsonOut.print(out, answer);
        } else {
            out.print(TextReport.render(folder));
            if (aim != null) {
                aim.print(out);
            }
            out.println("bundle  " + folder);
            out.println("report  " + report);
            if (!bundle.run().complete() && bundle.run().mergedFrom().isEmpty()) {
                out.println("resume  ridgepoint run --resume " + folder);
            }
        }
        out.flush();
        boolean bad = List.of("incorrect", "failed").stream().anyMatch(counts::containsKey);
        return (bad ? ExitCode.CHECK_FAILED : ExitCode.OK).status();
    }
}
