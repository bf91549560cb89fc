// The device played: figures as published for one product of each architecture. They shape launches and occupancy;
// no time follows from them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/launch.h"
#include "core/module.h"
#include "driver/abi/types.h"

namespace ridgepoint::emulator::driver {

struct DeviceModel {
    const char* arch;            // as the option spells it
    int major, minor;
    bool architecture_specific;  // runs PTX of its own architecture's extensions, as sm_90a
    int processors;
    int max_threads_per_processor;
    int max_blocks_per_processor;
    int shared_per_processor;    // bytes
    int l2_bytes;
    int clock_khz, memory_clock_khz, memory_bus_bits;

    int architecture() const { return 10 * major + minor; }
    int max_shared_per_block() const { return shared_per_processor - (int)RESERVED_SHARED; }
    DeviceTraits traits() const;
    LoadOptions load_options() const { return {architecture(), architecture_specific}; }

    static constexpr int DEFAULT_SHARED_PER_BLOCK = 48 * 1024;
    static constexpr int WARP = 32;
    static constexpr int MAX_THREADS_PER_BLOCK = 1024;
    static constexpr int REGISTERS = 65536;  // of a processor and at most of a block
};

constexpr const char* DEVICE_NAME = "Ridgepoint emulated";

// Null if no such architecture is played.
const DeviceModel* device_model(std::string_view arch);

// The one that the options chose.
const DeviceModel& device_model();

// Zero for what the device does not have; nothing for what is no attribute.
std::optional<int> device_attribute(const DeviceModel& model, CUdevice_attribute attribute);

}  // namespace ridgepoint::emulator::driver
