#include "ridgepoint_blas.h"

#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <tuple>

#include "library.h"

namespace ridgepoint::cuda {
namespace {

using Status = int;
using Handle = struct LtHandle*;
using Operation = struct LtOperation*;
using Layout = struct LtLayout*;
using Preference = struct LtPreference*;

constexpr Status kSuccess = 0;
constexpr Status kNotInitialized = 1;
constexpr Status kNotSupported = 15;

constexpr int kFp32 = 0;
constexpr int kTransposeA = 3, kTransposeB = 4, kScaleA = 17, kScaleB = 18;
constexpr int kNormal = 0, kTransposed = 1;
constexpr int kMostWorkspace = 1;

struct Algorithm {
    uint64_t data[8];
};

struct Heuristic {
    Algorithm algorithm;
    size_t workspace;
    Status state;
    float waves;
    int reserved[4];
};
static_assert(sizeof(Heuristic) == 96);

struct Lt {
    Library library;
    Handle handle = nullptr;
    Status (*create)(Handle*);
    size_t (*version)();
    Status (*operation_create)(Operation*, int compute, int scale_type);
    Status (*operation_set)(Operation, int attribute, const void*, size_t);
    Status (*operation_destroy)(Operation);
    Status (*layout_create)(Layout*, int type, uint64_t rows, uint64_t cols, int64_t leading);
    Status (*layout_destroy)(Layout);
    Status (*preference_create)(Preference*);
    Status (*preference_set)(Preference, int attribute, const void*, size_t);
    Status (*preference_destroy)(Preference);
    Status (*heuristic)(Handle, Operation, Layout a, Layout b, Layout c, Layout d, Preference, int wanted, Heuristic*,
                        int* found);
    Status (*multiply)(Handle, Operation, const void* alpha, const void* a, Layout, const void* b, Layout,
                       const void* beta, const void* c, Layout, void* d, Layout, const Algorithm*, void* workspace,
                       size_t, void* stream);
    Status (*config)(const Algorithm*, int attribute, void*, size_t, size_t* written);
};

Lt& lt() {
    static Lt library{};
    return library;
}

void find_all(Lt& l) {
    l.library.find(l.create, "cublasLtCreate");
    l.library.find(l.version, "cublasLtGetVersion");
    l.library.find(l.operation_create, "cublasLtMatmulDescCreate");
    l.library.find(l.operation_set, "cublasLtMatmulDescSetAttribute");
    l.library.find(l.operation_destroy, "cublasLtMatmulDescDestroy");
    l.library.find(l.layout_create, "cublasLtMatrixLayoutCreate");
    l.library.find(l.layout_destroy, "cublasLtMatrixLayoutDestroy");
    l.library.find(l.preference_create, "cublasLtMatmulPreferenceCreate");
    l.library.find(l.preference_set, "cublasLtMatmulPreferenceSetAttribute");
    l.library.find(l.preference_destroy, "cublasLtMatmulPreferenceDestroy");
    l.library.find(l.heuristic, "cublasLtMatmulAlgoGetHeuristic");
    l.library.find(l.multiply, "cublasLtMatmul");
    l.library.find(l.config, "cublasLtMatmulAlgoConfigGetAttribute");
}

}  // namespace

// cublasLt thinks in columns: our row-major c is its c^T [n, m], the product of b [k, n], transposed, and a [k, m].
struct Product {
    Operation operation = nullptr;
    Layout first = nullptr;
    Layout second = nullptr;
    Layout result = nullptr;
    Heuristic chosen{};
    const void* a = nullptr;
    const void* b = nullptr;
    void* c = nullptr;
    void* workspace = nullptr;

    ~Product() {
        for (Layout layout : {first, second, result}) {
            if (layout != nullptr) {
                lt().layout_destroy(layout);
            }
        }
        if (operation != nullptr) {
            lt().operation_destroy(operation);
        }
    }
};

namespace {

template <typename Value> Status set(Operation operation, int attribute, const Value& value) {
    return lt().operation_set(operation, attribute, &value, sizeof value);
}

Status describe(Product& p, const int64_t* shape, const int* types, const int64_t* addresses) {
    auto [m, n, k] = std::tuple(shape[0], shape[1], shape[2]);
    Status status = lt().operation_create(&p.operation, types[2], kFp32);
    status = status != kSuccess ? status : set(p.operation, kTransposeA, kTransposed);
    status = status != kSuccess ? status : set(p.operation, kTransposeB, kNormal);
    if (addresses[3] != 0 && addresses[4] != 0) {
        status = status != kSuccess ? status : set(p.operation, kScaleA, addresses[4]);
        status = status != kSuccess ? status : set(p.operation, kScaleB, addresses[3]);
    }
    status = status != kSuccess ? status : lt().layout_create(&p.first, types[0], k, n, k);
    status = status != kSuccess ? status : lt().layout_create(&p.second, types[0], k, m, k);
    return status != kSuccess ? status : lt().layout_create(&p.result, types[1], n, m, n);
}

Status choose(Product& p, int64_t most_workspace) {
    Preference preference = nullptr;
    int found = 0;
    uint64_t most = static_cast<uint64_t>(most_workspace);
    Status status = lt().preference_create(&preference);
    status = status != kSuccess ? status : lt().preference_set(preference, kMostWorkspace, &most, sizeof most);
    status = status != kSuccess ? status
                                : lt().heuristic(lt().handle, p.operation, p.first, p.second, p.result, p.result,
                                                 preference, 1, &p.chosen, &found);
    if (preference != nullptr) {
        lt().preference_destroy(preference);
    }
    return status != kSuccess ? status : found == 0 ? kNotSupported : p.chosen.state;
}

}  // namespace

const char* open_blas(const char* names) {
    Lt& l = lt();
    static std::string failure;
    if (l.handle != nullptr) {
        return nullptr;
    }
    if (!l.library.is_open()) {
        if (!l.library.open_any(names)) {
            return l.library.error().c_str();
        }
        find_all(l);
    }
    if (!l.library.missing().empty()) {
        failure = l.library.name() + " lacks " + l.library.missing();
        return failure.c_str();
    }
    Status status = l.create(&l.handle);
    failure = "cublasLtCreate failed with status " + std::to_string(status);
    return status == kSuccess ? nullptr : failure.c_str();
}

const char* blas_library() { return lt().library.name().c_str(); }
int64_t blas_version() { return lt().version == nullptr ? 0 : static_cast<int64_t>(lt().version()); }

int product_prepare(const int64_t* shape, const int* types, const int64_t* addresses, int64_t most_workspace,
                    int64_t* product) {
    *product = 0;
    if (lt().handle == nullptr) {
        return kNotInitialized;
    }
    auto made = std::make_unique<Product>();
    made->a = reinterpret_cast<const void*>(addresses[0]);
    made->b = reinterpret_cast<const void*>(addresses[1]);
    made->c = reinterpret_cast<void*>(addresses[2]);
    Status status = describe(*made, shape, types, addresses);
    status = status != kSuccess ? status : choose(*made, most_workspace);
    if (status == kSuccess) {
        *product = reinterpret_cast<int64_t>(made.release());
    }
    return status;
}

int64_t product_workspace(const Product* product) { return static_cast<int64_t>(product->chosen.workspace); }

void product_use_workspace(Product* product, int64_t address) {
    product->workspace = reinterpret_cast<void*>(address);
}

const char* product_algorithm(const Product* product) {
    static thread_local char text[256];
    // Identifier, tile, split-k and stages, by the library's numbers.
    constexpr int kAttributes[] = {0, 1, 2, 6};
    int values[4] = {-1, -1, -1, -1};
    for (int i = 0; i < 4; i++) {
        size_t written = 0;
        lt().config(&product->chosen.algorithm, kAttributes[i], &values[i], sizeof values[i], &written);
    }
    std::snprintf(text, sizeof text, "%s %lld: algorithm %d, tile %d, split-k %d, stages %d, workspace %zu bytes",
                  blas_library(), static_cast<long long>(blas_version()), values[0], values[1], values[2], values[3],
                  product->chosen.workspace);
    return text;
}

int product_run(const Product* p, int64_t stream) {
    static const float one = 1, zero = 0;
    return lt().multiply(lt().handle, p->operation, &one, p->b, p->first, p->a, p->second, &zero, p->c, p->result, p->c,
                         p->result, &p->chosen.algorithm, p->workspace, p->chosen.workspace,
                         reinterpret_cast<void*>(stream));
}

void product_destroy(Product* product) { delete product; }

}  // namespace ridgepoint::cuda
