#include "driver/device.h"

#include <climits>

#include "driver/options.h"

namespace ridgepoint::emulator::driver {
namespace {

// Modelled on A100, L40S, H100 SXM and RTX 5090.
constexpr DeviceModel MODELS[] = {
    {"80", 8, 0, false, 108, 2048, 32, 164 * 1024, 40 << 20, 1'410'000, 1'215'000, 5120},
    {"89", 8, 9, false, 142, 1536, 24, 100 * 1024, 96 << 20, 2'520'000, 9'001'000, 384},
    {"90a", 9, 0, true, 132, 2048, 32, 228 * 1024, 50 << 20, 1'980'000, 2'619'000, 5120},
    {"120", 12, 0, false, 170, 1536, 24, 100 * 1024, 96 << 20, 2'407'000, 14'001'000, 512},
};

struct Attribute {
    CUdevice_attribute attribute;
    int (*value)(const DeviceModel& model);
};

const Attribute ATTRIBUTES[] = {
    {CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK, [](auto&) { return DeviceModel::MAX_THREADS_PER_BLOCK; }},
    {CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_X, [](auto&) { return 1024; }},
    {CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_Y, [](auto&) { return 1024; }},
    {CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_Z, [](auto&) { return 64; }},
    {CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_X, [](auto&) { return INT_MAX; }},
    {CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Y, [](auto&) { return 65535; }},
    {CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Z, [](auto&) { return 65535; }},
    {CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK, [](auto&) { return DeviceModel::DEFAULT_SHARED_PER_BLOCK; }},
    {CU_DEVICE_ATTRIBUTE_TOTAL_CONSTANT_MEMORY, [](auto&) { return 65536; }},
    {CU_DEVICE_ATTRIBUTE_WARP_SIZE, [](auto&) { return DeviceModel::WARP; }},
    {CU_DEVICE_ATTRIBUTE_MAX_PITCH, [](auto&) { return INT_MAX; }},
    {CU_DEVICE_ATTRIBUTE_MAX_REGISTERS_PER_BLOCK, [](auto&) { return DeviceModel::REGISTERS; }},
    {CU_DEVICE_ATTRIBUTE_CLOCK_RATE, [](auto& model) { return model.clock_khz; }},
    {CU_DEVICE_ATTRIBUTE_TEXTURE_ALIGNMENT, [](auto&) { return 512; }},
    {CU_DEVICE_ATTRIBUTE_GPU_OVERLAP, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, [](auto& model) { return model.processors; }},
    {CU_DEVICE_ATTRIBUTE_CAN_MAP_HOST_MEMORY, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_CONCURRENT_KERNELS, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE, [](auto& model) { return model.memory_clock_khz; }},
    {CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH, [](auto& model) { return model.memory_bus_bits; }},
    {CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE, [](auto& model) { return model.l2_bytes; }},
    {CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR, [](auto& model) { return model.max_threads_per_processor; }},
    {CU_DEVICE_ATTRIBUTE_ASYNC_ENGINE_COUNT, [](auto&) { return 2; }},
    {CU_DEVICE_ATTRIBUTE_UNIFIED_ADDRESSING, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, [](auto& model) { return model.major; }},
    {CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, [](auto& model) { return model.minor; }},
    {CU_DEVICE_ATTRIBUTE_STREAM_PRIORITIES_SUPPORTED, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_GLOBAL_L1_CACHE_SUPPORTED, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_LOCAL_L1_CACHE_SUPPORTED, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_MULTIPROCESSOR, [](auto& model) { return model.shared_per_processor; }},
    {CU_DEVICE_ATTRIBUTE_MAX_REGISTERS_PER_MULTIPROCESSOR, [](auto&) { return DeviceModel::REGISTERS; }},
    {CU_DEVICE_ATTRIBUTE_MANAGED_MEMORY, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_CONCURRENT_MANAGED_ACCESS, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_CAN_USE_HOST_POINTER_FOR_REGISTERED_MEM, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_COOPERATIVE_LAUNCH, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN, [](auto& model) { return model.max_shared_per_block(); }},
    {CU_DEVICE_ATTRIBUTE_HOST_REGISTER_SUPPORTED, [](auto&) { return 1; }},
    {CU_DEVICE_ATTRIBUTE_MAX_BLOCKS_PER_MULTIPROCESSOR, [](auto& model) { return model.max_blocks_per_processor; }},
    {CU_DEVICE_ATTRIBUTE_RESERVED_SHARED_MEMORY_PER_BLOCK, [](auto&) { return (int)RESERVED_SHARED; }},
    {CU_DEVICE_ATTRIBUTE_MEM_SYNC_DOMAIN_COUNT, [](auto&) { return 1; }},
};

}  // namespace

DeviceTraits DeviceModel::traits() const {
    DeviceTraits traits;
    traits.architecture = architecture();
    traits.processors = (uint32_t)processors;
    traits.max_shared_per_block = (uint32_t)max_shared_per_block();
    return traits;
}

const DeviceModel* device_model(std::string_view arch) {
    for (const DeviceModel& model : MODELS) {
        if (arch == model.arch) return &model;
    }
    return nullptr;
}

const DeviceModel& device_model() {
    static const DeviceModel& model = *device_model(options().arch);
    return model;
}

std::optional<int> device_attribute(const DeviceModel& model, CUdevice_attribute attribute) {
    if (attribute < 1 || attribute >= CU_DEVICE_ATTRIBUTE_MAX) return std::nullopt;
    for (const Attribute& known : ATTRIBUTES) {
        if (known.attribute == attribute) return known.value(model);
    }
    return 0;
}

}  // namespace ridgepoint::emulator::driver
