package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.lib.QuantisedAt;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.GemmShape;

/** Where each expert's weight lies: codes follow codes and scales follow scales. */
record ExpertWeights(QuantisedAt first, long codes, long scales, long zeros) {
    static ExpertWeights of(GemmShape shape, Precision precision, LaunchBuilder launch) {
        QuantisedAt first = GemmKernel.matrix(launch, "b");
        QuantFormat format = precision.weightFormat();
        if (format == null) {
            return new ExpertWeights(first, precision.weight().bits() / 8 * shape.n() * shape.k(), 0, 0);
        }
        return new ExpertWeights(
                first,
                format.codesLength(shape.n(), shape.k()),
                format.scalesLength(shape.n(), shape.k()),
                format.zerosLength(shape.n(), shape.k()));
    }

    QuantisedAt of(int expert) {
        return new QuantisedAt(
                first.codes() + expert * codes,
                first.scales() + expert * scales,
                first.zeros() + expert * zeros,
                first.tensorScale() + (long) expert * Float.BYTES);
    }
}
