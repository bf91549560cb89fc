package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.cuda.layer.LayerRow;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Kernels bound to one another's buffers, started one after the other, or recorded once and started as a graph. While somebody
 * records what this launches, the kernels become part of that graph: a graph cannot be started within another's recording.
 */
final class StepsLaunch implements PreparedLaunch {
    private final CudaDevice device;
    private final List<PreparedLaunch> steps;
    private final String implementation;
    private GraphLaunch graph;
    private boolean closed;

    private StepsLaunch(CudaDevice device, List<PreparedLaunch> steps, String implementation) {
        this.device = device;
        this.steps = steps;
        this.implementation = implementation;
    }

    /**
     * Binds every part of a layer.
     *
     * @param buffers the layer's
     * @param asGraph whether launches replay a recording
     */
    static StepsLaunch of(
            CudaDevice device, List<LayerRow.Part> parts, Map<String, DeviceBuffer> buffers, boolean asGraph) {
        List<PreparedLaunch> steps = new ArrayList<>();
        List<String> words = new ArrayList<>();
        try {
            for (LayerRow.Part part : parts) {
                steps.add(device.prepare(part.kernel(), part.problem(), named(part, buffers)));
                words.add(part.step().output() + " " + part.kernel().id());
            }
            String how = asGraph ? "a graph of " : "in order, ";
            StepsLaunch all = new StepsLaunch(device, steps, how + String.join(", ", words));
            if (asGraph) {
                all.graph = device.record(all::launchSteps);
            }
            return all;
        } catch (RuntimeException e) {
            steps.forEach(CudaDevice::close);
            throw e;
        }
    }

    /** A part's buffers by the names its kernel knows them by. */
    private static Map<String, DeviceBuffer> named(LayerRow.Part part, Map<String, DeviceBuffer> buffers) {
        Map<String, DeviceBuffer> named = new LinkedHashMap<>();
        for (OperandSpec spec : OperandSpecs.of(part.problem())) {
            named.put(spec.name(), buffers.get(part.step().buffers().get(spec.name())));
        }
        return named;
    }

    private void launchSteps() {
        steps.forEach(PreparedLaunch::launch);
    }

    @Override
    public void launch() {
        if (closed) {
            throw new DeviceException("the launch is closed");
        }
        if (graph == null || device.recording()) {
            launchSteps();
        } else {
            graph.launch();
        }
    }

    @Override
    public void synchronize() {
        device.stream().synchronize();
    }

    @Override
    public String implementation() {
        return implementation;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (graph != null) {
                CudaDevice.close(graph);
            }
            steps.forEach(CudaDevice::close);
        }
    }
}
