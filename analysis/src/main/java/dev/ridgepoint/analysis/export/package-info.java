/**
 * Runs in the formats of others, nothing lost on the way: only figures that may stand alone become figures, everything
 * else is listed with its reason or counted where the consumer's format has no room, and each export names run, protocol,
 * device, stack and status.
 *
 * <p>{@link dev.ridgepoint.analysis.export.Exporter#ALL} has the formats; each class says what its consumer reads and
 * where that is published.
 */
package dev.ridgepoint.analysis.export;
