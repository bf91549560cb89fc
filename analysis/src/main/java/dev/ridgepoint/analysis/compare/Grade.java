package dev.ridgepoint.analysis.compare;

/** How far a side's figures can be audited. */
public enum Grade {
    /** A valid bundle of a clean commit, complete, every raw file there. */
    A,
    /** A valid bundle of which something is unknown or left over. */
    B,
    /** Of a dirty or unknown tree, or with raw files missing: no baseline. */
    C,
    /** A plain file, of JMH or nvbench: times, and nothing that could be checked. */
    D
}
