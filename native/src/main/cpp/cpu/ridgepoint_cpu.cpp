#include "ridgepoint_cpu.h"

#include <cpuid.h>
#include <dlfcn.h>
#include <sys/mman.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernels/library.h"

namespace ridgepoint {
namespace {

// Not every compiler knows F16C by name, so the processor is asked.
bool converts_halves() {
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    return __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & bit_F16C) != 0;
}

bool runs_v3() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && converts_halves(); }

bool runs_v4() {
    return runs_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

const Library& of_this_cpu() {
    if (runs_v4()) return v4::library();
    return runs_v3() ? v3::library() : baseline::library();
}

const Library* chosen = &of_this_cpu();

// dnnl_primitive_execute(primitive, stream, count, arguments)
typedef int (*Execute)(const void*, const void*, int, const void*);

class Primitive final : public Task {
  public:
    Primitive(Execute execute, const void* primitive, const void* stream, int count, const void* arguments)
        : execute_(execute), primitive_(primitive), stream_(stream), count_(count), arguments_(arguments) {}

    void run() override {
        if (execute_(primitive_, stream_, count_, arguments_) != 0) throw std::runtime_error("oneDNN refused to run");
    }

  private:
    Execute execute_;
    const void* primitive_;
    const void* stream_;
    int count_;
    const void* arguments_;
};

class Sequence final : public Task {
  public:
    Sequence(const int64_t* tasks, int count) {
        for (int i = 0; i < count; i++) tasks_.emplace_back(reinterpret_cast<Task*>(tasks[i]));
    }

    void run() override {
        for (const auto& task : tasks_) task->run();
    }

  private:
    std::vector<std::unique_ptr<Task>> tasks_;
};

}  // namespace

const char* build_flags() { return RIDGEPOINT_BUILD_FLAGS; }

const char* instruction_set() { return chosen->instruction_set; }

void use_instruction_set(const char* name) {
    const std::string wanted = name;
    if (wanted.empty()) {
        chosen = &of_this_cpu();
    } else if (wanted == "baseline") {
        chosen = &baseline::library();
    } else if (wanted == "v3" && runs_v3()) {
        chosen = &v3::library();
    } else if (wanted == "v4" && runs_v4()) {
        chosen = &v4::library();
    } else {
        throw std::invalid_argument("no kernels for instruction set '" + wanted + "' on this CPU; known: baseline, v3, v4");
    }
}

const char* instruction_set_of(const Task* task) { return task->instruction_set(); }

Task* quantize(const char* format, const char* plain, int64_t rows, int64_t cols, const void* x, void* codes,
               void* scales, void* zeros, void* tensor_scale) {
    return chosen->quantize(format, plain, rows, cols, x, {codes, scales, zeros, tensor_scale});
}

Task* dequantize(const char* format, const char* plain, int64_t rows, int64_t cols, int64_t from, int64_t to,
                 const void* codes, const void* scales, const void* zeros, const void* tensor_scale, void* y) {
    const Quantised in = {const_cast<void*>(codes), const_cast<void*>(scales), const_cast<void*>(zeros),
                          const_cast<void*>(tensor_scale)};
    return chosen->dequantize(format, plain, rows, cols, from, to, in, y);
}

Task* convert(const char* from_type, const char* to_type, int64_t count, const void* from, void* to) {
    return chosen->convert(from_type, to_type, count, from, to);
}

Task* attention(const char* query, const char* cache, const char* output, const char* mask, const AttentionArgs& args) {
    return chosen->attention({query, cache, output, mask}, args);
}

Task* repack_int4(const char* format, int64_t n, int64_t k, const void* codes, const void* zeros, void* plain_codes,
                  void* plain_zeros) {
    return chosen->repack_int4(format, n, k, codes, zeros, plain_codes, plain_zeros);
}

Task* gemm_int8(int64_t m, int64_t n, int64_t k, const void* a, const void* a_scale, const void* b, const void* b_scale,
                void* c) {
    return chosen->gemm_int8(m, n, k, a, a_scale, b, b_scale, c);
}

Task* primitive(const void* execute, const void* primitive, const void* stream, int count, const void* arguments) {
    return new Primitive(reinterpret_cast<Execute>(const_cast<void*>(execute)), primitive, stream, count, arguments);
}

Task* sequence(const int64_t* tasks, int count) { return new Sequence(tasks, count); }

Task* copy_mix(const void* from, int64_t read, void* to, int64_t written) {
    return chosen->copy_mix(from, read, to, written);
}

void run(Task* task) { task->run(); }

int64_t time_runs(Task* task, int64_t times) {
    const auto begin = std::chrono::steady_clock::now();
    for (int64_t i = 0; i < times; i++) task->run();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begin).count();
}

void destroy(Task* task) { delete task; }

void advise_huge_pages(void* from, int64_t bytes) { (void)madvise(from, (size_t)bytes, MADV_HUGEPAGE); }

int openmp_threads() {
    void* library = dlopen("libgomp.so.1", RTLD_LAZY | RTLD_NOLOAD);
    if (library == nullptr) return 0;
    const auto max_threads = reinterpret_cast<int (*)()>(dlsym(library, "omp_get_max_threads"));
    const int threads = max_threads == nullptr ? 0 : max_threads();
    dlclose(library);
    return threads;
}

}  // namespace ridgepoint
