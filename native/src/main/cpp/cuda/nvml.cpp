#include "ridgepoint_nvml.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "library.h"

namespace ridgepoint::cuda {
namespace {

using Device = struct NvmlDevice*;
using Result = int;

constexpr Result kSuccess = 0;
constexpr Result kInsufficientSize = 7;
constexpr Result kFunctionNotFound = 13;
constexpr int kSmClock = 1;
constexpr int kMemoryClock = 2;
constexpr int kGpuSensor = 0;
constexpr int kSlowdownThreshold = 1;
constexpr int64_t kUnknown = -1;
constexpr int kPower = 0;
constexpr int kPolicies = 6;
constexpr int kSlowdowns = 3;
// Types of a field that are a 64-bit count.
constexpr int kUnsignedLong = 2;
constexpr int kUnsignedLongLong = 3;

struct Violation {
    unsigned long long reference;
    unsigned long long nanoseconds;
};

struct Field {
    unsigned id, scope;
    long long timestamp, latency;
    int type;
    Result result;
    unsigned long long value;
};

struct Margin {
    unsigned version;
    int degrees;
};

struct Process {
    unsigned pid;
    unsigned long long memory;
    unsigned gpu_instance;
    unsigned compute_instance;
};

struct Nvml {
    Library library;
    Result (*init)();
    const char* (*error)(Result);
    Result (*driver_version)(char*, unsigned);
    Result (*device)(const char*, Device*);
    Result (*clock)(Device, int type, unsigned*);
    Result (*temperature)(Device, int sensor, unsigned*);
    Result (*temperature_threshold)(Device, int threshold, unsigned*);
    Result (*margin)(Device, Margin*);
    Result (*power)(Device, unsigned*);
    Result (*power_limit)(Device, unsigned*);
    Result (*energy)(Device, unsigned long long*);
    Result (*reasons)(Device, unsigned long long*);
    Result (*old_reasons)(Device, unsigned long long*);
    Result (*violation)(Device, int policy, Violation*);
    Result (*fields)(Device, int count, Field*);
    Result (*processes)(Device, unsigned*, Process*);
    Result (*persistence)(Device, unsigned*);
    Result (*mig)(Device, unsigned*, unsigned*);
    Result (*ecc)(Device, unsigned*, unsigned*);
    Result (*most_clock)(Device, int type, unsigned*);
    Result (*set_clock)(Device, int type, unsigned*);
    Result (*pcie_generation)(Device, unsigned*);
    Result (*pcie_width)(Device, unsigned*);
    Result (*vbios)(Device, char*, unsigned);
    Result (*usual_power_limit)(Device, unsigned*);
    Result (*most_pcie_generation)(Device, unsigned*);
    Result (*most_pcie_width)(Device, unsigned*);
    bool ready = false;
};

Nvml& nvml() {
    static Nvml library{};
    return library;
}

void find_all(Nvml& n) {
    n.library.find(n.init, "nvmlInit_v2");
    n.library.find(n.error, "nvmlErrorString");
    n.library.find(n.driver_version, "nvmlSystemGetDriverVersion");
    n.library.find(n.device, "nvmlDeviceGetHandleByUUID");
    n.library.find(n.clock, "nvmlDeviceGetClockInfo");
    n.library.find(n.temperature, "nvmlDeviceGetTemperature");
    n.library.find(n.temperature_threshold, "nvmlDeviceGetTemperatureThreshold");
    n.library.find(n.margin, "nvmlDeviceGetMarginTemperature");
    n.library.find(n.power, "nvmlDeviceGetPowerUsage");
    n.library.find(n.power_limit, "nvmlDeviceGetEnforcedPowerLimit");
    n.library.find(n.energy, "nvmlDeviceGetTotalEnergyConsumption");
    n.library.find(n.reasons, "nvmlDeviceGetCurrentClocksEventReasons");
    if (n.reasons == nullptr) {
        // Its name until CUDA 12.1.
        n.library.find(n.old_reasons, "nvmlDeviceGetCurrentClocksThrottleReasons");
    }
    n.library.find(n.violation, "nvmlDeviceGetViolationStatus");
    n.library.find(n.fields, "nvmlDeviceGetFieldValues");
    n.library.find(n.processes, "nvmlDeviceGetComputeRunningProcesses_v3");
    n.library.find(n.persistence, "nvmlDeviceGetPersistenceMode");
    n.library.find(n.mig, "nvmlDeviceGetMigMode");
    n.library.find(n.ecc, "nvmlDeviceGetEccMode");
    n.library.find(n.most_clock, "nvmlDeviceGetMaxClockInfo");
    n.library.find(n.set_clock, "nvmlDeviceGetApplicationsClock");
    n.library.find(n.pcie_generation, "nvmlDeviceGetCurrPcieLinkGeneration");
    n.library.find(n.pcie_width, "nvmlDeviceGetCurrPcieLinkWidth");
    n.library.find(n.vbios, "nvmlDeviceGetVbiosVersion");
    n.library.find(n.usual_power_limit, "nvmlDeviceGetPowerManagementDefaultLimit");
    n.library.find(n.most_pcie_generation, "nvmlDeviceGetMaxPcieLinkGeneration");
    n.library.find(n.most_pcie_width, "nvmlDeviceGetMaxPcieLinkWidth");
}

// The number a function writes, or kUnknown.
template <typename Value> int64_t read(Result (*function)(Device, Value*), Device device) {
    Value value{};
    bool told = function != nullptr && function(device, &value) == kSuccess;
    return told ? static_cast<int64_t>(value) : kUnknown;
}

template <typename Value> int64_t read(Result (*function)(Device, int, Value*), Device device, int which) {
    Value value{};
    bool told = function != nullptr && function(device, which, &value) == kSuccess;
    return told ? static_cast<int64_t>(value) : kUnknown;
}

// The mode in force; the other is the one after the next start.
int64_t read(Result (*function)(Device, unsigned*, unsigned*), Device device) {
    unsigned current = 0, pending = 0;
    bool told = function != nullptr && function(device, &current, &pending) == kSuccess;
    return told ? static_cast<int64_t>(current) : kUnknown;
}

int64_t held_back(Device device, int policy) {
    Violation violation{};
    bool told = nvml().violation != nullptr && nvml().violation(device, policy, &violation) == kSuccess;
    return told ? static_cast<int64_t>(violation.nanoseconds) : kUnknown;
}

int64_t slowdown_temperature(Device device) {
    int64_t threshold = read(nvml().temperature_threshold, device, kSlowdownThreshold);
    if (threshold > 0) {
        return threshold;
    }
    // Since Hopper devices tell how far they are from it instead. NVML's structures begin with their size and version.
    Margin margin{sizeof(Margin) | 1u << 24, 0};
    int64_t now = read(nvml().temperature, device, kGpuSensor);
    bool told = now >= 0 && nvml().margin != nullptr && nvml().margin(device, &margin) == kSuccess;
    return told ? now + margin.degrees : kUnknown;
}

}  // namespace

const char* open_nvml(const char* path) {
    Nvml& n = nvml();
    if (n.ready) {
        return nullptr;
    }
    if (!n.library.is_open()) {
        if (!n.library.open(path)) {
            return n.library.error().c_str();
        }
        find_all(n);
    }
    Result result = n.init == nullptr ? kFunctionNotFound : n.init();
    n.ready = result == kSuccess;
    return n.ready ? nullptr : nvml_error(result);
}

const char* missing_nvml_functions() { return nvml().library.missing().c_str(); }

const char* nvml_error(int result) { return nvml().error == nullptr ? "unknown error" : nvml().error(result); }

const char* nvml_driver_version() {
    static thread_local char version[96];
    bool told = nvml().driver_version != nullptr && nvml().driver_version(version, sizeof version) == kSuccess;
    return told ? version : "";
}

int nvml_device(const char* uuid, int64_t* device) {
    Device found = nullptr;
    Result result = nvml().device == nullptr ? kFunctionNotFound : nvml().device(uuid, &found);
    *device = reinterpret_cast<int64_t>(found);
    return result;
}

int64_t nvml_held_by_power(int64_t device) { return held_back(reinterpret_cast<Device>(device), kPower); }

void nvml_counts(int64_t device, int first, int64_t* counts) {
    Field fields[kSlowdowns]{};
    for (int i = 0; i < kSlowdowns; i++) {
        fields[i].id = static_cast<unsigned>(first + i);
    }
    bool asked = first != 0 && nvml().fields != nullptr &&
                 nvml().fields(reinterpret_cast<Device>(device), kSlowdowns, fields) == kSuccess;
    for (const Field& field : fields) {
        bool count = field.type == kUnsignedLong || field.type == kUnsignedLongLong;
        *counts++ = asked && field.result == kSuccess && count ? static_cast<int64_t>(field.value) : kUnknown;
    }
}

void nvml_sample(int64_t number, int slowdowns, int64_t* sample) {
    Nvml& n = nvml();
    Device device = reinterpret_cast<Device>(number);
    auto now = std::chrono::steady_clock::now().time_since_epoch();
    *sample++ = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
    *sample++ = read(n.clock, device, kSmClock);
    *sample++ = read(n.clock, device, kMemoryClock);
    *sample++ = read(n.temperature, device, kGpuSensor);
    *sample++ = read(n.power, device);
    *sample++ = read(n.power_limit, device);
    *sample++ = read(n.energy, device);
    *sample++ = read(n.reasons != nullptr ? n.reasons : n.old_reasons, device);
    for (int policy = 0; policy < kPolicies; policy++) {
        *sample++ = held_back(device, policy);
    }
    nvml_counts(number, slowdowns, sample);
}

void nvml_state(int64_t number, int64_t* state) {
    Nvml& n = nvml();
    Device device = reinterpret_cast<Device>(number);
    *state++ = read(n.persistence, device);
    *state++ = read(n.ecc, device);
    *state++ = read(n.mig, device);
    *state++ = read(n.most_clock, device, kSmClock);
    *state++ = read(n.most_clock, device, kMemoryClock);
    *state++ = read(n.set_clock, device, kSmClock);
    *state++ = read(n.set_clock, device, kMemoryClock);
    *state++ = read(n.power_limit, device);
    *state++ = read(n.most_pcie_generation, device);
    *state++ = read(n.most_pcie_width, device);
}

void nvml_moment(int64_t number, int64_t* moment) {
    Device device = reinterpret_cast<Device>(number);
    *moment++ = read(nvml().usual_power_limit, device);
    *moment++ = read(nvml().pcie_generation, device);
    *moment++ = read(nvml().pcie_width, device);
    *moment++ = slowdown_temperature(device);
}

const char* nvml_vbios(int64_t device) {
    static thread_local char version[64];
    bool told = nvml().vbios != nullptr &&
                nvml().vbios(reinterpret_cast<Device>(device), version, sizeof version) == kSuccess;
    return told ? version : "";
}

int nvml_processes(int64_t device, int* pids, int capacity, int* count) {
    *count = 0;
    if (nvml().processes == nullptr) {
        return kFunctionNotFound;
    }
    std::vector<Process> found(static_cast<size_t>(capacity));
    unsigned number = static_cast<unsigned>(capacity);
    Result result = nvml().processes(reinterpret_cast<Device>(device), &number, found.data());
    if (result != kSuccess && result != kInsufficientSize) {
        return result;
    }
    *count = static_cast<int>(number);
    for (unsigned i = 0; result == kSuccess && i < std::min<unsigned>(number, capacity); i++) {
        pids[i] = static_cast<int>(found[i].pid);
    }
    return kSuccess;
}

}  // namespace ridgepoint::cuda
