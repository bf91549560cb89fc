package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.compare.CompareOptions;
import java.util.Set;
import picocli.CommandLine.Option;

/** What is worth calling of two sides whose forks take turns. */
final class InTurnOptions {
    @Option(
            names = "--margin",
            paramLabel = "PERCENT",
            description = "Least change worth calling, in percent (default: 3, or under confirm a calibration's).")
    private Double margin;

    /** What to call, block by block. */
    CompareOptions compare() {
        return new CompareOptions(margin == null ? CompareOptions.MARGIN : margin / 100, true, Set.of());
    }

    /** Whether a margin was asked for. */
    boolean ownMargin() {
        return margin != null;
    }

    /** The margin as words to ask with again: nothing where none was asked for. */
    String again() {
        return margin == null ? "" : " --margin " + margin;
    }
}
