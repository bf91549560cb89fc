package dev.ridgepoint.analysis.decide;

/** A case whose figure, if it has one, may not stand beside others: label of the alternative, its id and the reason. */
public record LeftOut(String of, String caseId, String reason) {}
