package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import java.util.Optional;

/** Extents of a weight matrix: N output channels of K inputs. */
record Weight(long n, long k) {
    /** Extents are multiples of powers of two, which the usual hash of a record would pile up. */
    @Override
    public int hashCode() {
        long mixed = (n * 0x9E3779B97F4A7C15L ^ k) * 0xC2B2AE3D27D4EB4FL;
        return (int) (mixed ^ mixed >>> 32);
    }

    static LayerBook<Weight> book(KnownModels known) {
        return new LayerBook<>(known, new LayerBook.Reader<>() {
            @Override
            public Optional<Weight> extents(LayerOp op) {
                return op instanceof LayerOp.Gemm gemm
                        ? Optional.of(new Weight(gemm.shape().n(), gemm.shape().k()))
                        : Optional.empty();
            }

            @Override
            public long tokens(Pass pass, LayerOp op) {
                long rows = ((LayerOp.Gemm) op).shape().m();
                boolean divides = pass.isUniform() && rows % pass.streams() == 0;
                return divides ? rows / pass.streams() : 0;
            }
        });
    }

    /** Extents of a matrix that a weight transform rewrites. */
    static LayerBook<Weight> transformed(KnownModels known) {
        return new LayerBook<>(known, new LayerBook.Reader<>() {
            @Override
            public Optional<Weight> extents(LayerOp op) {
                boolean weight = op.role().startsWith("quant_w") || op.role().startsWith("dequant_w");
                return weight && op instanceof LayerOp.Requantise q
                        ? Optional.of(new Weight(q.rows(), q.cols()))
                        : Optional.empty();
            }

            @Override
            public long tokens(Pass pass, LayerOp op) {
                return 0;
            }
        });
    }
}
