package dev.ridgepoint.device.cuda.driver;

/** What we ask of a device, by the driver's numbers. */
public enum DeviceAttribute {
    MULTIPROCESSORS(16),
    ECC(32),
    PCI_BUS(33),
    PCI_DEVICE(34),
    L2_CACHE_BYTES(38),
    PCI_DOMAIN(50),
    COMPUTE_CAPABILITY_MAJOR(75),
    COMPUTE_CAPABILITY_MINOR(76),
    COOPERATIVE_LAUNCH(95),
    /** The most shared memory a block may have once the kernel asks for it. */
    SHARED_MEMORY_PER_BLOCK(97),
    CLUSTER_LAUNCH(120),
    TENSOR_MAP_ACCESS(127);

    private final int number;

    DeviceAttribute(int number) {
        this.number = number;
    }

    /** The driver's {@code CUdevice_attribute}. */
    public int number() {
        return number;
    }
}
