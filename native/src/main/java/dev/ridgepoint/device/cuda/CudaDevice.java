package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.LaunchCounters;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.RaceReading;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import dev.ridgepoint.device.cuda.driver.FatalCudaException;
import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.device.cuda.jni.Emulator;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaKernel;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.cuda.adopt.AdoptedKernel;
import dev.ridgepoint.kernels.cuda.layer.LayerRow;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.oracle.ReferenceRows;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A GPU, or a driver that plays one, through either binding. One context, one stream, one thread at a time. */
public final class CudaDevice implements Device {
    private final Driver driver;
    private final DriverLibrary library;
    private final CudaIdentity identity;
    private final Map<String, String> stack;
    private final DeviceTraits traits;
    private final DriverContext context;
    private final DriverStream stream;
    private final VendorRow vendor;
    private final List<AdoptedKernel> adopted;
    private final List<KernelRow> kernels;
    private final CudaModules modules;
    private final Set<CudaBuffer> open = new HashSet<>();
    private CudaBuffer vendorWorkspace;
    private boolean recording;
    private boolean closed;

    /**
     * @param ours our kernels, in whatever configs
     * @param adopted kernels from outside, after ours
     */
    CudaDevice(
            DriverLibrary library,
            Driver driver,
            DriverDevice device,
            Map<String, String> stack,
            List<CudaRow> ours,
            List<AdoptedKernel> adopted) {
        this.library = library;
        this.driver = driver;
        this.identity = CudaIdentity.of(device, library.emulated());
        this.stack = Map.copyOf(stack);
        this.traits = CudaTraits.of(device);
        this.context = device.open();
        this.stream = createStream(context);
        this.modules = new CudaModules(context);
        this.vendor = library.emulated()
                ? VendorRow.missing("NVIDIA's libraries run on a GPU alone")
                : new VendorRow(driver::openVendorLibrary);
        this.adopted = List.copyOf(adopted);
        this.kernels = Stream.of(List.of(vendor), ours, LayerRow.all(), adopted)
                .<KernelRow>flatMap(List::stream)
                .toList();
    }

    private static DriverStream createStream(DriverContext context) {
        try {
            return context.createStream();
        } catch (RuntimeException e) {
            close(context);
            throw e;
        }
    }

    @Override
    public String backend() {
        return driver.binding();
    }

    @Override
    public String driver() {
        return library.kind();
    }

    @Override
    public Optional<LaunchCounters> counters() {
        return library.emulated()
                ? Optional.of(Emulator.open(library.path()).counters(this::settle))
                : Optional.empty();
    }

    @Override
    public Optional<String> watchHazards(RaceReading reading) {
        if (!library.emulated()) {
            return Optional.empty();
        }
        Emulator.open(library.path()).watchRaces(reading);
        return Optional.of("bounds, alignment, uninitialised reads, barriers, races, missing waits and fences");
    }

    @Override
    public String selector() {
        return Integer.toString(identity.index());
    }

    @Override
    public OptionalLong memoryBytes() {
        return OptionalLong.of(identity.memoryBytes());
    }

    @Override
    public Optional<String> uuid() {
        return Optional.of(identity.uuid());
    }

    @Override
    public Map<String, String> properties() {
        return identity.properties();
    }

    @Override
    public DeviceTraits traits() {
        return traits;
    }

    @Override
    public Map<String, String> stack() {
        return stack;
    }

    @Override
    public Map<String, String> artifacts() {
        Map<String, String> artifacts = new HashMap<>();
        CudaKernels.rows()
                .forEach(kernel -> KernelImage.fatbin(kernel)
                        .ifPresent(image -> artifacts.put(KernelImage.name(kernel.id()), AdoptedKernel.sha256(image))));
        adopted.forEach(kernel -> artifacts.putAll(kernel.digests()));
        return artifacts;
    }

    @Override
    public List<KernelRow> kernels() {
        return kernels;
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
        CudaBuffer buffer = scratch(bytes);
        open.add(buffer);
        return buffer;
    }

    /** Memory whose owner gives it back; it does not count as a leak. */
    CudaBuffer scratch(long bytes) {
        requireOpen();
        if (bytes < 1) {
            throw new DeviceException("bytes: a buffer has at least one byte, got " + bytes);
        }
        context.makeCurrent();
        return new CudaBuffer(this, bytes, context.allocate(bytes), open::remove);
    }

    /** Buffers handed out and not yet closed. */
    public int openBuffers() {
        return open.size();
    }

    @Override
    public PreparedLaunch prepare(KernelRow kernel, Problem problem, Map<String, DeviceBuffer> buffers) {
        if (kernel == vendor) {
            return vendorProduct(problem, buffers);
        }
        if (kernel.supports(problem, traits) instanceof Support.Unsupported no) {
            throw new UnsupportedKernelException(no.reason());
        }
        for (OperandSpec spec : OperandSpecs.of(problem)) {
            check(spec, buffers.get(spec.name()));
        }
        if (kernel instanceof LayerRow layer) {
            List<LayerRow.Part> parts = layer.parts((LayerProblem) problem, traits);
            return StepsLaunch.of(this, parts, buffers, driver.binding().equals("jni"));
        }
        if (!(kernel instanceof CudaRow row)) {
            throw new UnsupportedKernelException(kernel.id() + " is no kernel of CUDA");
        }
        return prepare(row, row.plan(problem, traits), buffers);
    }

    @Override
    public Optional<ReferenceRows> reference(Problem problem, String output, Map<String, DeviceBuffer> operands) {
        if (problem instanceof GemmProblem gemm && GemmReference.supports(gemm)) {
            return Optional.of(new GemmReference(this, gemm, operands));
        }
        return problem instanceof AttentionProblem attention && AttentionReference.supports(attention)
                ? Optional.of(new AttentionReference(this, attention, operands))
                : Optional.empty();
    }

    /**
     * NVIDIA's library of matrix products with its version.
     *
     * @throws DeviceException in one line, if none can be used here
     */
    public String vendorLibrary() {
        context.makeCurrent();
        return vendor.library().version();
    }

    private static void check(OperandSpec spec, DeviceBuffer buffer) {
        if (buffer == null) {
            throw new DeviceException(spec.name() + ": missing; the problem has this operand of " + spec.bytes()
                    + " bytes, " + spec.layout());
        }
        if (buffer.bytes() < spec.bytes()) {
            throw new DeviceException(
                    spec.name() + ": expected at least " + spec.bytes() + " bytes, got " + buffer.bytes());
        }
    }

    /** Binds any kernel, a probe too, by a plan that names the given buffers. */
    public PreparedLaunch prepare(CudaKernel kernel, LaunchPlan plan, Map<String, ? extends DeviceBuffer> buffers) {
        requireOpen();
        context.makeCurrent();
        return new LaunchAssembly(this, buffers).assemble(modules.of(kernel), plan);
    }

    /**
     * Binds a kernel of an image that the driver loads now, PTX text that ends in a zero for one; closing the launch
     * unloads it.
     *
     * @param id what errors call it
     */
    public PreparedLaunch prepare(
            String id, byte[] image, LaunchPlan plan, Map<String, ? extends DeviceBuffer> buffers) {
        requireOpen();
        context.makeCurrent();
        LaunchAssembly assembly = new LaunchAssembly(this, buffers);
        return assembly.assembleOwning(CudaModule.unchecked(context, id, image), plan);
    }

    /**
     * Loads a kernel's code now, so that a driver that refuses it says so before anything is launched.
     *
     * @throws DeviceException with the driver's words
     */
    public void load(CudaKernel kernel) {
        requireOpen();
        context.makeCurrent();
        modules.of(kernel);
    }

    /**
     * NVIDIA's own product of these operands, to hold ours against.
     *
     * @throws UnsupportedKernelException if no library of it can be used here, or it has no algorithm for the problem
     */
    public PreparedLaunch vendorProduct(Problem problem, Map<String, DeviceBuffer> buffers) {
        if (vendor.supports(problem, traits) instanceof Support.Unsupported no) {
            throw new UnsupportedKernelException(no.reason());
        }
        return vendorProduct(vendor::library, (GemmProblem) problem, buffers);
    }

    /** The same by a library of the caller's choice. */
    PreparedLaunch vendorProduct(
            Supplier<? extends VendorLibrary> library, GemmProblem problem, Map<String, DeviceBuffer> buffers) {
        requireOpen();
        for (OperandSpec spec : OperandSpecs.of(problem)) {
            check(spec, buffers.get(spec.name()));
        }
        context.makeCurrent();
        return VendorProduct.of(this, library.get(), problem, buffers);
    }

    /** Scratch of so many bytes that NVIDIA's products share until the device is closed: they run in order. */
    CudaBuffer vendorWorkspace(long bytes) {
        if (vendorWorkspace == null) {
            vendorWorkspace = scratch(bytes);
        }
        return vendorWorkspace;
    }

    /** Records what the work launches on this device, to be started as one. */
    public GraphLaunch record(Runnable work) {
        requireOpen();
        context.makeCurrent();
        if (recording) {
            throw new DeviceException("a recording is under way, and recordings do not nest");
        }
        recording = true;
        try {
            return GraphLaunch.record(stream, work);
        } finally {
            recording = false;
        }
    }

    /** Whether launches are being recorded rather than run. */
    boolean recording() {
        return recording;
    }

    /** A ring of so many pairs of events. */
    public EventTimer timer(int capacity) {
        requireOpen();
        context.makeCurrent();
        return new EventTimer(context, stream, capacity);
    }

    /** A way to push everything out of the last-level cache. */
    public L2Flush l2Flush() {
        return new L2Flush(this);
    }

    /** Occupies the stream for so many of the device's cycles: what is queued meanwhile runs back to back. */
    public PreparedLaunch occupation(long cycles) {
        KernelLaunch launch = new KernelLaunch(
                CudaProbe.WAIT.symbol(), Geometry.of(Dim3.ONE, Dim3.ONE), List.of(Argument.int64(cycles)));
        return prepare(CudaProbe.WAIT, LaunchPlan.of("one thread", launch), Map.of());
    }

    /** What the device says of itself while it works; empty where nobody tells. */
    public Optional<GpuTelemetry> telemetry() {
        return identity.telemetry();
    }

    DriverStream stream() {
        return stream;
    }

    /** Waits for everything launched, so that copies and launches do not overtake one another. */
    void settle() {
        context.makeCurrent();
        stream.synchronize();
    }

    private void requireOpen() {
        if (closed) {
            throw new DeviceException("the CUDA device is closed");
        }
    }

    /** Closes the device; buffers still open are given back and then reported as a leak, a kernel's failure first. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        FatalCudaException failure = failureOfLaunches();
        List<CudaBuffer> leaked = List.copyOf(open);
        long bytes = leaked.stream().mapToLong(CudaBuffer::bytes).sum();
        leaked.forEach(CudaDevice::close);
        modules.close();
        if (vendorWorkspace != null) {
            close(vendorWorkspace);
        }
        close(stream);
        close(context);
        if (failure != null) {
            throw failure;
        }
        if (!leaked.isEmpty()) {
            throw new DeviceException(leaked.size() + " buffers of " + bytes + " bytes were never closed");
        }
    }

    private FatalCudaException failureOfLaunches() {
        try {
            settle();
            return null;
        } catch (FatalCudaException e) {
            return e;
        }
    }

    /** Closes a resource; in a dead context nothing can be given back, and what killed it was said before. */
    static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (FatalCudaException dead) {
            // Said before, by the call that met it first.
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("our resources throw nothing checked", e);
        }
    }
}
