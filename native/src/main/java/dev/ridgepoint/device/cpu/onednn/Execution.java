package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.ridgepoint.device.cpu.Memory;
import dev.ridgepoint.device.cpu.Step;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;

/** A primitive with its arguments: one call into oneDNN, which allocates nothing on our side. */
public final class Execution implements Step {
    private final dnnl_primitive primitive;
    private final dnnl_stream stream;
    private final List<dnnl_memory> memories = new ArrayList<>();
    private final dnnl_exec_arg_t arguments;
    private final int count;

    Execution(OneDnn library, dnnl_primitive primitive, List<Argument> bound) {
        this.primitive = primitive;
        this.stream = library.stream();
        this.count = bound.size();
        this.arguments = new dnnl_exec_arg_t(count);
        for (int i = 0; i < count; i++) {
            dnnl_memory memory = memory(library, bound.get(i));
            memories.add(memory);
            arguments.getPointer(i).arg(bound.get(i).part()).memory(memory);
        }
    }

    private static dnnl_memory memory(OneDnn library, Argument argument) {
        dnnl_memory_desc desc = argument.layout().describe();
        try {
            dnnl_memory memory = new dnnl_memory();
            Status.check(
                    dnnl_memory_create(memory, desc, library.engine(), Memory.at(argument.address(), 0)),
                    "bind an argument");
            return memory;
        } finally {
            dnnl_memory_desc_destroy(desc);
        }
    }

    @Override
    public void run() {
        int status = dnnl_primitive_execute(primitive, stream, count, arguments);
        if (status != dnnl_success) {
            Status.check(status, "run a primitive");
        }
    }

    /** Address of the primitive, for a caller that runs it from C++. */
    public long primitiveAddress() {
        return primitive.address();
    }

    /** Address of the argument array, for a caller that runs the primitive from C++. */
    public long argumentsAddress() {
        return arguments.address();
    }

    public int argumentCount() {
        return count;
    }

    @Override
    public void close() {
        memories.forEach(memory -> dnnl_memory_destroy(memory));
        memories.clear();
        arguments.close();
    }
}
