package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.ridgepoint.device.UnsupportedKernelException;
import java.util.List;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** A compiled oneDNN operation. One that would run by a reference implementation is refused, so it is never timed. */
public final class Primitive implements AutoCloseable {
    private final OneDnn library;
    private final dnnl_primitive handle = new dnnl_primitive();
    private final String implementation;

    /** Takes over the descriptor and destroys it. */
    Primitive(OneDnn library, String what, int status, dnnl_primitive_desc desc) {
        if (status != dnnl_success) {
            throw new UnsupportedKernelException(
                    "oneDNN refuses this " + what + " on " + library.instructionSet() + ": " + Status.name(status));
        }
        try {
            this.library = library;
            this.implementation = implementationOf(desc);
            refuseReference(what, implementation);
            Status.check(dnnl_primitive_create(handle, desc), "create a " + what);
        } finally {
            dnnl_primitive_desc_destroy(desc);
        }
    }

    static void refuseReference(String what, String implementation) {
        if (implementation.startsWith("ref") || implementation.startsWith("simple")) {
            throw new UnsupportedKernelException("oneDNN would run this " + what + " by its reference implementation '"
                    + implementation + "', which is no kernel to time");
        }
    }

    private static String implementationOf(dnnl_primitive_desc desc) {
        try (PointerPointer<BytePointer> text = new PointerPointer<>(1)) {
            Status.check(dnnl_primitive_desc_query(desc, dnnl_query_impl_info_str, 0, text), "name its implementation");
            return text.getString(0);
        }
    }

    /** {@code brg_matmul:avx2}, {@code jit:avx512_core}: oneDNN's own words. */
    public String implementation() {
        return implementation;
    }

    /** Binds arguments once; running the result allocates nothing. */
    public Execution bind(List<Argument> arguments) {
        return new Execution(library, handle, arguments);
    }

    @Override
    public void close() {
        dnnl_primitive_destroy(handle);
    }
}
