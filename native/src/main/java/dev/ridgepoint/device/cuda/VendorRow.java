package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.function.Supplier;

/** NVIDIA's own matrix product as a row of the catalogue, by whichever library of it the binding opens. */
final class VendorRow implements KernelRow {
    private final Supplier<VendorLibrary> open;
    private VendorLibrary library;
    private String missing;

    /** @param open opens the library, or says in a {@link DeviceException} why it cannot */
    VendorRow(Supplier<VendorLibrary> open) {
        this.open = open;
    }

    /** The row of a device where no library can run, for this reason. */
    static VendorRow missing(String reason) {
        return new VendorRow(() -> {
            throw new DeviceException(reason);
        });
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
        try {
            library();
        } catch (DeviceException notHere) {
            return Support.unsupported(notHere.getMessage());
        }
        return VendorLibrary.refusal(gemm.shape(), gemm.precision())
                .map(Support::unsupported)
                .orElse(Support.natively());
    }

    /**
     * The library, opened when first asked for; a context must be current then.
     *
     * @throws DeviceException in one line, if it cannot be used here
     */
    VendorLibrary library() {
        if (missing != null) {
            throw new DeviceException(missing);
        }
        if (library == null) {
            try {
                library = open.get();
            } catch (DeviceException notHere) {
                missing = notHere.getMessage();
                throw notHere;
            }
        }
        return library;
    }
}
