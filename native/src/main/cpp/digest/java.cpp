// What dev.ridgepoint.device.digest.NativeSha256 declares, by JNI alone: readers of bundles must start quickly.
#include <jni.h>

#include <algorithm>

#include "sha256.h"

namespace {

// Copied out piece by piece, so that no collector ever waits for a digest.
constexpr jint kBlocksACopy = 128;

static_assert(sizeof(jint) == sizeof(uint32_t));

}  // namespace

extern "C" {

JNIEXPORT jint JNICALL Java_dev_ridgepoint_device_digest_NativeSha256_fastest(JNIEnv*, jclass) {
    return static_cast<jint>(ridgepoint::fastest());
}

JNIEXPORT jboolean JNICALL Java_dev_ridgepoint_device_digest_NativeSha256_has(JNIEnv*, jclass, jint form) {
    return ridgepoint::has(static_cast<ridgepoint::Form>(form)) ? JNI_TRUE : JNI_FALSE;
}

JNIEXPORT void JNICALL Java_dev_ridgepoint_device_digest_NativeSha256_compress(JNIEnv* env, jclass, jint form,
                                                                               jintArray state, jbyteArray bytes,
                                                                               jint offset, jint blocks) {
    constexpr jint kBytes = static_cast<jint>(ridgepoint::kBlockBytes);
    constexpr jint kWords = static_cast<jint>(ridgepoint::kStateWords);
    jint words[ridgepoint::kStateWords];
    jbyte copy[kBlocksACopy * ridgepoint::kBlockBytes];
    env->GetIntArrayRegion(state, 0, kWords, words);
    for (jint left = blocks; left > 0 && !env->ExceptionCheck(); left -= kBlocksACopy) {
        jint now = std::min(left, kBlocksACopy);
        env->GetByteArrayRegion(bytes, offset, now * kBytes, copy);
        ridgepoint::compress(static_cast<ridgepoint::Form>(form), reinterpret_cast<uint32_t*>(words),
                             reinterpret_cast<const uint8_t*>(copy), static_cast<size_t>(now));
        offset += now * kBytes;
    }
    if (!env->ExceptionCheck()) {
        env->SetIntArrayRegion(state, 0, kWords, words);
    }
}
}
