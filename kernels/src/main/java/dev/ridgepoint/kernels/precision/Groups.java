package dev.ridgepoint.kernels.precision;

/** Walks a row-major matrix group by group: which elements share a scale. */
record Groups(Granularity granularity, int rows, int cols) {
    /** A stretch of neighbours in one row and one group, as indices into the matrix. */
    interface Run {
        void accept(int group, int from, int to);
    }

    static Groups of(Granularity granularity, float[] values, int rows, int cols) {
        if (rows < 1 || cols < 1 || (long) rows * cols != values.length) {
            throw new IllegalArgumentException(
                    "rows, cols: " + rows + "x" + cols + " does not fit " + values.length + " values");
        }
        return new Groups(granularity, rows, cols);
    }

    int count() {
        return Math.toIntExact(granularity.count(rows, cols));
    }

    void forEachRun(int fromRow, int toRow, Run run) {
        int height = granularity.rows() == Granularity.ALL ? rows : granularity.rows();
        int width = granularity.cols() == Granularity.ALL ? cols : Math.min(cols, granularity.cols());
        int across = (cols + width - 1) / width;
        for (int row = fromRow; row < toRow; row++) {
            int group = row / height * across;
            int end = (row + 1) * cols;
            for (int from = row * cols; from < end; from += width) {
                run.accept(group++, from, Math.min(from + width, end));
            }
        }
    }

    float[] absMax(float[] values) {
        float[] absMax = new float[count()];
        forEachRun(0, rows, (group, from, to) -> absMax[group] = absMax(values, from, to, absMax[group]));
        return absMax;
    }

    /** The largest magnitude, passing over NaN; for non-negative floats the order of the bits is theirs. */
    static float absMax(float[] values, int from, int to, float start) {
        float max = start;
        for (int i = from; i < to; i++) {
            float magnitude = Math.abs(values[i]);
            max = magnitude > max ? magnitude : max;
        }
        return max;
    }
}
