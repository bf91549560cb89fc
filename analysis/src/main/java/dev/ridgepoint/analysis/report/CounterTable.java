package dev.ridgepoint.analysis.report;

import dev.ridgepoint.results.Outcome;
import java.util.List;
import java.util.Map;

/** What the emulated driver counted of each case. There is no time in it and no rate: what is played has neither. */
final class CounterTable {
    private static final String PTX = "ptx.";
    /** Of runs before it was counted there is none. */
    private static final String TOUCHED = "named.uniqueBytes";

    private static final int SECTOR_BYTES = 32;
    /** Rows a page shows. */
    private static final int MOST = 200;

    private CounterTable() {}

    static TextTable of(List<CaseRow> simulated) {
        TextTable table = new TextTable(
                "case",
                "kernel",
                ">warp instr.",
                ">sectors",
                ">filled",
                ">useful",
                ">wavefronts",
                ">barriers",
                ">error");
        simulated.forEach(row -> table.row(cells(row)));
        return table;
    }

    /** The table for a page, with what it leaves out. */
    static String section(List<CaseRow> simulated) {
        List<CaseRow> shown = simulated.subList(0, Math.min(MOST, simulated.size()));
        return "<p class=\"note\">Counts of PTX instructions by the emulated driver: no times, and nothing was measured. Sectors are"
                + " of 32 bytes, loaded and stored; filled is the bytes that each block touches, over those of the distinct sectors they lie in; useful is the least bytes of the question over those of the distinct sectors"
                + " that each block touches; wavefronts are passes over the banks of shared memory, over the fewest that its"
                + " bytes need. "
                + (shown.size() == simulated.size()
                        ? (shown.size() == 1 ? "One case." : "All " + Numbers.count(shown.size()) + " cases.")
                        : Numbers.count(shown.size()) + " of " + Numbers.count(simulated.size())
                                + " cases; the others are in the table above, opened one by one.")
                + "</p>\n<div class=\"scroll\">" + of(shown).html() + "</div>\n";
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
                counters.containsKey(PTX + TOUCHED)
                        ? share(count(counters, TOUCHED), (double) SECTOR_BYTES * unique)
                        : Numbers.NONE,
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
