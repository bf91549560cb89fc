package dev.ridgepoint.analysis.compare;

import java.util.List;

/**
 * The negative control inside a comparison: identical cases that were measured all the same. One in twenty of them seems
 * to have changed by chance; many more say that the machine did.
 *
 * @param cases identical cases with enough forks on both sides
 * @param moved of them, those whose test gives p &lt;= 0.05
 */
public record Control(int cases, int moved) {
    static Control of(List<CaseVerdict> verdicts) {
        int cases = 0;
        int moved = 0;
        for (CaseVerdict verdict : verdicts) {
            if (verdict.verdict() == Verdict.IDENTICAL && verdict.figures() != null) {
                cases++;
                moved += verdict.figures().p() <= DetectableChange.ALPHA ? 1 : 0;
            }
        }
        return new Control(cases, moved);
    }
}
