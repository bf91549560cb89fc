// Devices: there is one.
#include "driver/device.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "driver/api/call.h"
#include "driver/options.h"

using namespace ridgepoint::emulator::driver;

namespace {

constexpr const char* BUS_ID = "0000:00:00.0";

template <class Body>
CUresult on_device(CUdevice device, Body&& body, const char* function = __builtin_FUNCTION()) {
    return call_initialised(
        [&] {
            require(device == 0, CUDA_ERROR_INVALID_DEVICE);
            body(device_model());
        },
        function);
}

void copy_text(char* to, int length, const std::string& text) {
    require(to && length > 0);
    size_t size = std::min(text.size(), (size_t)length - 1);
    std::memcpy(to, text.data(), size);
    to[size] = '\0';
}

int attribute(CUdevice_attribute which) { return *device_attribute(device_model(), which); }

}  // namespace

CUresult cuDeviceGet(CUdevice* device, int ordinal) {
    return on_device(ordinal, [&](auto&) {
        require(device);
        *device = ordinal;
    });
}

CUresult cuDeviceGetCount(int* count) {
    return call_initialised([&] {
        require(count);
        *count = 1;
    });
}

CUresult cuDeviceGetName(char* name, int length, CUdevice device) {
    return on_device(device, [&](auto&) { copy_text(name, length, DEVICE_NAME); });
}

CUresult cuDeviceGetUuid(CUuuid* uuid, CUdevice device) {
    return on_device(device, [&](const DeviceModel& model) {
        require(uuid);
        std::string text = std::string("ridgepoint sm_") + model.arch;
        text.resize(sizeof uuid->bytes, ' ');
        std::memcpy(uuid->bytes, text.data(), sizeof uuid->bytes);
    });
}

CUresult cuDeviceGetUuid_v2(CUuuid* uuid, CUdevice device) { return cuDeviceGetUuid(uuid, device); }

CUresult cuDeviceTotalMem_v2(size_t* bytes, CUdevice device) {
    return on_device(device, [&](auto&) {
        require(bytes);
        *bytes = options().memory;
    });
}

CUresult cuDeviceGetAttribute(int* value, CUdevice_attribute attribute, CUdevice device) {
    return on_device(device, [&](const DeviceModel& model) {
        std::optional<int> found = device_attribute(model, attribute);
        require(value && found);
        *value = *found;
    });
}

CUresult cuDeviceGetProperties(CUdevprop* properties, CUdevice device) {
    return on_device(device, [&](auto&) {
        require(properties);
        *properties = {attribute(CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK),
                       {attribute(CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_X), attribute(CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_Y),
                        attribute(CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_Z)},
                       {attribute(CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_X), attribute(CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Y),
                        attribute(CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Z)},
                       attribute(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK),
                       attribute(CU_DEVICE_ATTRIBUTE_TOTAL_CONSTANT_MEMORY),
                       attribute(CU_DEVICE_ATTRIBUTE_WARP_SIZE),
                       attribute(CU_DEVICE_ATTRIBUTE_MAX_PITCH),
                       attribute(CU_DEVICE_ATTRIBUTE_MAX_REGISTERS_PER_BLOCK),
                       attribute(CU_DEVICE_ATTRIBUTE_CLOCK_RATE),
                       attribute(CU_DEVICE_ATTRIBUTE_TEXTURE_ALIGNMENT)};
    });
}

CUresult cuDeviceComputeCapability(int* major, int* minor, CUdevice device) {
    return on_device(device, [&](const DeviceModel& model) {
        require(major && minor);
        *major = model.major;
        *minor = model.minor;
    });
}

CUresult cuDeviceGetPCIBusId(char* text, int length, CUdevice device) {
    return on_device(device, [&](auto&) { copy_text(text, length, BUS_ID); });
}

CUresult cuDeviceGetByPCIBusId(CUdevice* device, const char* text) {
    return call_initialised([&] {
        require(device && text);
        require(std::strcmp(text, BUS_ID) == 0, CUDA_ERROR_INVALID_DEVICE);
        *device = 0;
    });
}

CUresult cuDeviceCanAccessPeer(int* can, CUdevice device, CUdevice peer) {
    return on_device(device, [&](auto&) {
        require(can);
        require(peer == 0, CUDA_ERROR_INVALID_DEVICE);
        *can = 0;
    });
}
