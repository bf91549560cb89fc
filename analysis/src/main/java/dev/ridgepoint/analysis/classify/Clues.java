package dev.ridgepoint.analysis.classify;

/** A source of evidence: looks at one side of a descriptor and weighs what it sees. */
interface Clues {
    void weigh(Descriptor descriptor, Belief belief);
}
