// NVIDIA's management library for the same tests: two devices, the second busy, some functions left out on purpose.
#include <cstdio>
#include <cstring>

namespace {

struct Process {
    unsigned pid;
    unsigned long long memory;
    unsigned gpu_instance, compute_instance;
};

struct Violation {
    unsigned long long reference, nanoseconds;
};

struct Margin {
    unsigned version;
    int degrees;
};

struct Field {
    unsigned id, scope;
    long long timestamp, latency;
    int type, result;
    unsigned long long value;
};

constexpr int kUnsignedInt = 1;
constexpr int kUnsignedLongLong = 3;
constexpr int kNotSupported = 3;
constexpr int kNotFound = 6;
constexpr int kVersionMismatch = 25;

char devices[2];

}  // namespace

extern "C" {

int nvmlInit_v2() { return 0; }

const char* nvmlErrorString(int result) { return result == kNotFound ? "Not Found" : "Unknown Error"; }

int nvmlSystemGetDriverVersion(char* version, unsigned size) {
    std::snprintf(version, size, "580.00.fake");
    return 0;
}

int nvmlDeviceGetHandleByUUID(const char* uuid, void** device) {
    bool first = std::strncmp(uuid, "GPU-1011", 8) == 0;
    bool second = std::strncmp(uuid, "GPU-2021", 8) == 0;
    *device = first ? &devices[0] : &devices[1];
    return first || second ? 0 : kNotFound;
}

int nvmlDeviceGetClockInfo(void*, int type, unsigned* mhz) {
    *mhz = type == 1 ? 1980 : 2619;
    return 0;
}

int nvmlDeviceGetTemperature(void*, int, unsigned* celsius) {
    *celsius = 41;
    return 0;
}

// As a device since Hopper: how far it is from a threshold is told, and not the threshold.
int nvmlDeviceGetTemperatureThreshold(void*, int, unsigned*) { return kNotSupported; }

int nvmlDeviceGetMarginTemperature(void*, Margin* margin) {
    margin->degrees = 46;
    return margin->version == 0x1000008 ? 0 : kVersionMismatch;
}

int nvmlDeviceGetPowerUsage(void*, unsigned* milliwatts) {
    *milliwatts = 123456;
    return 0;
}

// The second device alone tells, and was set lower than usual.
int nvmlDeviceGetEnforcedPowerLimit(void* device, unsigned* milliwatts) {
    *milliwatts = 400000;
    return device == &devices[1] ? 0 : kNotSupported;
}

int nvmlDeviceGetApplicationsClock(void* device, int type, unsigned* mhz) {
    *mhz = type == 1 ? 1410 : 2619;
    return device == &devices[1] ? 0 : kNotSupported;
}

int nvmlDeviceGetTotalEnergyConsumption(void*, unsigned long long* millijoules) {
    *millijoules = 1ull << 40;
    return 0;
}

// Only the older name: nvmlDeviceGetCurrentClocksEventReasons is left out.
int nvmlDeviceGetCurrentClocksThrottleReasons(void*, unsigned long long* reasons) {
    *reasons = 0x4 | 0x40;
    return 0;
}

int nvmlDeviceGetViolationStatus(void*, int policy, Violation* violation) {
    violation->nanoseconds = 1000ull * (policy + 1);
    return policy < 4 ? 0 : kNotSupported;
}

// Counters from 251 on, and what is none from 269 on, as a driver of CUDA 13; the second device counts in microseconds.
int nvmlDeviceGetFieldValues(void* device, int count, Field* fields) {
    for (Field* field = fields; field < fields + count; field++) {
        bool policy = field->id >= 74 && field->id < 80;
        bool slowdown = field->id >= 251 && field->id < 254;
        field->type = policy || slowdown ? kUnsignedLongLong : kUnsignedInt;
        field->value = policy ? 1000ull * (field->id - 73) : slowdown ? 100ull * field->id : 1;
        field->value /= device == &devices[1] ? 1000 : 1;
        field->result = policy || slowdown || field->id < 272 ? 0 : kNotSupported;
    }
    return 0;
}

int nvmlDeviceGetPersistenceMode(void*, unsigned* mode) {
    *mode = 0;
    return 0;
}

int nvmlDeviceGetMigMode(void*, unsigned*, unsigned*) { return kNotSupported; }

int nvmlDeviceGetEccMode(void*, unsigned* current, unsigned* pending) {
    *current = 1;
    *pending = 0;
    return 0;
}

int nvmlDeviceGetMaxClockInfo(void*, int type, unsigned* mhz) {
    *mhz = type == 1 ? 1980 : 2619;
    return 0;
}

int nvmlDeviceGetCurrPcieLinkGeneration(void*, unsigned* generation) {
    *generation = 1;
    return 0;
}

int nvmlDeviceGetCurrPcieLinkWidth(void*, unsigned* lanes) {
    *lanes = 16;
    return 0;
}

int nvmlDeviceGetPowerManagementDefaultLimit(void*, unsigned* milliwatts) {
    *milliwatts = 700000;
    return 0;
}

int nvmlDeviceGetMaxPcieLinkGeneration(void*, unsigned* generation) {
    *generation = 5;
    return 0;
}

int nvmlDeviceGetMaxPcieLinkWidth(void*, unsigned* lanes) {
    *lanes = 32;
    return 0;
}

int nvmlDeviceGetVbiosVersion(void*, char* version, unsigned size) {
    std::snprintf(version, size, "96.00.fake");
    return 0;
}

int nvmlDeviceGetComputeRunningProcesses_v3(void* device, unsigned* count, Process* processes) {
    if (device == &devices[0]) {
        *count = 0;
        return 0;
    }
    *count = 1;
    processes[0] = {1, 1ull << 30, 0, 0};
    return 0;
}

}  // extern "C"
