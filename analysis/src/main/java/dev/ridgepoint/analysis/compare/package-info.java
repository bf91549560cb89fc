/**
 * Is the candidate slower than the base? {@link dev.ridgepoint.analysis.compare.Compare} judges two bundles, or plain
 * JMH files: match cases, refuse what is not the same question, test log fork means, ask the cycles, correct for the
 * number of cases, and say what the data could have shown.
 */
package dev.ridgepoint.analysis.compare;
