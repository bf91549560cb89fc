// What Java binds: tasks are made once, run many times and destroyed. Errors are C++ exceptions of one line.
#pragma once

#include <cstdint>

#include "attention_args.h"
#include "task.h"

namespace ridgepoint {

// Compiler and flags this library was built with.
const char* build_flags();

// "v4" (AVX-512 F, BW, DQ, VL where sixteen lanes pay, else v3), "v3" (AVX2, FMA, F16C) or "baseline" (SSE2): what runs.
const char* instruction_set();
// Chooses by name, as tests do to compare them; an empty name chooses by this CPU.
void use_instruction_set(const char* name);
// Which of them a task is of; empty for oneDNN's.
const char* instruction_set_of(const Task* task);

Task* quantize(const char* format, const char* plain, int64_t rows, int64_t cols, const void* x, void* codes,
               void* scales, void* zeros, void* tensor_scale);
// Rows [from, to) of the matrix; `y` is where row `from` goes.
Task* dequantize(const char* format, const char* plain, int64_t rows, int64_t cols, int64_t from, int64_t to,
                 const void* codes, const void* scales, const void* zeros, const void* tensor_scale, void* y);
Task* convert(const char* from_type, const char* to_type, int64_t count, const void* from, void* to);
Task* attention(const char* query, const char* cache, const char* output, const char* mask, const AttentionArgs& args);
// The int4 of a checkpoint as oneDNN reads it: codes [k, n] nibbles, zero points [k / 128, n] bytes. Symmetric codes have
// none, and become two's complement.
Task* repack_int4(const char* format, int64_t n, int64_t k, const void* codes, const void* zeros, void* plain_codes,
                  void* plain_zeros);
// c[m, n] = a[m, k] b[n, k]^T in bf16, both sides int8 under one fp32 scale; sums are exact.
Task* gemm_int8(int64_t m, int64_t n, int64_t k, const void* a, const void* a_scale, const void* b, const void* b_scale,
                void* c);
// oneDNN's dnnl_primitive_execute at `execute`, called from C++ as an application would.
Task* primitive(const void* execute, const void* primitive, const void* stream, int count, const void* arguments);
// Several tasks as one, which owns them.
Task* sequence(const int64_t* tasks, int count);
// Reads `read` bytes and writes `written` bytes: what a memory can do with that mix.
Task* copy_mix(const void* from, int64_t read, void* to, int64_t written);

void run(Task* task);
// Runs a task over and over and returns the nanoseconds all of it took.
int64_t time_runs(Task* task, int64_t times);
void destroy(Task* task);

// Asks for huge pages; best effort.
void advise_huge_pages(void* from, int64_t bytes);
// What OpenMP's library, once loaded, says it will use; 0 before.
int openmp_threads();

}  // namespace ridgepoint
