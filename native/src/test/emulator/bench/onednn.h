// The same work by oneDNN, as a measure of what the emulator costs on whatever machine it runs.
#pragma once

#include <functional>
#include <string>

namespace bench {

struct Rival {
    std::string what;         // "fp32 matmul 1024^3"
    std::function<void()> run;  // empty where there is none
};

// Instruction set limited to AVX-512 core, so that figures of machines with AMX or wider formats compare; what the
// machine allows of it is `onednn_version()`'s to say.
std::string onednn_version();
// n x n fp32.
Rival onednn_matmul(int n);
// product + softmax + product of [heads, length, depth], in bf16 where oneDNN has that on this machine, else in fp32.
Rival onednn_attention(int heads, int length, int depth);

}  // namespace bench
