package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.calibrate.Calibrate;
import dev.ridgepoint.analysis.calibrate.Calibration;
import dev.ridgepoint.benchmarks.jmh.PlantedSlowdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs for a calibration: what lies here against itself, {@code OUT/same}, and against itself slowed on purpose,
 * {@code OUT/slowed}, both with forks in turn.
 */
final class CalibrationRuns {
    private final TurnOptions turns;
    private final PrintWriter err;
    private final Path folder;
    private final double planted;
    private final int forks;

    /**
     * @param planted the slowdown, as a ratio minus one
     * @param forks a side
     */
    CalibrationRuns(TurnOptions turns, PrintWriter err, Path folder, double planted, int forks) {
        this.turns = turns;
        this.err = err;
        this.folder = folder;
        this.planted = planted;
        this.forks = forks;
    }

    /**
     * Makes them, or what an earlier attempt in this folder has left of that, and calibrates.
     *
     * @param words what is measured
     * @param goOn what a user may do next where time ran out
     */
    Calibration measure(RunArguments words, String goOn) throws IOException {
        TakingTurns same = taken("same", "The same code against itself", AbSide.parse("this"), words, goOn);
        AbSide slowed = AbSide.parse("jvmArgs=-D" + PlantedSlowdown.PROPERTY + "=" + planted);
        TakingTurns other = taken("slowed", "The same code against itself, slowed on purpose", slowed, words, goOn);
        return Calibrate.of(List.of(same.bundleOfA(), same.bundleOfB(), other.bundleOfA()), planted, other.bundleOfB());
    }

    private TakingTurns taken(String name, String what, AbSide b, RunArguments words, String goOn) throws IOException {
        err.println(what + ":");
        TakingTurns taken =
                new TakingTurns(turns, err, folder.resolve(name), AbSide.parse("this"), b).forks(forks, forks);
        TakingTurns.Ended ended = taken.run(goOn, words, words, id -> true, "");
        if (!ended.whole()) {
            throw UserError.open("the time budget ended before every case had its forks; go on with " + goOn);
        }
        return taken;
    }
}
