// What each instruction set's copy of the kernels offers. The code is compiled once for each, the copy chosen at run time.
#pragma once

#include <cstdint>

#include "../attention_args.h"
#include "../task.h"

namespace ridgepoint {

// Buffers of a quantised matrix; null where the format has no such buffer.
struct Quantised {
    void* codes;
    void* scales;
    void* zeros;
    void* tensor_scale;
};

struct Library {
    const char* instruction_set;
    Task* (*quantize)(const char* format, const char* plain, int64_t rows, int64_t cols, const void* x, Quantised to);
    Task* (*dequantize)(const char* format, const char* plain, int64_t rows, int64_t cols, int64_t from, int64_t to,
                        Quantised in, void* y);
    Task* (*convert)(const char* from_type, const char* to_type, int64_t count, const void* from, void* to);
    Task* (*attention)(const AttentionTypes& types, const AttentionArgs& args);
    Task* (*repack_int4)(const char* format, int64_t n, int64_t k, const void* codes, const void* zeros,
                         void* plain_codes, void* plain_zeros);
    Task* (*gemm_int8)(int64_t m, int64_t n, int64_t k, const void* a, const void* a_scale, const void* b,
                       const void* b_scale, void* c);
    Task* (*copy_mix)(const void* from, int64_t read, void* to, int64_t written);
};

namespace baseline {
const Library& library();
}
namespace v3 {
const Library& library();
}
namespace v4 {
const Library& library();
}

}  // namespace ridgepoint
