// SHA-256's compression function (FIPS 180-4), of which each processor has its fastest form.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ridgepoint {

constexpr size_t kBlockBytes = 64;
constexpr size_t kStateWords = 8;

// In the order of their speed where the processor has them.
enum class Form : int32_t { kPlain, kBmi, kAvx2, kSha };

// Takes `blocks` blocks of 64 bytes into the eight words of the state.
void compress(Form form, uint32_t* state, const uint8_t* bytes, size_t blocks);

// Whether this processor has what a form needs.
bool has(Form form);

// The fastest form that this processor has and that agrees with the plain one on a made-up text.
Form fastest();

}  // namespace ridgepoint
