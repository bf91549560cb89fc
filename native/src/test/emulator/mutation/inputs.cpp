#include "mutation/inputs.h"

#include <cstring>
#include <random>

namespace mutation {

std::vector<float> random_floats(size_t count, float low, float high, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<float> values(count);
    for (float& v : values) v = low + (high - low) * ((float)(random() >> 8) / (float)(1 << 24));
    return values;
}

uint16_t to_bf16(float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

double from_bf16(uint16_t code) {
    const uint32_t bits = (uint32_t)code << 16;
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

std::vector<uint16_t> random_bf16(size_t count, unsigned seed) {
    std::vector<uint16_t> codes;
    for (const float value : random_floats(count, -1, 1, seed)) codes.push_back(to_bf16(value));
    return codes;
}

}  // namespace mutation
