/**
 * The performance targets of the project, as data, and how a run stands to them. A target is a ratio of two figures of one run: a case's
 * bandwidth over what the run's probes reach, or a case's time or rate over another case's. Start at
 * {@link dev.ridgepoint.analysis.targets.TargetStudy}.
 */
package dev.ridgepoint.analysis.targets;
