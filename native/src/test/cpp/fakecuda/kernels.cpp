// What our probes and the naive product compute, so that their parameters are seen to arrive.
#include <cmath>
#include <cstring>

#include "fake.h"

namespace fake {
namespace {

template <typename Value> Value* at(const Run& run, size_t index) {
    return reinterpret_cast<Value*>(run.get<uint64_t>(index));
}

bool readable(const Run& run, size_t index, size_t bytes) { return driver().holds(run.get<uint64_t>(index), bytes); }

int ten_arguments(const Run& run) {
    if (run.get<uint64_t>(0) == 0) {
        return kSuccess;
    }
    if (!readable(run, 0, 80)) {
        return kIllegalAddress;
    }
    for (size_t i = 0; i < 10; i++) {
        uint64_t word = 0;
        std::memcpy(&word, run.parameters[i].data(), run.parameters[i].size());
        at<uint64_t>(run, 0)[i] = word;
    }
    return kSuccess;
}

int copy(const Run& run) {
    size_t bytes = 16 * run.get<int64_t>(2);
    if (!readable(run, 0, bytes) || !readable(run, 1, bytes)) {
        return kIllegalAddress;
    }
    std::memcpy(at<float>(run, 1), at<float>(run, 0), bytes);
    return kSuccess;
}

int triad(const Run& run) {
    int64_t count = 4 * run.get<int64_t>(4);
    for (size_t i = 0; i < 3; i++) {
        if (!readable(run, i, 4 * count)) {
            return kIllegalAddress;
        }
    }
    for (int64_t i = 0; i < count; i++) {
        at<float>(run, 2)[i] = std::fmaf(run.get<float>(3), at<float>(run, 1)[i], at<float>(run, 0)[i]);
    }
    return kSuccess;
}

int naive_product(const Run& run) {
    int64_t m = run.get<int64_t>(3), n = run.get<int64_t>(4), k = run.get<int64_t>(5);
    if (!readable(run, 0, 4 * m * k) || !readable(run, 1, 4 * n * k) || !readable(run, 2, 4 * m * n)) {
        return kIllegalAddress;
    }
    for (int64_t row = 0; row < m; row++) {
        for (int64_t col = 0; col < n; col++) {
            float sum = 0;
            for (int64_t i = 0; i < k; i++) {
                sum = std::fmaf(at<float>(run, 0)[row * k + i], at<float>(run, 1)[col * k + i], sum);
            }
            at<float>(run, 2)[row * n + col] = sum;
        }
    }
    return kSuccess;
}

const Kernel kKernels[] = {
    {"probe_sm80_mixed_ten_arguments", {8, 1, 2, 4, 8, 4, 8, 8, 1, 8}, ten_arguments},
    {"probe_sm80_fp32_copy", {8, 8, 8}, copy},
    {"probe_sm80_fp32_triad", {8, 8, 8, 4, 8}, triad},
    {"gemm_sm80_fp32_naive", {8, 8, 8, 8, 8, 8}, naive_product},
};

}  // namespace

const Kernel* find_kernel(const std::string& symbol) {
    for (const Kernel& kernel : kKernels) {
        if (kernel.symbol == symbol) {
            return &kernel;
        }
    }
    return nullptr;
}

}  // namespace fake
