package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.PriceList;
import dev.ridgepoint.analysis.serve.Arrivals;
import java.time.Instant;

/**
 * What a decision is made with besides its bundles; each may be null but the last two.
 *
 * @param prices what devices cost
 * @param arrivals the load to serve
 * @param mix the workload that weighs kernels
 * @param priceDays days after which a price expires
 * @param now when it is made
 */
public record DecideOptions(PriceList prices, Arrivals arrivals, Mix mix, int priceDays, Instant now) {
    public DecideOptions {
        if (priceDays < 1) {
            throw new IllegalArgumentException("price-days: expected 1 or more, got " + priceDays);
        }
    }
}
