/**
 * What the bits of an operand mean, bit for bit, and how far an output may be off.
 *
 * <ul>
 *   <li>{@link dev.ridgepoint.kernels.precision.DType} names element types, {@link
 *       dev.ridgepoint.kernels.precision.FloatCodec} converts them.
 *   <li>{@link dev.ridgepoint.kernels.precision.QuantFormat} says how large a quantised matrix is, {@link
 *       dev.ridgepoint.kernels.precision.QuantCodecs} has the codec that says what is in it.
 *   <li>{@link dev.ridgepoint.kernels.precision.Precision} puts types and formats together for a kernel, {@link
 *       dev.ridgepoint.kernels.precision.Tolerance} judges its output.
 * </ul>
 *
 * <p>Published quantisers of one format differ, and the differences show at ties alone: a division where another
 * multiplies by a reciprocal, halves to even or away from zero. Each format is pinned to one of them:
 *
 * <table>
 * <caption>How an element meets its scale</caption>
 * <tr><th>format</th><th>element</th><th>ties</th><th>after</th></tr>
 * <tr><td>int8 tensor</td><td>x / scale</td><td>even</td><td>vLLM, static</td></tr>
 * <tr><td>int8 token, channel, g128</td><td>x * (127 / absMax)</td><td>even</td><td>vLLM, dynamic</td></tr>
 * <tr><td>fp8 tensor</td><td>x * (1 / scale)</td><td>even</td><td>vLLM</td></tr>
 * <tr><td>fp8 token</td><td>x / scale</td><td>even</td><td>vLLM</td></tr>
 * <tr><td>fp8 1x128</td><td>x / scale</td><td>even</td><td>vLLM</td></tr>
 * <tr><td>fp8 128x128</td><td>x * (1 / scale)</td><td>even</td><td>DeepGEMM</td></tr>
 * <tr><td>int4 g128</td><td>x / fp16 scale</td><td>even</td><td>AWQ, GPTQ</td></tr>
 * <tr><td>int8 g128 with zero points</td><td>x / fp16 scale</td><td>even</td><td>GPTQ</td></tr>
 * <tr><td>int4 g128 symmetric</td><td>x / fp16 scale</td><td>even</td><td>GPTQ's sym=True</td></tr>
 * <tr><td>q4_0</td><td>trunc(x * (1 / d) + 8.5)</td><td>up</td><td>ggml, not contracted</td></tr>
 * <tr><td>q8_0</td><td>x * (1 / d)</td><td>away from zero</td><td>ggml</td></tr>
 * <tr><td>mxfp8, mxfp4</td><td>x * 2^-e, exact</td><td>even</td><td>OCP MX 1.0, three rules for e</td></tr>
 * <tr><td>nvfp4</td><td>x * (1 / (block * tensor))</td><td>even</td><td>TransformerEngine</td></tr>
 * </table>
 */
package dev.ridgepoint.kernels.precision;
