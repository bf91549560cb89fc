package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.cuda.driver.DeviceAttribute;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.precision.DType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What kernels must know of a GPU, from the driver's attributes. */
final class CudaTraits {
    private static final Map<DeviceAttribute, String> FEATURES = Map.of(
            DeviceAttribute.COOPERATIVE_LAUNCH, "cooperative_launch",
            DeviceAttribute.CLUSTER_LAUNCH, "cluster_launch",
            DeviceAttribute.TENSOR_MAP_ACCESS, "tensor_map",
            DeviceAttribute.ECC, "ecc");

    private CudaTraits() {}

    static DeviceTraits of(DriverDevice device) {
        CudaArch arch = CudaArch.ofDevice(
                device.attribute(DeviceAttribute.COMPUTE_CAPABILITY_MAJOR),
                device.attribute(DeviceAttribute.COMPUTE_CAPABILITY_MINOR));
        return new DeviceTraits(
                device.name(),
                arch.toString(),
                nativeTypes(arch),
                device.attribute(DeviceAttribute.MULTIPROCESSORS),
                device.attribute(DeviceAttribute.SHARED_MEMORY_PER_BLOCK),
                device.attribute(DeviceAttribute.L2_CACHE_BYTES),
                features(device));
    }

    private static Set<String> features(DriverDevice device) {
        Set<String> features = new TreeSet<>();
        FEATURES.forEach((attribute, name) -> {
            if (device.attribute(attribute) != 0) {
                features.add(name);
            }
        });
        return features;
    }

    /** Types a multiply-add instruction, a tensor core's included, takes as they are; by the PTX ISA's table of mma. */
    static Set<DType> nativeTypes(CudaArch arch) {
        Set<DType> types = EnumSet.of(DType.FP64, DType.FP32, DType.FP16);
        if (arch.number() >= 80) {
            types.addAll(EnumSet.of(DType.TF32, DType.BF16, DType.INT8));
        }
        if (arch.number() >= 89) {
            types.addAll(EnumSet.of(DType.FP8_E4M3, DType.FP8_E5M2));
        }
        if (arch.number() >= 100) {
            types.add(DType.FP4_E2M1);
        }
        return types;
    }
}
