package dev.ridgepoint.analysis.trace;

import dev.ridgepoint.analysis.trace.TracedWorkload.Covered;
import dev.ridgepoint.analysis.trace.TracedWorkload.Unknown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up kernels under problems, or under their own names. */
final class Ledger {
    /** No model has as many kernels; a file that does is none of a model. */
    private static final int MOST = 1_000_000;

    private static final class Sum {
        private double ns;
        private long launches;
    }

    private final Map<TracedProblem, Sum> covered = new LinkedHashMap<>();
    private final Map<String, Sum> unknown = new LinkedHashMap<>();
    private double total;

    /** @param problem what the kernel answered, or null */
    void add(String kernel, TracedProblem problem, double ns, long launches) throws IOException {
        if (!(ns >= 0) || Double.isInfinite(ns) || launches < 1) {
            throw new IOException("a kernel has no time of 0 or more, or no launch: " + ns + " ns, " + launches);
        }
        Sum sum = problem == null
                ? unknown.computeIfAbsent(kernel, name -> new Sum())
                : covered.computeIfAbsent(problem, one -> new Sum());
        if (unknown.size() + covered.size() > MOST) {
            throw new IOException("more than " + MOST + " different kernels");
        }
        sum.ns += ns;
        sum.launches += launches;
        total += ns;
    }

    TracedWorkload close(List<String> notes) {
        List<Covered> problems = new ArrayList<>();
        covered.forEach((problem, sum) -> problems.add(new Covered(problem, sum.ns, sum.launches)));
        problems.sort(Comparator.comparingDouble(Covered::ns).reversed());
        List<Unknown> kernels = new ArrayList<>();
        unknown.forEach((name, sum) -> kernels.add(new Unknown(name, sum.ns, sum.launches)));
        kernels.sort(Comparator.comparingDouble(Unknown::ns).reversed());
        return new TracedWorkload(total, problems, kernels, notes);
    }
}
