package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which cases of a run came to the interval it aimed at, told from its bundle alone. */
final class AimSummary {
    /** A case that missed. */
    private record Missed(String id, double percent, int forks) {}

    private final ForkAim aim;
    private final List<Missed> missed = new ArrayList<>();
    private int met;

    private AimSummary(ForkAim aim) {
        this.aim = aim;
    }

    /** The summary of a bundle; null where its forks were counted beforehand, or the aim is not a case's own. */
    static AimSummary of(BundleReader bundle) throws IOException {
        ForkAim aim = ForkAim.in(bundle.run().protocol().id()).orElse(null);
        if (aim == null || aim.of() != ForkAim.Of.CASE) {
            return null;
        }
        AimSummary summary = new AimSummary(aim);
        bundle.cases(summary::add);
        return summary;
    }

    private void add(CaseResult result) {
        Timing timing = result.timing();
        if (timing == null) {
            return;
        }
        double width = ForkAim.halfWidth(timing);
        if (aim.metBy(width)) {
            met++;
        } else {
            missed.add(new Missed(result.id(), 100 * width, timing.forks().size()));
        }
    }

    /** A line, and one for each case that missed. */
    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "aim     ±%s %% in at most %d forks: %d of %d cases met it%s%n",
                aim.percent(),
                aim.mostForks(),
                met,
                met + missed.size(),
                missed.isEmpty() ? "" : "; these missed it:");
        for (Missed one : missed) {
            String width =
                    Double.isFinite(one.percent) ? String.format(Locale.ROOT, "±%.2f %%", one.percent) : "not known";
            out.println(
                    "          " + width + " after " + one.forks + (one.forks == 1 ? " fork  " : " forks  ") + one.id);
        }
    }

    /** The same for {@code --json}. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("percent", 100 * aim.halfWidth());
        json.put("mostForks", aim.mostForks());
        json.put("met", met);
        json.put("missed", missed.stream().map(AimSummary::json).toList());
        return json;
    }

    private static Map<String, Object> json(Missed one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", one.id);
        json.put("percent", Double.isFinite(one.percent) ? one.percent : null);
        json.put("forks", one.forks);
        return json;
    }
}
