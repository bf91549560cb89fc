/**
 * Which of several alternatives to take: what was measured of each, side by side on the questions they share, with money and
 * energy where they are known, and never one score. What it was made of goes into a record that says when it expires.
 * {@link dev.ridgepoint.analysis.decide.Decide} is the way in, {@link dev.ridgepoint.analysis.decide.StaleRecord} tells later
 * whether a record still holds.
 */
package dev.ridgepoint.analysis.decide;
