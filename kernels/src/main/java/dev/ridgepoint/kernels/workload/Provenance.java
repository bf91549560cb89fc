package dev.ridgepoint.kernels.workload;

/**
 * Where a problem comes from: which layer of which model, in which phase. {@code null} where it does not apply.
 *
 * @param model catalogue name, or the name given in a shapes file
 * @param modelCls {@code encoder}, {@code decoder}, {@code encoder-decoder}, {@code diffusion-unet}, ...
 * @param role layer: {@code qkv o up down head self cross ...}
 * @param phase how its tokens arrive
 * @param family why the work is done
 * @param batch sequences
 * @param length tokens a sequence: prompt length, or cached keys in decode
 * @param source where the model's extents were published
 */
public record Provenance(
        String model,
        String modelCls,
        String role,
        Phase phase,
        TaskFamily family,
        Long batch,
        Long length,
        String source) {}
