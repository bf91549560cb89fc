// cuBLAS as an application calls it.
#include <string>

#include "library.h"
#include "ridgepoint_blas.h"

namespace ridgepoint::cuda {
namespace {

using Status = int;
using Handle = struct BlasHandle*;

constexpr Status kSuccess = 0;
constexpr Status kNotInitialized = 1;
constexpr int kNormal = 0, kTransposed = 1;
constexpr int kDefaultAlgorithm = -1;

struct Blas {
    Library library;
    Handle handle = nullptr;
    Status (*create)(Handle*);
    Status (*version)(Handle, int*);
    Status (*set_stream)(Handle, void*);
    Status (*set_workspace)(Handle, void*, size_t);
    Status (*multiply)(Handle, int transpose_a, int transpose_b, int m, int n, int k, const void* alpha, const void* a,
                       int a_type, int a_leading, const void* b, int b_type, int b_leading, const void* beta, void* c,
                       int c_type, int c_leading, int compute, int algorithm);
};

Blas& blas() {
    static Blas library{};
    return library;
}

void find_all(Blas& b) {
    b.library.find(b.create, "cublasCreate_v2");
    b.library.find(b.version, "cublasGetVersion_v2");
    b.library.find(b.set_stream, "cublasSetStream_v2");
    b.library.find(b.set_workspace, "cublasSetWorkspace_v2");
    b.library.find(b.multiply, "cublasGemmEx");
}

}  // namespace

const char* open_cublas(const char* names) {
    Blas& b = blas();
    static std::string failure;
    if (b.handle != nullptr) {
        return nullptr;
    }
    if (!b.library.is_open()) {
        if (!b.library.open_any(names)) {
            return b.library.error().c_str();
        }
        find_all(b);
    }
    if (!b.library.missing().empty()) {
        failure = b.library.name() + " lacks " + b.library.missing();
        return failure.c_str();
    }
    Status status = b.create(&b.handle);
    failure = "cublasCreate failed with status " + std::to_string(status);
    return status == kSuccess ? nullptr : failure.c_str();
}

const char* cublas_library() { return blas().library.name().c_str(); }

int64_t cublas_version() {
    int version = 0;
    return blas().handle != nullptr && blas().version(blas().handle, &version) == kSuccess ? version : 0;
}

int cublas_use(int64_t stream, int64_t workspace, int64_t workspace_bytes) {
    Blas& b = blas();
    if (b.handle == nullptr) {
        return kNotInitialized;
    }
    // Setting a stream takes the workspace away, so it comes first.
    Status status = b.set_stream(b.handle, reinterpret_cast<void*>(stream));
    return status != kSuccess ? status
                              : b.set_workspace(b.handle, reinterpret_cast<void*>(workspace),
                                                static_cast<size_t>(workspace_bytes));
}

int cublas_product(const int64_t* shape, const int* types, const int64_t* addresses) {
    static const float one = 1, zero = 0;
    Blas& b = blas();
    if (b.handle == nullptr) {
        return kNotInitialized;
    }
    int m = static_cast<int>(shape[0]), n = static_cast<int>(shape[1]), k = static_cast<int>(shape[2]);
    return b.multiply(b.handle, kTransposed, kNormal, n, m, k, &one, reinterpret_cast<const void*>(addresses[1]),
                      types[0], k, reinterpret_cast<const void*>(addresses[0]), types[0], k, &zero,
                      reinterpret_cast<void*>(addresses[2]), types[1], n, types[2], kDefaultAlgorithm);
}

}  // namespace ridgepoint::cuda
