package dev.ridgepoint.analysis.report;

import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.results.Outcome;

/**
 * One case of a {@link SyntheticRun}.
 *
 * @param efficiency share of the roofline it reaches
 * @param spread standard deviation of log fork means; iterations have a third of it
 * @param outcome how it ended, null where it is measured
 */
record SyntheticCase(
        String id,
        Problem problem,
        String kernel,
        String cacheState,
        Provenance provenance,
        double efficiency,
        double spread,
        Course course,
        Outcome outcome) {

    /** How a fork's speed goes over its iterations. */
    enum Course {
        FLAT {
            @Override
            double factor(int iteration, int fork) {
                return iteration == 0 ? 1.06 : 1;
            }
        },
        SLOW_START {
            @Override
            double factor(int iteration, int fork) {
                return 1 + 0.9 * Math.exp(-iteration / 1.3);
            }
        },
        LATE {
            @Override
            double factor(int iteration, int fork) {
                return iteration < 6 + fork % 2 ? 1.22 : 1;
            }
        },
        DRIFTING {
            @Override
            double factor(int iteration, int fork) {
                return fork % 2 == 0 ? 1 + 0.002 * iteration * iteration : 1;
            }
        },
        THROTTLED {
            @Override
            double factor(int iteration, int fork) {
                return iteration < 5 ? 0.86 : 1;
            }
        };

        abstract double factor(int iteration, int fork);
    }

    boolean measured() {
        return outcome == null;
    }

    /** The same asked of a GPU. */
    SyntheticCase onGpu() {
        return new SyntheticCase(
                id.replace(":cpu-call:", ":host-sync:"),
                problem,
                kernel.replace("cpu_", "cuda_").replace("_onednn", ""),
                cacheState,
                provenance,
                efficiency,
                spread,
                course,
                outcome);
    }

    /** The same question answered by the vendor's kernel. */
    SyntheticCase byVendor(double share) {
        return new SyntheticCase(
                id.replace(":cpu-call:", ":vendor_any_cublas:cpu-call:"),
                problem,
                "gemm/vendor_any_cublas",
                cacheState,
                provenance,
                share,
                spread,
                Course.FLAT,
                null);
    }

    SyntheticCase with(Course other) {
        return new SyntheticCase(id, problem, kernel, cacheState, provenance, efficiency, spread, other, outcome);
    }

    SyntheticCase ending(Outcome other) {
        return new SyntheticCase(id, problem, kernel, cacheState, provenance, efficiency, spread, course, other);
    }

    SyntheticCase reaching(double share) {
        return new SyntheticCase(id, problem, kernel, cacheState, provenance, share, spread, course, outcome);
    }
}
