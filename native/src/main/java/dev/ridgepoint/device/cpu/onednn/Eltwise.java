package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

/** Functions of an element that oneDNN applies to a result before it is stored. */
public enum Eltwise {
    /** x Phi(x) by the error function. */
    GELU_ERF(dnnl_eltwise_gelu_erf, 0),
    /** Its approximation by a tangent. */
    GELU_TANH(dnnl_eltwise_gelu_tanh, 0),
    /** x / (1 + exp(-x)). */
    SWISH(dnnl_eltwise_swish, 1);

    final int algorithm;
    final float alpha;

    Eltwise(int algorithm, float alpha) {
        this.algorithm = algorithm;
        this.alpha = alpha;
    }
}
