package dev.ridgepoint.kernels.cuda;

/**
 * How many threads a launch has, and what they share.
 *
 * @param grid blocks
 * @param block threads of a block
 * @param sharedBytes dynamic shared memory of a block
 * @param cluster blocks of a cluster, {@link Dim3#ONE} for none
 * @param cooperative whether all blocks are resident at once, so that they may wait for one another
 */
public record Geometry(Dim3 grid, Dim3 block, int sharedBytes, Dim3 cluster, boolean cooperative) {
    private static final int LARGEST_BLOCK = 1024;

    /** How many tiles of a size cover an extent. */
    public static long tiles(long extent, long size) {
        return (extent + size - 1) / size;
    }

    /** Three extents, each at least one. */
    public record Dim3(int x, int y, int z) {
        public static final Dim3 ONE = new Dim3(1, 1, 1);

        public Dim3 {
            if (x < 1 || y < 1 || z < 1) {
                throw new IllegalArgumentException("extents: each is at least 1, got " + x + "x" + y + "x" + z);
            }
        }

        public static Dim3 of(int x) {
            return new Dim3(x, 1, 1);
        }

        public static Dim3 of(int x, int y) {
            return new Dim3(x, y, 1);
        }

        /** The number of elements. */
        public long count() {
            return (long) x * y * z;
        }

        @Override
        public String toString() {
            return x + "x" + y + "x" + z;
        }
    }

    public Geometry {
        if (block.count() > LARGEST_BLOCK) {
            throw new IllegalArgumentException("block: at most " + LARGEST_BLOCK + " threads, got " + block);
        }
        if (sharedBytes < 0) {
            throw new IllegalArgumentException("sharedBytes: expected at least 0, got " + sharedBytes);
        }
    }

    /** An ordinary launch. */
    public static Geometry of(Dim3 grid, Dim3 block) {
        return new Geometry(grid, block, 0, Dim3.ONE, false);
    }

    /** The same with so much dynamic shared memory. */
    public Geometry withShared(int bytes) {
        return new Geometry(grid, block, bytes, cluster, cooperative);
    }

    /** The same in clusters. */
    public Geometry inClusters(Dim3 blocks) {
        return new Geometry(grid, block, sharedBytes, blocks, cooperative);
    }

    /** The same with all blocks resident at once. */
    public Geometry asCooperative() {
        return new Geometry(grid, block, sharedBytes, cluster, true);
    }
}
