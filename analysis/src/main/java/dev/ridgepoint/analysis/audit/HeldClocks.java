package dev.ridgepoint.analysis.audit;

import dev.ridgepoint.analysis.telemetry.Sample;
import dev.ridgepoint.analysis.telemetry.TelemetryFile;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether a case that does not call itself throttled has telemetry that does. A case may claim less than its telemetry bears
 * out, and one without telemetry, as any of a CPU's, has nothing to be held against.
 */
final class HeldClocks {
    private HeldClocks() {}

    /** @return how many statements were held against telemetry: one, or none where the device told nothing */
    static int audit(Path bundle, CaseResult result, Consumer<Discrepancy> found) {
        boolean told = false;
        try {
            for (Timing.Fork fork : result.timing().forks()) {
                List<Sample> samples = TelemetryFile.read(bundle, result.id(), fork.fork());
                for (Sample sample : samples) {
                    told |= sample.tellsReasons();
                    if (!sample.warmup()
                            && sample.heldBack()
                            && !result.validity().throttled().equals("yes")) {
                        found.accept(new Discrepancy(
                                result.id(),
                                "validity.throttled",
                                result.validity().throttled(),
                                "yes: fork " + fork.fork() + " was held back in iteration " + sample.iteration()));
                        return 1;
                    }
                }
            }
        } catch (IOException unreadable) {
            found.accept(new Discrepancy(
                    result.id(), "validity.throttled", result.validity().throttled(), unreadable.getMessage()));
        }
        return told ? 1 : 0;
    }
}
