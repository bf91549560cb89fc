package dev.ridgepoint.analysis.baseline;

import dev.ridgepoint.results.json.Sha256;

/**
 * {@code baseline.json} in a device's folder: which run is its baseline.
 *
 * @param device name of the device
 * @param uuidSha256 which piece of it, null where nobody knows
 * @param runId the run
 * @param folder the folder beside this file that holds its bundle
 * @param resultSha256 digest of the bundle's {@code result.json}, which names those of all other files
 * @param gitSha commit it was built from
 * @param started when it ran, UTC
 */
public record Baseline(
        String device,
        String uuidSha256,
        String runId,
        String folder,
        String resultSha256,
        String gitSha,
        String started) {
    public Baseline {
        if (!Sha256.isHex(resultSha256)) {
            throw new IllegalArgumentException("resultSha256: expected 64 lower-case hexadecimal digits");
        }
        if (!folder.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException("folder: expected a plain name, got " + folder);
        }
    }
}
