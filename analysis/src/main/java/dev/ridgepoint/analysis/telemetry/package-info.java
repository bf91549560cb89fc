/**
 * What a GPU said of itself while its forks ran. {@link dev.ridgepoint.analysis.telemetry.TelemetryFile} reads a fork's
 * samples, one an iteration, and {@link dev.ridgepoint.analysis.telemetry.CallEnergy} joins their energy with the calls made.
 */
package dev.ridgepoint.analysis.telemetry;
