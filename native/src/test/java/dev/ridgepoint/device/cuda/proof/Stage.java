package dev.ridgepoint.device.cuda.proof;

import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverGraph;
import dev.ridgepoint.device.cuda.driver.DriverLaunch;
import dev.ridgepoint.device.cuda.driver.DriverMemory;
import dev.ridgepoint.device.cuda.driver.DriverModule;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import dev.ridgepoint.device.cuda.driver.ParameterBlock;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where a kernel plays: a module, device memory, launches in one stream. Everything lives until it is closed. */
final class Stage implements AutoCloseable {
    private final DriverContext context;
    private final DriverStream stream;
    private final DriverModule module;
    private final Map<Long, DriverMemory> memory = new HashMap<>();
    private final Deque<Runnable> owned = new ArrayDeque<>();

    Stage(DriverContext context, Path ptx) {
        this.context = context;
        this.stream = own(context.createStream(), DriverStream::close);
        this.module = own(context.load(zeroEnded(ptx)), DriverModule::close);
    }

    private static byte[] zeroEnded(Path ptx) {
        try {
            byte[] text = Files.readAllBytes(ptx);
            return Arrays.copyOf(text, text.length + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T own(T resource, Consumer<T> close) {
        owned.push(() -> close.accept(resource));
        return resource;
    }

    /** Memory of that many bytes, as a parameter. */
    Argument allocate(long bytes) {
        DriverMemory allocated = own(context.allocate(bytes), DriverMemory::close);
        memory.put(allocated.address(), allocated);
        return Argument.int64(allocated.address());
    }

    private DriverMemory at(Argument address) {
        return memory.get(((Argument.Scalar) address).bits());
    }

    static ByteBuffer bytes(int count) {
        return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
    }

    Argument upload(ByteBuffer source) {
        Argument address = allocate(source.remaining());
        at(address).upload(0, source);
        return address;
    }

    Argument upload(float[] values) {
        ByteBuffer source = bytes(values.length * Float.BYTES);
        source.asFloatBuffer().put(values);
        return upload(source);
    }

    Argument upload(short[] values) {
        ByteBuffer source = bytes(values.length * Short.BYTES);
        source.asShortBuffer().put(values);
        return upload(source);
    }

    Argument upload(int[] values) {
        ByteBuffer source = bytes(values.length * Integer.BYTES);
        source.asIntBuffer().put(values);
        return upload(source);
    }

    ByteBuffer download(Argument address, int count) {
        stream.synchronize();
        ByteBuffer target = bytes(count);
        at(address).download(0, target);
        return target.rewind();
    }

    float[] floats(Argument address, int count) {
        float[] values = new float[count];
        download(address, count * Float.BYTES).asFloatBuffer().get(values);
        return values;
    }

    /** A kernel with its parameters. */
    DriverLaunch prepare(String kernel, Geometry geometry, Argument... arguments) {
        ParameterBlock parameters = ParameterBlock.pack(List.of(arguments), name -> {
            throw new IllegalArgumentException(name);
        });
        own(parameters, ParameterBlock::close);
        return own(module.function(kernel).prepare(geometry, parameters, stream), DriverLaunch::close);
    }

    void launch(String kernel, Geometry geometry, Argument... arguments) {
        prepare(kernel, geometry, arguments).launch();
    }

    /** Launches recorded as a graph, which is then started so many times. */
    void replay(int times, DriverLaunch... launches) {
        stream.beginCapture();
        for (DriverLaunch launch : launches) {
            launch.launch();
        }
        DriverGraph graph = own(stream.endCapture(), DriverGraph::close);
        for (int i = 0; i < times; i++) {
            graph.launch(stream);
        }
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().run();
        }
    }
}
