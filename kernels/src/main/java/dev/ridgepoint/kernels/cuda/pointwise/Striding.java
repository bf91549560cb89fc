package dev.ridgepoint.kernels.cuda.pointwise;

import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;

/** Blocks that take pieces in turn: as many as there are pieces for, or as a device holds a few times over. */
record Striding(Geometry geometry, String reason) {
    /** Blocks an SM gets one after the other, so that none waits long for the last. */
    private static final long PER_UNIT = 32;

    /** @param pieces what one thread takes at once, in number */
    static Striding of(long pieces, int block, int units) {
        long all = Geometry.tiles(pieces, block);
        long blocks = Math.min(all, PER_UNIT * units);
        return new Striding(
                Geometry.of(Dim3.of((int) blocks), Dim3.of(block)),
                blocks + " blocks of " + block + (blocks == all ? ": each thread once" : ": threads take turns"));
    }
}
