/** The run that a device's later runs are judged against: {@link dev.ridgepoint.analysis.baseline.Baselines}. */
package dev.ridgepoint.analysis.baseline;
