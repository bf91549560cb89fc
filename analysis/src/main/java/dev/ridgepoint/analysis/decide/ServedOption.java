package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.serve.Served.Latency;
import java.util.List;

/**
 * The load on one alternative.
 *
 * @param of label of the alternative
 * @param condition timing domain, cache state and inputs its kernels were measured in
 * @param label what the latencies are
 * @param model catalogue name
 * @param precision of weights and attention
 * @param latencies empty where they are withheld
 * @param tokensPerSecond tokens given out under this load, null where nothing was played
 * @param tokensPerMoney at this load, or null
 * @param withheld why there are no latencies, null where there are
 */
public record ServedOption(
        String of,
        String condition,
        String label,
        String model,
        String precision,
        List<Latency> latencies,
        Double tokensPerSecond,
        Derived tokensPerMoney,
        String withheld) {}
