package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cpu.lib.NativeLibrary;
import dev.ridgepoint.device.cpu.onednn.Execution;
import dev.ridgepoint.device.cpu.onednn.OneDnn;
import dev.ridgepoint.device.library.JavaCppSettings;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The CPU of this machine. oneDNN is loaded at the first kernel that needs it. */
public final class CpuDevice implements Device {
    private final DeviceTraits traits = CpuTraits.ofThisMachine();
    private final OpenMpThreads threads = OpenMpThreads.settle();
    private final List<CpuKernel> kernels = CpuKernels.all();
    private final Set<CpuBuffer> open = new HashSet<>();
    private OneDnn oneDnn;
    private boolean closed;

    private CpuDevice() {}

    static CpuDevice open() {
        JavaCppSettings.apply();
        return new CpuDevice();
    }

    @Override
    public String backend() {
        return "cpu";
    }

    @Override
    public DeviceTraits traits() {
        return traits;
    }

    @Override
    public Map<String, String> stack() {
        Map<String, String> stack = new LinkedHashMap<>();
        stack.put("oneDNN", oneDnn().version());
        stack.put("oneDNN instruction set", oneDnn().instructionSet());
        stack.put("threads", Integer.toString(threads.count()));
        stack.put("threads set by", threads.source());
        if (NativeLibrary.isBuilt()) {
            NativeLibrary library = NativeLibrary.load();
            stack.put("native library", library.buildId());
            stack.put("native library flags", library.flags());
            stack.put("native library instruction set", library.instructionSet());
            stack.put("native library threads", "1");
        } else {
            stack.put("native library", NativeLibrary.LEFT_OUT);
        }
        return stack;
    }

    @Override
    public List<CpuKernel> kernels() {
        return kernels;
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
        requireOpen();
        CpuBuffer buffer = CpuBuffer.allocate(bytes, open::remove);
        open.add(buffer);
        return buffer;
    }

    /** Buffers handed out and not yet closed. */
    public int openBuffers() {
        return open.size();
    }

    @Override
    public PreparedLaunch prepare(KernelRow kernel, Problem problem, Map<String, DeviceBuffer> buffers) {
        requireOpen();
        if (!(kernel instanceof CpuKernel ours)) {
            throw new UnsupportedKernelException(kernel.id() + " is no kernel of the CPU");
        }
        if (kernel.supports(problem, traits) instanceof Support.Unsupported no) {
            throw new UnsupportedKernelException(no.reason());
        }
        LaunchBuilder launch = new LaunchBuilder(this, new Operands(problem, buffers));
        try {
            ours.assemble(problem, launch);
            return launch.build();
        } catch (RuntimeException e) {
            launch.close();
            throw e;
        }
    }

    /** The oneDNN calls a launch consists of, for one who makes the very same ones from C++. */
    public List<Execution> oneDnnCalls(PreparedLaunch launch) {
        return ((StepLaunch) launch).steps().stream().map(Execution.class::cast).toList();
    }

    /** oneDNN under the kernels; loaded at the first call. */
    public OneDnn oneDnn() {
        requireOpen();
        if (oneDnn == null) {
            oneDnn = OneDnn.open();
        }
        return oneDnn;
    }

    int threads() {
        return threads.count();
    }

    private void requireOpen() {
        if (closed) {
            throw new DeviceException("the CPU device is closed");
        }
    }

    /** Closes the device; buffers still open are given back and then reported as a leak. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (oneDnn != null) {
            oneDnn.close();
        }
        List<CpuBuffer> leaked = List.copyOf(open);
        long bytes = leaked.stream().mapToLong(CpuBuffer::bytes).sum();
        leaked.forEach(CpuBuffer::close);
        if (!leaked.isEmpty()) {
            throw new DeviceException(leaked.size() + " buffers of " + bytes + " bytes were never closed");
        }
    }
}
