package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.results.ForkAim;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Until when forks are added to those planned. */
final class AimOptions {
    private static final double USUAL = 0.02;

    @Option(
            names = "--aim",
            paramLabel = "PERCENT",
            converter = PercentConverter.class,
            description = "Add forks to cases whose 95 %% interval is wider to a side than this, as in 2%%, until it is"
                    + " narrow enough, --most-forks are reached or --time-budget is spent.")
    private Double aim;

    @Option(
            names = "--most-forks",
            paramLabel = "N",
            description = "With an aim, never more JVMs a case (default: " + ForkAim.MOST_FORKS + ").")
    private Integer mostForks;

    /** Takes an aim said in another way; one said in both ways is refused. */
    void take(Double other) {
        if (other != null && aim != null) {
            throw UserError.refused("--aim: given twice, as --precision " + other * 100 + "% too");
        }
        aim = other == null ? aim : other;
    }

    /** The most forks asked for. */
    OptionalInt mostForks() {
        return mostForks == null ? OptionalInt.empty() : OptionalInt.of(mostForks);
    }

    /** In percent, 2 where nothing was given. */
    String percent() {
        return new ForkAim(ForkAim.Of.RATIO, aim == null ? USUAL : aim, ForkAim.MOST_FORKS).percent();
    }

    /**
     * A protocol with this aim; itself where none was given.
     *
     * @param counted whether the user asked for its number of forks, which is then not raised in silence
     */
    Protocol applyTo(Protocol protocol, boolean counted) {
        if (aim == null) {
            if (mostForks != null) {
                throw UserError.refused("--most-forks: applies to --aim; for a fixed number there is --forks");
            }
            return protocol;
        }
        if (protocol.mode().equals("ss")) {
            throw UserError.refused("--aim: the emulated driver counts and has no time, so nothing to narrow");
        }
        if (counted && protocol.forks() < ForkAim.LEAST_FORKS) {
            throw UserError.refused("--forks: at least " + ForkAim.LEAST_FORKS
                    + " where forks are added up to an aim, which 'ab' always has, got " + protocol.forks()
                    + ": the width of fewer says too little");
        }
        int most = mostForks == null ? Math.max(ForkAim.MOST_FORKS, protocol.forks()) : mostForks;
        return protocol.withAim(new ForkAim(ForkAim.Of.CASE, aim, most));
    }
}
