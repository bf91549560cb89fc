package dev.ridgepoint.benchmarks.tune;

import dev.ridgepoint.benchmarks.gate.BoundSet;
import dev.ridgepoint.benchmarks.gate.Expectation;
import dev.ridgepoint.benchmarks.gate.IncorrectException;
import dev.ridgepoint.benchmarks.gate.VerificationGate;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.tuning.Config;
import dev.ridgepoint.kernels.cuda.tuning.TuningRecord;
import dev.ridgepoint.kernels.cuda.tuning.TuningRecord.Choice;
import dev.ridgepoint.kernels.cuda.tuning.TuningRecord.Measured;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The configs of one kernel for one problem: each goes through the gate, and then all are timed in turn on the same buffers. */
public final class Trial {
    /** Every config has its turn at every place, and drift meets all alike. */
    static final int ROUNDS = 10;

    /** Other operands than a run has unless it is told. */
    private static final long SEED = 20_261_122;

    private final Device device;
    private final CudaRow row;
    private final Problem problem;
    private final List<Config> configs;

    /** @param configs the built-in rule's first */
    public Trial(Device device, CudaRow row, Problem problem, List<Config> configs) {
        this.device = device;
        this.row = row;
        this.problem = problem;
        this.configs = List.copyOf(configs);
    }

    /**
     * Verifies, times and chooses.
     *
     * @throws IncorrectException if any config is wrong
     */
    public Choice by(Stopwatch stopwatch) {
        Expectation asked = expectation(SEED);
        Expectation changed = expectation(SEED + 1);
        configs.forEach(config -> verify(config, asked, () -> changed));
        return choose(time(asked.operands(), stopwatch));
    }

    private Expectation expectation(long seed) {
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, seed);
        return new Expectation(operands, Verifier.of(problem, operands));
    }

    private void verify(Config config, Expectation asked, Supplier<Expectation> changed) {
        VerificationGate gate = new VerificationGate(asked, changed);
        try (BoundSet set = BoundSet.create(device, config.fixed(row, problem), problem, asked.operands())) {
            gate.untimed(set);
        } catch (IncorrectException wrong) {
            throw new IncorrectException(config.plan().config() + ": " + wrong.getMessage(), wrong.correctness());
        }
    }

    private List<Measured> time(OperandSet operands, Stopwatch stopwatch) {
        List<List<Double>> rounds = new ArrayList<>();
        List<PreparedLaunch> launches = new ArrayList<>();
        try (BoundSet set = BoundSet.create(device, configs.get(0).fixed(row, problem), problem, operands)) {
            try {
                for (Config config : configs) {
                    launches.add(set.launchOf(config.fixed(row, problem)));
                    rounds.add(new ArrayList<>());
                }
                for (int turn = 0; turn < ROUNDS * configs.size(); turn++) {
                    // One place further from round to round.
                    int at = (turn + turn / configs.size()) % configs.size();
                    rounds.get(at).add(stopwatch.medianNs(launches.get(at)));
                }
            } finally {
                launches.forEach(PreparedLaunch::close);
            }
        }
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            Config config = configs.get(i);
            measured.add(new Measured(config.units(), config.plan().config(), rounds.get(i)));
        }
        return measured;
    }

    /** The rule's config stays unless another is faster in all rounds but one: of many configs one is always luckiest. */
    private Choice choose(List<Measured> measured) {
        Measured rule = measured.get(0);
        Measured best = rule;
        for (Measured other : measured) {
            if (other.medianNs() < best.medianNs() && wins(other, rule) >= ROUNDS - 1) {
                best = other;
            }
        }
        String reason = best == rule
                ? "the built-in rule's: none is faster in " + (ROUNDS - 1) + " of " + ROUNDS + " rounds"
                : "faster than the built-in rule's in " + wins(best, rule) + " of " + ROUNDS + " rounds";
        return new Choice(row.id(), TuningRecord.imageOf(row), problem.id(), best.units(), reason, measured);
    }

    private static int wins(Measured one, Measured other) {
        int wins = 0;
        for (int round = 0; round < ROUNDS; round++) {
            wins += one.ns().get(round) < other.ns().get(round) ? 1 : 0;
        }
        return wins;
    }
}
