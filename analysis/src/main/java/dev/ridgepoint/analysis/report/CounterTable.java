package dev.ridgepoint.analysis.report;

import dev.ridgepoint.results.Outcome;
import java.util.List;
import java.util.Map;

/** What the emulated driver counted of each case. There is no time in it and no rate: what is played has neither. */
final class CounterTable {
    private static final String PTX = "ptx.";
    private static final int SECTOR_BYTES = 32;

    private CounterTable() {}

    static TextTable of(List<CaseRow> simulated) {
        TextTable table = new TextTable(
                "case", "kernel", ">warp instr.", ">sectors", ">useful", ">wavefronts", ">barriers", ">error");
        simulated.forEach(row -> table.row(cells(row)));
        return table;
    }

    private static List<String> cells(CaseRow row) {
        Map<String, Long> counters = ((Outcome.Simulated) row.result().outcome()).counters();
        long sectors = count(counters, "globalLoads.sectors") + count(counters, "globalStores.sectors");
        long unique = count(counters, "globalLoads.uniqueSectors") + count(counters, "globalStores.uniqueSectors");
        long wavefronts = count(counters, "sharedLoads.wavefronts") + count(counters, "sharedStores.wavefronts");
        long ideal = count(counters, "sharedLoads.idealWavefronts") + count(counters, "sharedStores.idealWavefronts");
        return List.of(
                CaseTables.shortId(row),
                CaseTables.shortKernel(row),
                Numbers.count(count(counters, "warpInstructions")),
                Numbers.count(sectors),
                share(row.result().work().bytes(), (double) SECTOR_BYTES * unique),
                share(wavefronts, ideal),
                Numbers.count(count(counters, "barriers")),
                row.correctness() == null
                        ? Numbers.NONE
                        : Numbers.error(row.correctness().relFrobenius()));
    }

    private static long count(Map<String, Long> counters, String name) {
        return counters.getOrDefault(PTX + name, 0L);
    }

    private static String share(double part, double whole) {
        return whole == 0 ? Numbers.NONE : Numbers.significant(part / whole, 3);
    }
}
