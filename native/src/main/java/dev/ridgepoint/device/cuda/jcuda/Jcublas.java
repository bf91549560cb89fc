package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.driver.CublasProduct;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.device.library.JavaCppSettings;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasGemmAlgo;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasOperation;
import jcuda.runtime.cudaStream_t;
import org.bytedeco.javacpp.FloatPointer;

/** cuBLAS through JCublas, which the dynamic linker ties to {@code libcublas.so.12} and to no other version. */
public final class Jcublas implements VendorLibrary {
    private static final String LIBRARY = "libcublas.so.12";
    private static Jcublas opened;

    private final cublasHandle handle;
    private final String version;
    private final FloatPointer oneAndZero;

    private Jcublas(cublasHandle handle, int version) {
        this.handle = handle;
        this.version = LIBRARY + " " + version;
        JavaCppSettings.apply();
        this.oneAndZero = new FloatPointer(1, 0);
    }

    /**
     * Opens the library once a process; a context must be current.
     *
     * @throws DeviceException in one line, if it is not there
     */
    public static synchronized Jcublas open() {
        if (opened == null) {
            try {
                JcudaLibraries.load(JCublas2.class);
            } catch (UnsatisfiedLinkError e) {
                throw new DeviceException(
                        "no cuBLAS 12, the one that JCublas calls: " + e.getMessage()
                                + "; install it, or use --backend jni, which takes 13 too",
                        e);
            }
            // JCublas would throw exceptions of its own, which know no more than a number.
            JCublas2.setExceptionsEnabled(false);
            cublasHandle handle = new cublasHandle();
            check("cublasCreate", JCublas2.cublasCreate(handle));
            int[] version = new int[1];
            check("cublasGetVersion", JCublas2.cublasGetVersion(handle, version));
            opened = new Jcublas(handle, version[0]);
        }
        return opened;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public VendorLibrary.Product prepare(
            GemmShape shape, Precision precision, Operands at, long mostWorkspace, DriverStream stream) {
        CublasProduct product = CublasProduct.of(shape, precision, at);
        if (!(stream instanceof JcudaStream ours)) {
            throw new UnsupportedKernelException("JCublas runs on streams of the jcuda backend");
        }
        return new Product(product, new cudaStream_t(ours.handle()), mostWorkspace);
    }

    private static void check(String call, int status) {
        if (status != 0) {
            throw new DeviceException(call + " failed with status " + status);
        }
    }

    /** A product whose arguments are put together once. */
    private final class Product implements VendorLibrary.Product {
        private final CublasProduct product;
        private final cudaStream_t stream;
        private final long workspaceBytes;
        private final Address a;
        private final Address b;
        private final Address c;
        private final Address one = new Address(oneAndZero.address());
        private final Address zero = new Address(oneAndZero.address() + Float.BYTES);

        private Product(CublasProduct product, cudaStream_t stream, long workspaceBytes) {
            this.product = product;
            this.stream = stream;
            this.workspaceBytes = workspaceBytes;
            this.a = new Address(product.at().a());
            this.b = new Address(product.at().b());
            this.c = new Address(product.at().c());
        }

        @Override
        public long workspaceBytes() {
            return workspaceBytes;
        }

        @Override
        public void useWorkspace(long address) {
            // Setting a stream takes the workspace away, so it comes first.
            check("cublasSetStream", JCublas2.cublasSetStream(handle, stream));
            check("cublasSetWorkspace", JCublas2.cublasSetWorkspace(handle, new Address(address), workspaceBytes));
        }

        @Override
        public String algorithm() {
            return CublasProduct.algorithm(version, workspaceBytes);
        }

        @Override
        public void run() {
            int m = product.m();
            int n = product.n();
            int k = product.k();
            int in = product.types().in();
            int out = product.types().out();
            int status = JCublas2.cublasGemmEx_new(
                    handle,
                    cublasOperation.CUBLAS_OP_T,
                    cublasOperation.CUBLAS_OP_N,
                    n,
                    m,
                    k,
                    one,
                    b,
                    in,
                    k,
                    a,
                    in,
                    k,
                    zero,
                    c,
                    out,
                    n,
                    product.types().compute(),
                    cublasGemmAlgo.CUBLAS_GEMM_DEFAULT);
            check("cublasGemmEx", status);
        }

        @Override
        public void close() {
            // The handle is the process's.
        }
    }
}
