package dev.ridgepoint.device.cuda;

import static jcuda.driver.JCudaDriver.cuCtxCreate;
import static jcuda.driver.JCudaDriver.cuCtxDestroy;
import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDeviceGetAttribute;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuGraphDestroy;
import static jcuda.driver.JCudaDriver.cuGraphExecDestroy;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuInit;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoH;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoD;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.driver.JCudaDriver.cuModuleUnload;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamDestroy;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jcuda.CudaException;
import jcuda.Pointer;
import jcuda.Sizeof;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;

/** A program on plain JCuda: its first argument is the library that plays the driver, its second what to do. */
final class JcudaOnEmulator {
    private static final int N = 100;

    /** {@code to[i] = a[i] + b[i]} for i below n. */
    private static final String ADD = """
            .version 8.0
            .target sm_80
            .address_size 64
            .visible .entry add(.param .u64 to, .param .u64 a, .param .u64 b, .param .u32 n)
            {
                .reg .pred %p<2>;
                .reg .f32 %f<4>;
                .reg .b32 %r<6>;
                .reg .b64 %rd<8>;
                ld.param.u64 %rd1, [to];
                ld.param.u64 %rd2, [a];
                ld.param.u64 %rd3, [b];
                ld.param.u32 %r1, [n];
                mov.u32 %r2, %ctaid.x;
                mov.u32 %r3, %ntid.x;
                mov.u32 %r4, %tid.x;
                mad.lo.s32 %r5, %r2, %r3, %r4;
                setp.ge.s32 %p1, %r5, %r1;
                @%p1 bra $done;
                mul.wide.s32 %rd4, %r5, 4;
                add.s64 %rd5, %rd2, %rd4;
                add.s64 %rd6, %rd3, %rd4;
                add.s64 %rd7, %rd1, %rd4;
                ld.global.f32 %f1, [%rd5];
                ld.global.f32 %f2, [%rd6];
                add.f32 %f3, %f1, %f2;
                st.global.f32 [%rd7], %f3;
            $done:
                ret;
            }
            """;

    private final CUcontext context = new CUcontext();
    private final CUmodule module = new CUmodule();
    private final CUfunction add = new CUfunction();
    private final CUdeviceptr a = new CUdeviceptr();
    private final CUdeviceptr b = new CUdeviceptr();
    private final CUdeviceptr to = new CUdeviceptr();
    private final CUdevice device = new CUdevice();

    private JcudaOnEmulator() {
        JCudaDriver.setExceptionsEnabled(true);
        cuInit(0);
        cuDeviceGet(device, 0);
        cuCtxCreate(context, 0, device);
    }

    public static void main(String[] args) {
        System.load(args[0]);
        JcudaOnEmulator program = new JcudaOnEmulator();
        switch (args[1]) {
            case "add" -> program.add();
            case "graph" -> program.graph();
            case "fault" -> program.fault();
            case "refused" -> program.refused();
            default -> throw new IllegalArgumentException(args[1]);
        }
    }

    private void load() {
        cuModuleLoadData(module, (ADD + '\0').getBytes(StandardCharsets.US_ASCII));
        cuModuleGetFunction(add, module, "add");
        float[] ones = new float[N];
        Arrays.fill(ones, 1);
        for (CUdeviceptr each : new CUdeviceptr[] {a, b, to}) {
            cuMemAlloc(each, N * (long) Sizeof.FLOAT);
            cuMemcpyHtoD(each, Pointer.to(ones), N * (long) Sizeof.FLOAT);
        }
    }

    private void launch(CUdeviceptr sum, CUdeviceptr x, CUdeviceptr y, int n, CUstream stream) {
        Pointer parameters = Pointer.to(Pointer.to(sum), Pointer.to(x), Pointer.to(y), Pointer.to(new int[] {n}));
        cuLaunchKernel(add, 4, 1, 1, 32, 1, 1, 0, stream, parameters, null);
    }

    private float[] result() {
        float[] values = new float[N];
        cuMemcpyDtoH(Pointer.to(values), to, N * (long) Sizeof.FLOAT);
        return values;
    }

    private void add() {
        byte[] name = new byte[64];
        int[] major = {0};
        cuDeviceGetName(name, name.length, device);
        cuDeviceGetAttribute(major, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device);
        System.out.println(new String(name, StandardCharsets.US_ASCII).trim() + " sm_" + major[0] + "0");
        load();
        float[] x = new float[N];
        float[] expected = new float[N];
        for (int i = 0; i < N; i++) {
            x[i] = i;
            expected[i] = i + 1;
        }
        cuMemcpyHtoD(a, Pointer.to(x), N * (long) Sizeof.FLOAT);
        launch(to, a, b, N, null);
        cuCtxSynchronize();
        System.out.println(Arrays.equals(expected, result()) ? "sum is right" : Arrays.toString(result()));
        close();
    }

    private void graph() {
        load();
        CUstream stream = new CUstream();
        CUgraph graph = new CUgraph();
        CUgraphExec exec = new CUgraphExec();
        cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING);
        cuStreamBeginCapture(stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL);
        launch(to, to, b, N, stream);
        cuStreamEndCapture(stream, graph);
        cuGraphInstantiate(exec, graph, 0);
        for (int i = 0; i < 3; i++) {
            cuGraphLaunch(exec, stream);
        }
        cuStreamSynchronize(stream);
        System.out.println("3 replays: " + (int) result()[N - 1]);
        cuGraphExecDestroy(exec);
        cuGraphDestroy(graph);
        cuStreamDestroy(stream);
        close();
    }

    private void fault() {
        load();
        launch(to, a, b, N + 1, null);
        for (Runnable call : new Runnable[] {JCudaDriver::cuCtxSynchronize, this::result}) {
            try {
                call.run();
                System.out.println("no error");
            } catch (CudaException e) {
                System.out.println(e.getMessage());
            }
        }
        System.out.println("alive");
        cuCtxDestroy(context);
    }

    private void refused() {
        String text = ADD.replace(".reg .f32 %f<4>;", "frobnicate.f32 %f1, 3;");
        byte[] log = new byte[512];
        JITOptions options = new JITOptions();
        options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, log);
        options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, log.length);
        JCudaDriver.setExceptionsEnabled(false);
        int result = JCudaDriver.cuModuleLoadDataJIT(
                module, Pointer.to((text + '\0').getBytes(StandardCharsets.US_ASCII)), options);
        System.out.println(CUresult.stringFor(result) + " " + new String(log, StandardCharsets.US_ASCII).trim());
        cuCtxDestroy(context);
    }

    private void close() {
        for (CUdeviceptr each : new CUdeviceptr[] {a, b, to}) {
            cuMemFree(each);
        }
        cuModuleUnload(module);
        cuCtxDestroy(context);
    }
}
