package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;

/** How formats of one kind are launched. */
interface Launching {
    /** Threads of a block, where nothing asks for others. */
    int BLOCK = 256;
    /** Neighbours a thread takes at once. */
    int VECTOR = 8;
    /** The largest grid in y; rows beyond it are reached by striding. */
    int MOST_DOWN = 65_535;

    /** One line for tables. */
    String idea();

    /** The launches of a task. */
    LaunchPlan plan(Task task, Entries entries);

    /** What is to be done, on a device of so many SMs. */
    record Task(Direction direction, QuantFormat format, long rows, long cols, int units) {}

    /** The entry points for one plain type. */
    record Entries(String symbol, String type) {
        String main() {
            return symbol + type;
        }

        /** The entry point of a step before the main one. */
        String step(String name) {
            return symbol + "_" + name + type;
        }
    }

    /** As many blocks as there is work for, and no more than a grid has. */
    static int blocks(long wanted) {
        return (int) Math.max(1, Math.min(wanted, Integer.MAX_VALUE));
    }
}
