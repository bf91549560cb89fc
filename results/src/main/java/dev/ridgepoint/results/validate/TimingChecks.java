package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.Protocol;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.Timing.Fork;
import dev.ridgepoint.results.Validity;
import java.util.Map;

/** What must hold between a time's parts, its protocol and what is said of its validity. */
final class TimingChecks {
    /** A tail needs that many effective samples beyond it. */
    static final double SAMPLES_BEYOND = 50;

    private static final int FORKS_TO_REPORT = 3;
    private static final int FORKS_TO_GATE = 5;
    private static final int UNSTEADY_SHARE = 5;

    private final Context context;
    private final Protocol protocol;
    private final boolean complete;

    /** Either may be null where it could not be read; what depends on it is then not checked. */
    TimingChecks(Context context, RunDocument run) {
        this.context = context;
        this.protocol = run == null ? null : run.protocol();
        this.complete = run != null && run.complete();
    }

    void check(CaseResult result, String file, String pointer, Findings findings) {
        Timing timing = result.timing();
        if (timing == null) {
            return;
        }
        String at = pointer + "/outcome/timing";
        if (context != null && context.device().emulated()) {
            findings.error(file, at, context.device().name() + " only plays a device and has no time");
        }
        interval(timing, file, at, findings);
        forks(timing, file, at, findings);
        percentiles(timing, file, at, findings);
        validity(result, file, pointer + "/validity", findings);
    }

    private static void interval(Timing timing, String file, String at, Findings findings) {
        if (timing.ciLowNs() != null
                && !(Close.atMost(timing.ciLowNs(), timing.steadyNs())
                        && Close.atMost(timing.steadyNs(), timing.ciHighNs()))) {
            findings.error(file, at + "/steadyNs", "lies outside its own confidence interval");
        }
    }

    private void forks(Timing timing, String file, String at, Findings findings) {
        double logs = 0;
        int last = -1;
        for (int i = 0; i < timing.forks().size(); i++) {
            Fork fork = timing.forks().get(i);
            String here = at + "/forks/" + i;
            if (fork.fork() <= last) {
                findings.error(file, here + "/fork", "forks must be listed once, in ascending order");
            }
            last = fork.fork();
            logs += Math.log(fork.steadyNs());
            if (fork.steadyFrom() >= fork.warmups() + fork.iterations()) {
                findings.error(file, here + "/steadyFrom", "lies beyond the last iteration");
            }
            if (!Close.atMost(timing.bestNs(), fork.steadyNs())) {
                findings.error(file, at + "/bestNs", "is slower than a fork's mean");
            }
            if (protocol != null
                    && (fork.warmups() != protocol.warmupIterations()
                            || fork.iterations() != protocol.measurementIterations())) {
                findings.error(file, here, "has other numbers of iterations than the protocol");
            }
        }
        if (!Close.enough(Math.exp(logs / timing.forks().size()), timing.steadyNs())) {
            findings.error(file, at + "/steadyNs", "is not the geometric mean of the forks");
        }
    }

    private static void percentiles(Timing timing, String file, String at, Findings findings) {
        for (Map.Entry<String, Double> percentile : timing.percentiles().entrySet()) {
            double q = Double.parseDouble(percentile.getKey().substring(1)) / 100;
            double beyond = timing.effectiveSamples() * Math.min(q, 1 - q);
            if (!Close.atMost(SAMPLES_BEYOND, beyond)) {
                findings.error(
                        file,
                        at + "/percentiles/" + percentile.getKey(),
                        "needs " + SAMPLES_BEYOND + " effective samples in its tail; there are " + beyond);
            }
        }
    }

    private void validity(CaseResult result, String file, String at, Findings findings) {
        Timing timing = result.timing();
        Validity validity = result.validity();
        int forks = timing.forks().size();
        boolean steady = UNSTEADY_SHARE * timing.unsteadyForks() <= forks;
        if (validity.steady() != steady) {
            findings.error(file, at + "/steady", "is not what the forks say");
        }
        if (forks >= FORKS_TO_GATE && !validity.enoughForks() || forks < FORKS_TO_REPORT && validity.enoughForks()) {
            findings.error(file, at + "/enoughForks", "is not what " + forks + " forks make it");
        }
        boolean flawed = !steady
                || validity.throttled().equals("yes")
                || !validity.enoughForks()
                || !validity.plausible()
                || complete && forks < protocol.forks();
        if (flawed && validity.reasons().isEmpty()) {
            findings.error(file, at + "/reasons", "something is wrong with the figure and no reason is given");
        }
        if (validity.plausible() && beyondDeclaredPeak(result)) {
            findings.error(file, at + "/plausible", "the rate is above the declared peak");
        }
    }

    private boolean beyondDeclaredPeak(CaseResult result) {
        if (context == null || context.peaks().declared() == null) {
            return false;
        }
        Context.Declared declared = context.peaks().declared();
        double ns = result.timing().steadyNs();
        Double peak =
                declared.gflops().get(String.valueOf(result.question().types().compute()));
        boolean tooManyOps = peak != null && result.work().flops() / ns > peak;
        // Out of a warm cache bytes may well come faster than memory delivers them.
        boolean tooManyBytes = declared.gigabytesPerSecond() != null
                && result.question().cacheState().equals("cold")
                && result.work().bytes() / ns > declared.gigabytesPerSecond();
        return tooManyOps || tooManyBytes;
    }
}
