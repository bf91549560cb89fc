// cublasLt and cuBLAS as their documentation describes them, for fp32 alone: matrices by columns, the first one transposed. They run at
// once, whatever the stream.
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace {

constexpr int kInvalidValue = 7;
constexpr int kNotSupported = 15;
constexpr int kFp32 = 0;

struct Operation {
    int transpose_a = 0, transpose_b = 0;
};

struct Layout {
    int type;
    uint64_t rows, cols;
    int64_t leading;
};

struct Preference {
    uint64_t workspace = 0;
};

struct Algorithm {
    uint64_t data[8];
};

struct Heuristic {
    Algorithm algorithm;
    size_t workspace;
    int state;
    float waves;
    int reserved[4];
};

}  // namespace

extern "C" {

int cublasLtCreate(void** handle) {
    static char only;
    *handle = &only;
    return 0;
}

size_t cublasLtGetVersion() { return 130001; }

int cublasLtMatmulDescCreate(Operation** operation, int compute, int) {
    *operation = new Operation;
    return compute == 68 ? 0 : kNotSupported;
}

int cublasLtMatmulDescSetAttribute(Operation* operation, int attribute, const void* value, size_t size) {
    if (size != sizeof(int)) {
        return kInvalidValue;
    }
    (attribute == 3 ? operation->transpose_a : operation->transpose_b) = *static_cast<const int*>(value);
    return attribute == 3 || attribute == 4 ? 0 : kInvalidValue;
}

int cublasLtMatmulDescDestroy(Operation* operation) {
    delete operation;
    return 0;
}

int cublasLtMatrixLayoutCreate(Layout** layout, int type, uint64_t rows, uint64_t cols, int64_t leading) {
    *layout = new Layout{type, rows, cols, leading};
    return 0;
}

int cublasLtMatrixLayoutDestroy(Layout* layout) {
    delete layout;
    return 0;
}

int cublasLtMatmulPreferenceCreate(Preference** preference) {
    *preference = new Preference;
    return 0;
}

int cublasLtMatmulPreferenceSetAttribute(Preference* preference, int attribute, const void* value, size_t size) {
    if (attribute != 1 || size != 8) {
        return kInvalidValue;
    }
    preference->workspace = *static_cast<const uint64_t*>(value);
    return 0;
}

int cublasLtMatmulPreferenceDestroy(Preference* preference) {
    delete preference;
    return 0;
}

int cublasLtMatmulAlgoGetHeuristic(void*, Operation*, Layout* a, Layout*, Layout*, Layout*, Preference* preference,
                                   int wanted, Heuristic* results, int* found) {
    *found = a->type == kFp32 && wanted >= 1 ? 1 : 0;
    results[0] = {};
    results[0].algorithm.data[0] = 66;
    results[0].workspace = preference->workspace / 2;
    return 0;
}

int cublasLtMatmulAlgoConfigGetAttribute(const Algorithm* algorithm, int attribute, void* value, size_t, size_t* written) {
    *static_cast<int*>(value) = attribute == 0 ? static_cast<int>(algorithm->data[0]) : 10 + attribute;
    *written = sizeof(int);
    return 0;
}

int cublasLtMatmul(void*, Operation* operation, const float* alpha, const float* a, Layout* a_layout, const float* b,
                   Layout* b_layout, const float* beta, const float*, Layout*, float* d, Layout* d_layout,
                   const Algorithm*, void* workspace, size_t workspace_size, void*) {
    uint64_t depth = operation->transpose_a ? a_layout->rows : a_layout->cols;
    bool fits = operation->transpose_a == 1 && operation->transpose_b == 0 && *alpha == 1 && *beta == 0 &&
                b_layout->rows == depth && d_layout->rows == a_layout->cols && d_layout->cols == b_layout->cols;
    if (!fits || (workspace_size > 0 && workspace == nullptr)) {
        return kInvalidValue;
    }
    for (uint64_t col = 0; col < d_layout->cols; col++) {
        for (uint64_t row = 0; row < d_layout->rows; row++) {
            float sum = 0;
            for (uint64_t i = 0; i < depth; i++) {
                sum = std::fmaf(a[i + row * a_layout->leading], b[i + col * b_layout->leading], sum);
            }
            d[row + col * d_layout->leading] = sum;
        }
    }
    return 0;
}

// cuBLAS, in the same library: the same product, its sizes given call by call.
int cublasCreate_v2(void** handle) { return cublasLtCreate(handle); }

int cublasGetVersion_v2(void*, int* version) {
    *version = 130002;
    return 0;
}

static bool has_workspace = false;

int cublasSetStream_v2(void*, void*) {
    has_workspace = false;
    return 0;
}

int cublasSetWorkspace_v2(void*, void* workspace, size_t) {
    has_workspace = workspace != nullptr;
    return 0;
}

int cublasGemmEx(void*, int transpose_a, int transpose_b, int m, int n, int k, const float* alpha, const float* a,
                 int a_type, int a_leading, const float* b, int b_type, int b_leading, const float* beta, float* c,
                 int c_type, int c_leading, int compute, int) {
    if (a_type != kFp32 || b_type != kFp32 || c_type != kFp32 || compute != 68 || !has_workspace) {
        return kNotSupported;
    }
    Operation operation{transpose_a, transpose_b};
    Layout first{kFp32, static_cast<uint64_t>(k), static_cast<uint64_t>(m), a_leading};
    Layout second{kFp32, static_cast<uint64_t>(k), static_cast<uint64_t>(n), b_leading};
    Layout result{kFp32, static_cast<uint64_t>(m), static_cast<uint64_t>(n), c_leading};
    return cublasLtMatmul(nullptr, &operation, alpha, a, &first, b, &second, beta, c, &result, c, &result, nullptr,
                          nullptr, 0, nullptr);
}

}  // extern "C"
