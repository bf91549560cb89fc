// How a test speaks to the fake: native methods of dev.ridgepoint.device.cuda.FakeCuda.
#include <jni.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "fake.h"

using fake::driver;

extern "C" {

JNIEXPORT void JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_reset(JNIEnv*, jclass) {
    driver().failures.clear();
    driver().log.clear();
    driver().recording = false;
    driver().sticky = fake::kSuccess;
    driver().arch = 90;
    driver().named_as_emulated = true;
}

JNIEXPORT void JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_bury(JNIEnv*, jclass) {
    for (auto& [address, size] : driver().allocations) {
        std::free(reinterpret_cast<void*>(address));
    }
    driver().allocations.clear();
    driver().live_handles = 0;
    driver().contexts = 0;
}

JNIEXPORT void JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_failNext(JNIEnv* env, jclass, jstring call, jint result) {
    const char* name = env->GetStringUTFChars(call, nullptr);
    driver().failures[name] = result;
    env->ReleaseStringUTFChars(call, name);
}

JNIEXPORT void JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_playArch(JNIEnv*, jclass, jint arch) {
    driver().arch = arch;
}

JNIEXPORT void JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_playHardware(JNIEnv*, jclass) {
    driver().named_as_emulated = false;
}

JNIEXPORT void JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_record(JNIEnv*, jclass) { driver().recording = true; }

JNIEXPORT jstring JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_log(JNIEnv* env, jclass) {
    return env->NewStringUTF(driver().log.c_str());
}

JNIEXPORT jint JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_liveHandles(JNIEnv*, jclass) {
    return driver().live_handles;
}

JNIEXPORT jint JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_liveAllocations(JNIEnv*, jclass) {
    return static_cast<jint>(driver().allocations.size());
}

JNIEXPORT jint JNICALL Java_dev_ridgepoint_device_cuda_FakeCuda_retainedContexts(JNIEnv*, jclass) {
    return driver().contexts;
}

// What tells an emulated driver from a real one. It counts nothing but that a launch took place.
int ridgepoint_emulator_version() { return 1; }

int ridgepoint_emulator_set(const char* name, const char* value) {
    bool known = std::strcmp(name, "arch") == 0 && std::strcmp(value, "7") != 0;
    return known ? fake::kSuccess : fake::kInvalidValue;
}

size_t ridgepoint_emulator_last_report(char* text, size_t size) {
    return std::snprintf(text, size, "expected an arch, and none but the seventh");
}

uint64_t ridgepoint_emulator_counters_launches() { return driver().launches; }

size_t ridgepoint_emulator_counters_json(uint64_t launch, char* text, size_t size) {
    return std::snprintf(text, size, "{\"level\":\"fake\",\"launch\":%llu,\"ctas\":1}",
                         static_cast<unsigned long long>(launch));
}

}  // extern "C"
