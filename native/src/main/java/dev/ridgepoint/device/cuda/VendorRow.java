package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.jni.Cublas;
import dev.ridgepoint.device.cuda.jni.CublasLt;
import dev.ridgepoint.device.cuda.jni.VendorLibrary;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.Optional;
import java.util.function.Supplier;

/** NVIDIA's own matrix product as a row of the catalogue: by cublasLt, or by cuBLAS where only that is found. */
final class VendorRow implements KernelRow {
    private final Supplier<VendorLibrary> open;
    private VendorLibrary library;
    private String missing;

    private VendorRow(Supplier<VendorLibrary> open) {
        this.open = open;
    }

    /** The row of a device of this driver, which says why where NVIDIA's libraries cannot run. */
    static VendorRow of(DriverLibrary driver, Driver binding) {
        if (driver.emulated()) {
            return missing("NVIDIA's libraries run on a GPU alone");
        }
        return binding.binding().equals("jni")
                ? new VendorRow(VendorRow::openEither)
                : missing("NVIDIA's libraries are called through the jni backend alone");
    }

    private static VendorRow missing(String reason) {
        return new VendorRow(() -> {
            throw new DeviceException(reason);
        });
    }

    private static VendorLibrary openEither() {
        try {
            return CublasLt.open();
        } catch (DeviceException noLt) {
            try {
                return Cublas.open();
            } catch (DeviceException neither) {
                throw new DeviceException(
                        "neither cublasLt nor cuBLAS is found: install the CUDA toolkit's cuBLAS, version 13 or 12",
                        noLt);
            }
        }
    }

    @Override
    public String id() {
        return "gemm/vendor_any_cublas";
    }

    @Override
    public String idea() {
        return "NVIDIA's own product, which ours are held against";
    }

    @Override
    public boolean baseline() {
        return true;
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof GemmProblem gemm)) {
            return Support.unsupported("multiplies matrices, and this is " + problem.op());
        }
        Optional<String> refusal =
                library().isEmpty() ? Optional.of(missing) : VendorLibrary.refusal(gemm.shape(), gemm.precision());
        return refusal.map(Support::unsupported).orElse(Support.natively());
    }

    /** The library, opened when first asked for; a context must be current then. */
    Optional<VendorLibrary> library() {
        if (library == null && missing == null) {
            try {
                library = open.get();
            } catch (DeviceException notHere) {
                missing = notHere.getMessage();
            }
        }
        return Optional.ofNullable(library);
    }
}
