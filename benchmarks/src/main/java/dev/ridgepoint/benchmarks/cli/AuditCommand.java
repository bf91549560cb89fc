package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.analysis.audit.Audit;
import dev.ridgepoint.analysis.audit.Discrepancy;
import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.benchmarks.doctor.ContextOfRun;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code ridgepoint audit}: do the figures follow from the samples, and do they still describe this machine; with
 * {@code --stale} also of the records that {@code decide} wrote.
 */
@Command(
        name = "audit",
        description =
                "Derive every published figure again from the raw samples and print those that differ; with --stale,"
                        + " say which records of 'decide' no longer hold.")
final class AuditCommand implements Callable<Integer>, ReadsBundles {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "BUNDLE",
            description = "Folder of a run; with --stale, or records that 'decide --out' wrote.")
    private List<Path> inputs;

    @Option(
            names = "--page",
            paramLabel = "PAGE",
            description = "Also hold the table that 'report --into PAGE' wrote against the bundle.")
    private Path page;

    @Option(
            names = "--stale",
            description =
                    "Also say what of the run's context, or of a record, is no longer so here; exit 1 where something is.")
    private boolean stale;

    @Option(names = "--prices", paramLabel = "FILE", description = "The newest prices, for --stale of records.")
    private Path prices;

    @Option(names = "--mix", paramLabel = "FILE", description = "The newest workload mix, for --stale of records.")
    private Path mix;

    private Path bundle;

    /** Something of the context then and here; {@code here} is null where it is not visible. */
    private record Change(String pointer, String then, String here) {}

    @Override
    public Integer call() throws IOException {
        if (inputs.stream().anyMatch(Files::isRegularFile)) {
            return records();
        }
        if (inputs.size() > 1) {
            throw UserError.refused("bundles are audited one at a time, got " + inputs.size());
        }
        if (prices != null || mix != null) {
            throw UserError.refused("--prices and --mix are for records of 'decide'; a bundle has neither");
        }
        bundle = inputs.get(0);
        return bundle();
    }

    private int records() throws IOException {
        if (!stale || page != null) {
            throw UserError.refused("a record of 'decide' is looked at with --stale, and has no page");
        }
        StaleRecords records = StaleRecords.of(inputs, prices, mix);
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            records.json(out);
        } else {
            records.text(out);
        }
        out.flush();
        return (records.hold() ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    private int bundle() throws IOException {
        Audit audit = Audit.of(bundle, page);
        List<Change> changes = stale ? changes(BundleReader.open(bundle).context()) : List.of();
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            json(out, audit, changes);
        } else {
            text(out, audit, changes);
        }
        out.flush();
        return (audit.clean() && changes.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    private void text(PrintWriter out, Audit audit, List<Change> changes) {
        audit.discrepancies().forEach(out::println);
        long broken =
                audit.discrepancies().stream().filter(Discrepancy::ofBundle).count();
        long differ = audit.discrepancies().size() - broken;
        out.println(Numbers.count(audit.figures()) + " figures of " + Numbers.count(audit.cases())
                + (audit.cases() == 1 ? " measured case" : " measured cases") + " derived again from "
                + Numbers.count(audit.iterations()) + " iterations: "
                + (differ == 0 ? "none differs" : Numbers.count(differ) + (differ == 1 ? " differs" : " differ")) + "."
                + (broken == 0 ? "" : " The bundle is not as it was sealed, so that says little."));
        out.println(audit.before().sentence());
        if (stale) {
            changes.forEach(change -> out.println(
                    "no longer so " + change.pointer() + ": then " + change.then() + ", here " + change.here()));
            out.println(
                    (changes.isEmpty() ? "Nothing looked at has changed" : "The run no longer describes this machine")
                            + "; " + age(audit)
                            + " old. The device was not opened, nor was any price looked up.");
        }
        out.println(Audit.LIMIT);
    }

    private void json(PrintWriter out, Audit audit, List<Change> changes) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("bundle", bundle.toString());
        answer.put("runId", audit.run().runId());
        answer.put("previousRunId", audit.before().runId());
        answer.put("previousSeal", audit.before().seal());
        answer.put("clean", audit.clean());
        answer.put("cases", audit.cases());
        answer.put("figures", audit.figures());
        answer.put("iterations", audit.iterations());
        answer.put(
                "discrepancies",
                audit.discrepancies().stream().map(AuditCommand::fields).toList());
        if (stale) {
            answer.put("stale", changes);
        }
        answer.put("limit", Audit.LIMIT);
        JsonOut.print(out, answer);
    }

    private static Map<String, String> fields(Discrepancy one) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("where", one.where());
        fields.put("figure", one.figure());
        fields.put("published", one.published());
        fields.put("derived", one.derived());
        return fields;
    }

    private static List<Change> changes(Context then) {
        JsonNode context = Records.toJson(then);
        List<Change> changes = new ArrayList<>();
        ContextOfRun.withoutDevice(BuildInfo.current(), then.device().kind().equals("cpu"))
                .forEach((pointer, here) -> {
                    JsonNode was = context.at(pointer);
                    if (was.isTextual() && !was.asText().equals(here)) {
                        changes.add(new Change(pointer, Names.oneLine(was.asText()), Names.oneLine(here)));
                    }
                });
        return changes;
    }

    private static String age(Audit audit) {
        long days = Duration.between(Instant.parse(audit.run().started()), Instant.now())
                .toDays();
        return Numbers.count(days) + (days == 1 ? " day" : " days");
    }
}
