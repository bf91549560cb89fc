package dev.ridgepoint.benchmarks.fake;

import dev.ridgepoint.kernels.shape.GemmShape;
import java.nio.FloatBuffer;

/** The operands of one product on the fake device, and the honest way to compute it. */
public record FakeGemm(GemmShape shape, FakeBuffer a, FakeBuffer b, FakeBuffer c) {
    /** Every element, as it should be. */
    public void compute() {
        computeRows(shape.m());
    }

    /** The first rows only. */
    void computeRows(long rows) {
        FloatBuffer as = a.floats();
        FloatBuffer bs = b.floats();
        FloatBuffer cs = c.floats();
        int n = (int) shape.n();
        int k = (int) shape.k();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += (double) as.get(i * k + p) * bs.get(j * k + p);
                }
                cs.put(i * n + j, (float) sum);
            }
        }
    }
}
