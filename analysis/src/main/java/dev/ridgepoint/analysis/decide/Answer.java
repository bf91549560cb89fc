package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.economics.Energy;
import java.util.Map;

/**
 * One answer to a question, every dimension beside the others.
 *
 * @param of label of the alternative
 * @param caseId case in its bundle
 * @param precision precision or format
 * @param kernel catalogue id
 * @param support {@code native} or {@code upconverted}
 * @param ns steady time of a call
 * @param ciLowNs lower bound of its interval, null under 2 forks
 * @param ciHighNs upper bound
 * @param gflops least work over steady time, 10^9/s
 * @param percentilesNs of iteration means, and no request latency; only those with enough effective samples
 * @param storing relative error of storing the operands, on normal data
 * @param arithmetic relative error of the arithmetic on the operands as stored
 * @param error both
 * @param energy what the counter said, or null
 * @param workPerMoney or null
 */
public record Answer(
        String of,
        String caseId,
        String precision,
        String kernel,
        String support,
        double ns,
        Double ciLowNs,
        Double ciHighNs,
        double gflops,
        Map<String, Double> percentilesNs,
        double storing,
        double arithmetic,
        double error,
        Energy energy,
        Derived workPerMoney) {}
