package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Price;

/**
 * A run that stands for what could be chosen, and what it was taken on.
 *
 * @param label {@code A}, {@code B}, ...: what tables call it
 * @param name the folder's name
 * @param runId the run
 * @param sha256 the seal of its {@code result.json}
 * @param started when it was taken, UTC
 * @param device name of the device
 * @param kind {@code cpu}, {@code gpu} or {@code emulated}
 * @param caveat what its figures must not be read as; empty on a GPU
 * @param driver version of the driver, null on a CPU and where it was not recorded
 * @param protocol how times were taken
 * @param measured cases whose figures may stand
 * @param leftOut cases that were left out
 * @param price what an hour of the device costs, or null
 * @param energy whether energy is known, and if not, why
 */
public record Alternative(
        String label,
        String name,
        String runId,
        String sha256,
        String started,
        String device,
        String kind,
        String caveat,
        String driver,
        String protocol,
        int measured,
        int leftOut,
        Price price,
        String energy) {}
