/**
 * What a GPU said of itself while its forks ran: {@link dev.ridgepoint.analysis.telemetry.TelemetryFile} reads a fork's
 * samples, one an iteration.
 */
package dev.ridgepoint.analysis.telemetry;
