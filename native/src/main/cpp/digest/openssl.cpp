// What dev.ridgepoint.device.digest.OpenSsl declares, by JNI alone: readers of bundles must start quickly. libcrypto is
// looked for while we run, so that ours builds and loads without it.
#include <dlfcn.h>
#include <jni.h>

#include <algorithm>
#include <cstdint>

namespace {

// SHA256_CTX of openssl/sha.h. Contexts of EVP, which OpenSSL recommends, lie on its heap and want to be freed; this one
// travels in an array of Java's.
struct Context {
    uint32_t state[8];
    uint32_t bits_low, bits_high;
    uint32_t waiting[16];
    uint32_t waiting_bytes, digest_bytes;
};
static_assert(sizeof(Context) == 112);

constexpr jsize kContext = sizeof(Context);
constexpr jsize kDigest = 32;
// Copied out piece by piece, so that no collector ever waits for a digest.
constexpr jint kPiece = 1 << 14;

struct Functions {
    int (*init)(Context*);
    int (*update)(Context*, const void*, size_t);
    int (*finish)(unsigned char*, Context*);
};
Functions openssl;

template <typename Function> bool find(void* library, Function*& function, const char* symbol) {
    function = reinterpret_cast<Function*>(dlsym(library, symbol));
    return function != nullptr;
}

// False with an exception pending where the array is no context.
bool take(JNIEnv* env, jbyteArray array, Context& context) {
    env->GetByteArrayRegion(array, 0, kContext, reinterpret_cast<jbyte*>(&context));
    return !env->ExceptionCheck();
}

void give(JNIEnv* env, jbyteArray array, const Context& context) {
    env->SetByteArrayRegion(array, 0, kContext, reinterpret_cast<const jbyte*>(&context));
}

}  // namespace

extern "C" {

JNIEXPORT jboolean JNICALL Java_dev_ridgepoint_device_digest_OpenSsl_open(JNIEnv* env, jclass, jstring name) {
    const char* text = env->GetStringUTFChars(name, nullptr);
    if (text == nullptr) {
        return JNI_FALSE;
    }
    void* library = dlopen(text, RTLD_NOW | RTLD_LOCAL);
    env->ReleaseStringUTFChars(name, text);
    Functions found{};
    bool all = library != nullptr && find(library, found.init, "SHA256_Init") &&
               find(library, found.update, "SHA256_Update") && find(library, found.finish, "SHA256_Final");
    if (all) {
        openssl = found;
    }
    return all ? JNI_TRUE : JNI_FALSE;
}

JNIEXPORT jbyteArray JNICALL Java_dev_ridgepoint_device_digest_OpenSsl_begin(JNIEnv* env, jclass) {
    Context context;
    openssl.init(&context);
    jbyteArray array = env->NewByteArray(kContext);
    if (array != nullptr) {
        give(env, array, context);
    }
    return array;
}

JNIEXPORT void JNICALL Java_dev_ridgepoint_device_digest_OpenSsl_update(JNIEnv* env, jclass, jbyteArray array,
                                                                        jbyteArray bytes, jint offset, jint count) {
    Context context;
    if (!take(env, array, context)) {
        return;
    }
    jbyte piece[kPiece];
    for (jint left = count; left > 0;) {
        jint now = std::min(left, kPiece);
        env->GetByteArrayRegion(bytes, offset, now, piece);
        if (env->ExceptionCheck()) {
            return;
        }
        openssl.update(&context, piece, static_cast<size_t>(now));
        offset += now;
        left -= now;
    }
    give(env, array, context);
}

JNIEXPORT jbyteArray JNICALL Java_dev_ridgepoint_device_digest_OpenSsl_finish(JNIEnv* env, jclass, jbyteArray array) {
    Context context;
    if (!take(env, array, context)) {
        return nullptr;
    }
    jbyte digest[kDigest];
    openssl.finish(reinterpret_cast<unsigned char*>(digest), &context);
    jbyteArray answer = env->NewByteArray(kDigest);
    if (answer != nullptr) {
        env->SetByteArrayRegion(answer, 0, kDigest, digest);
    }
    return answer;
}
}
