/**
 * What can this box show? {@link dev.ridgepoint.analysis.calibrate.Calibrate} takes forks of the same code, counts false
 * alarms and planted slowdowns found, and derives the margins a gate on this box should use.
 */
package dev.ridgepoint.analysis.calibrate;
