package dev.ridgepoint.results;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a case asks, free of who answers. Its canonical JSON is hashed into the case key, so that two kernels, two
 * bindings or two builds meet on one case.
 *
 * @param op {@code gemm}, {@code attention}, {@code quantize} or {@code dequantize}
 * @param shape extents in the vocabulary of {@code ShapeJson}
 * @param precision precision or quantised format
 * @param domain timing domain: {@code cpu-call}, {@code host-sync}, {@code batched}, {@code device-event},
 *     {@code graph-replay} or {@code cold-start}
 * @param cacheState {@code warm} (one set of buffers) or {@code cold} (rotated or flushed)
 * @param inputs what the operands were filled with
 */
public record Question(String op, JsonNode shape, String precision, String domain, String cacheState, Inputs inputs) {

    /**
     * How operands were filled.
     *
     * @param distribution {@code normal}: zero mean, unit variance, before quantisation
     * @param seed seed of the generator
     * @param sha256 digest of all input bytes as uploaded, or null where they were not generated
     */
    public record Inputs(String distribution, long seed, String sha256) {}
}
