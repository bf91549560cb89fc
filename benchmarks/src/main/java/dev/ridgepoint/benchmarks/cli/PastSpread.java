package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.stats.DetectableEffect;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How far apart the forks of the latest run on this device lay, which says more than any general figure. */
final class PastSpread {
    private PastSpread() {}

    /** What that run promises one of {@code forks} forks in {@code folder}; empty where none lies beside it. */
    static String sentence(Path folder, Context now, int forks) {
        BundleReader past = RunFolders.latestBeside(folder, run -> sameDevice(run.context(), now));
        if (past == null || forks < 2) {
            return "";
        }
        List<Double> spreads = spreads(past);
        if (spreads.isEmpty()) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "Going by the spread of the last run on this machine (%s, %s), this one detects changes of %.1f %%"
                        + " in its median case, %.1f %% in its worst",
                past.path().getFileName(),
                spreads.size() == 1 ? "1 case" : spreads.size() + " cases",
                percent(median(spreads), forks),
                percent(spreads.get(spreads.size() - 1), forks));
    }

    private static boolean sameDevice(Context then, Context now) {
        return then.device().uuidSha256() != null
                && then.device().uuidSha256().equals(now.device().uuidSha256());
    }

    /** Between-fork variation of each measured case, ascending. */
    private static List<Double> spreads(BundleReader past) {
        List<Double> spreads = new ArrayList<>();
        try {
            past.cases(result -> add(result, spreads));
        } catch (IOException unreadable) {
            return List.of(); // An old run that cannot be read is no reason not to start a new one.
        }
        spreads.sort(null);
        return spreads;
    }

    private static void add(CaseResult result, List<Double> spreads) {
        Timing timing = result.timing();
        if (timing != null && timing.betweenForkCv() != null) {
            spreads.add(timing.betweenForkCv());
        }
    }

    private static double median(List<Double> ascending) {
        int size = ascending.size();
        return (ascending.get((size - 1) / 2) + ascending.get(size / 2)) / 2;
    }

    private static double percent(double cv, int forks) {
        return 100 * DetectableEffect.of(forks, Math.sqrt(Math.log1p(cv * cv)));
    }
}
