// What cuModuleLoadData is given, and what of it the device played would use.
#pragma once

#include <map>
#include <string>

#include "driver/cubin.h"
#include "driver/device.h"

namespace ridgepoint::emulator::driver {

struct Image {
    std::string ptx;
    std::map<std::string, KernelResources> resources;  // of the best cubin beside it; empty if there is none
};

// PTX text that ends with a zero, or a fatbin. Throws DriverError with the reason: a cubin alone cannot be executed.
Image read_image(const void* image, uint64_t size, const DeviceModel& model);

}  // namespace ridgepoint::emulator::driver
