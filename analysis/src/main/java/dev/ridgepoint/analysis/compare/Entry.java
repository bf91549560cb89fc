package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.Subject;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One case of one side, cut down to what judging needs: its forks are one number each, so that ten thousand cases fit
 * in memory.
 *
 * @param key digest of the question
 * @param problem the same without domain, cache state and inputs; asked where no case has the key
 * @param benchmark the case's name on its side
 * @param params what a reader tells cases of one benchmark apart by
 * @param asked timing domain, cache state and inputs; null in a plain file
 * @param protocol how times were taken, shared between the cases of a run
 * @param context what else decides a time, shared likewise
 * @param subject what answered; null in a plain file
 * @param outcome {@code measured} or how it ended instead
 * @param reason why it was not measured, else null
 * @param forks numbers of the forks, ascending
 * @param forkNs steady nanoseconds a call of each fork
 * @param health what is wrong with the figure
 * @param error relative Frobenius error against the oracle, NaN where unknown
 */
record Entry(
        String key,
        Supplier<String> problem,
        String benchmark,
        Map<String, String> params,
        Asked asked,
        JsonNode protocol,
        JsonNode context,
        Subject subject,
        String outcome,
        String reason,
        int[] forks,
        double[] forkNs,
        Health health,
        double error) {

    static final String MEASURED = "measured";

    /** The part of a question that two runs may differ in while they time the same problem. */
    record Asked(String domain, String cacheState, String distribution, long seed, String sha256) {}

    /**
     * Validity as the side's run judged it.
     *
     * @param unsteady forks that never became steady
     */
    record Health(long unsteady, boolean throttled, boolean plausible) {
        static final Health UNKNOWN = new Health(0, false, true);
    }

    boolean measured() {
        return outcome.equals(MEASURED);
    }

    /** The kind of case, which may have a margin of its own; of plain files the benchmark. */
    String family() {
        return asked == null ? benchmark : Margins.family(params.get("op"), asked.domain());
    }

    /** Logarithms of the forks' times. */
    double[] logs() {
        double[] logs = new double[forkNs.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(forkNs[i]);
        }
        return logs;
    }
}
