package dev.ridgepoint.kernels.workload.model;

/**
 * What is said of every model, whatever its architecture.
 *
 * @param name the catalogue's name
 * @param cls {@code encoder}, {@code decoder}, {@code encoder-decoder}, {@code diffusion-unet}, ...
 * @param source where its extents were published
 * @param verified whether they were read there or are remembered
 * @param note what trips people up, or null
 */
public record Card(String name, String cls, String source, Verified verified, String note) {
    /** How we know. */
    public enum Verified {
        /** Read from the source. */
        LOOKUP,
        /** Remembered; the source says where to check. */
        RECALL
    }
}
