package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import java.util.Optional;

/** Extents of a weight matrix: N output channels of K inputs. */
record Weight(long n, long k) {

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
