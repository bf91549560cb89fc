/** What a device or its host said of itself beside the times of a run: clocks, temperatures, what held clocks back. */
package dev.ridgepoint.analysis.telemetry;
