package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.decide.Mix;
import dev.ridgepoint.analysis.decide.StaleRecord;
import dev.ridgepoint.analysis.economics.PriceList;
import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.benchmarks.doctor.ContextOfRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records of decisions, each held against this machine and the newest prices and mix. */
final class StaleRecords {
    private final List<StaleRecord> records = new ArrayList<>();

    /** @throws IOException in one line, where a file is no record or an input is not what it should be */
    static StaleRecords of(List<Path> files, Path prices, Path mix) throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        StaleRecord.Now now = new StaleRecord.Now(
                ContextOfRun.withoutDevice(BuildInfo.current(), true),
                prices == null ? null : PriceList.read(prices, today),
                mix == null ? null : Mix.read(mix),
                today);
        StaleRecords all = new StaleRecords();
        for (Path file : files) {
            all.records.add(StaleRecord.of(file, now));
        }
        return all;
    }

    boolean hold() {
        return records.stream().allMatch(StaleRecord::holds);
    }

    void text(PrintWriter out) {
        for (StaleRecord record : records) {
            out.println(Names.oneLine(record.file() + ", made " + record.made() + ": "
                    + (record.holds()
                            ? "nothing looked at has changed"
                            : "no longer holds, " + Numbers.count(record.fired().size())
                                    + (record.fired().size() == 1 ? " trigger" : " triggers") + " fired")
                    + "; " + Numbers.count(record.holding()) + " hold"));
            record.fired()
                    .forEach(one -> out.println(
                            Names.oneLine("  fired " + one.trigger() + ": then " + one.then() + ", now " + one.now())));
            record.unseen().forEach(one -> out.println(Names.oneLine("  not looked at: " + one)));
        }
    }

    void json(PrintWriter out) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (StaleRecord record : records) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("record", record.file().toString());
            answer.put("made", record.made());
            answer.put("holds", record.holds());
            answer.put("fired", record.fired());
            answer.put("holding", record.holding());
            answer.put("unseen", record.unseen());
            answers.add(answer);
        }
        JsonOut.print(out, Map.of("records", answers));
    }
}
