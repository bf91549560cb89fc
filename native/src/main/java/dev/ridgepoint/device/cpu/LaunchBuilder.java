package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.OneDnn;
import dev.ridgepoint.device.cpu.onednn.Primitive;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts a launch together: its steps in order, and what must be given back with it. */
public final class LaunchBuilder implements AutoCloseable {
    private final CpuDevice device;
    private final Operands operands;
    private final List<Step> steps = new ArrayList<>();
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final Set<String> implementations = new LinkedHashSet<>();

    LaunchBuilder(CpuDevice device, Operands operands) {
        this.device = device;
        this.operands = operands;
    }

    public OneDnn oneDnn() {
        return device.oneDnn();
    }

    /** Threads the launch may use. */
    public int threads() {
        return device.threads();
    }

    /** Address of an operand, or 0 where the problem has none of that name. */
    public long address(String operand) {
        return operands.address(operand);
    }

    /** Memory of the launch's own, given back with it; contents undefined. */
    public long scratch(long bytes) {
        return own(CpuBuffer.allocate(bytes, closed -> {})).address();
    }

    /** Ties a resource's life to the launch's. */
    public <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    /**
     * Appends a step under the name of what really runs.
     *
     * @throws UnsupportedKernelException for a task of ours in a run of several threads, beside which its time would mean
     *     nothing
     */
    public void then(String implementation, Step step) {
        own(step);
        if (step instanceof NativeTask && threads() > 1) {
            throw new UnsupportedKernelException("our C++ kernels run on one thread, and this run gives oneDNN "
                    + threads() + ": no table should hold both; run it with --threads 1");
        }
        implementations.add(implementation);
        steps.add(step);
    }

    /** Appends a task of our own. */
    public void then(NativeTask task) {
        then(task.implementation(), task);
    }

    /** Appends a run of a primitive that {@link #own} holds. */
    public void then(Primitive primitive, Argument... arguments) {
        then(primitive.implementation(), primitive.bind(List.of(arguments)));
    }

    /** A builder of a part that is run, and closed, by one step of this launch. */
    public LaunchBuilder part() {
        return new LaunchBuilder(device, operands);
    }

    /** What really runs, in order of first appearance. */
    public String implementation() {
        return String.join(" + ", implementations);
    }

    /** Everything added so far as one step, which owns what this builder owns. */
    public Step asStep() {
        Step[] all = steps.toArray(Step[]::new);
        LaunchBuilder owner = this;
        return new Step() {
            @Override
            public void run() {
                for (Step step : all) {
                    step.run();
                }
            }

            @Override
            public void close() {
                owner.close();
            }
        };
    }

    PreparedLaunch build() {
        return new StepLaunch(steps.toArray(Step[]::new), operands.buffers(), implementation(), this::close);
    }

    /** Gives back everything owned, latest first. */
    @Override
    public void close() {
        while (!owned.isEmpty()) {
            Closing.close(owned.pop());
        }
    }
}
