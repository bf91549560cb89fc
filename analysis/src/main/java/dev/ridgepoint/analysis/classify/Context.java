package dev.ridgepoint.analysis.classify;

/**
 * Where a kernel runs, as far as the user says; null where not.
 *
 * @param model model name, of the catalogue or not
 * @param modelCls {@code encoder}, {@code decoder}, {@code encoder-decoder}, {@code diffusion-unet} ...
 * @param role layer: {@code qkv}, {@code up}, {@code head}, {@code self}, {@code cross} ...
 */
public record Context(String model, String modelCls, String role) {
    /** Nothing is known but the kernel. */
    public static final Context NONE = new Context(null, null, null);
}
