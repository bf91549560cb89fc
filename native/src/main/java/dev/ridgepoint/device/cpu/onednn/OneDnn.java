package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.ridgepoint.device.DeviceException;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.dnnl_version_t;

/** oneDNN's CPU engine and the stream everything runs on; the library is loaded when this is opened. */
public final class OneDnn implements AutoCloseable {
    private final dnnl_engine engine = new dnnl_engine();
    private final dnnl_stream stream = new dnnl_stream();

    private OneDnn() {
        Status.check(dnnl_engine_create(engine, dnnl_cpu, 0), "open its CPU engine");
        Status.check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "create a stream");
    }

    /** Loads the library and opens its CPU engine. */
    public static OneDnn open() {
        try {
            return new OneDnn();
        } catch (LinkageError e) {
            throw new DeviceException("oneDNN does not load here: " + e.getMessage(), e);
        }
    }

    dnnl_engine engine() {
        return engine;
    }

    dnnl_stream stream() {
        return stream;
    }

    /** The stream's address, for a caller that runs primitives from C++. */
    public long streamAddress() {
        return stream.address();
    }

    /** {@code 3.11.0}. */
    public String version() {
        dnnl_version_t version = dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }

    /** The instruction set oneDNN uses on this CPU, in its own words: {@code avx2}, {@code avx512_core_amx}. */
    public String instructionSet() {
        int isa = dnnl_get_effective_cpu_isa();
        for (cpu_isa known : cpu_isa.values()) {
            if (known.value == isa && known != cpu_isa.isa_default) {
                return known.name().replace("isa_", "");
            }
        }
        return "0x" + Integer.toHexString(isa);
    }

    /** Waits until everything launched has finished. */
    public void synchronize() {
        Status.check(dnnl_stream_wait(stream), "finish");
    }

    @Override
    public void close() {
        dnnl_stream_destroy(stream);
        dnnl_engine_destroy(engine);
    }
}
