#include "model/matrix_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace model {
namespace {

const Number NUMBERS[] = {
    {"f16", 16, 5, 10, 0, true},  {"bf16", 16, 8, 7, 0, true},  {"tf32", 32, 8, 10, 13, true},
    {"e4m3", 8, 4, 3, 0, false},  {"e5m2", 8, 5, 2, 0, true},   {"f32", 32, 8, 23, 0, true},
};

// Exponent with a significand in [1, 2), or the format's least for what is smaller.
int exponent_of(double value, const Number& type) { return std::max(std::ilogb(value), 1 - type.bias()); }

// Rounds to `mantissa_bits` by counting steps of that size: towards zero, or to nearest even.
uint32_t bits_of_result(double value, const Number& type, int mantissa_bits, bool nearest) {
    const double magnitude = std::fabs(value);
    if (magnitude == 0) return 0;
    const uint32_t sign = value < 0 ? 1u << (type.bits - 1) : 0;
    const int exponent = exponent_of(magnitude, type);
    const double steps = std::ldexp(magnitude, mantissa_bits - exponent);  // exact
    const uint64_t kept = (uint64_t)(nearest ? std::nearbyint(steps) : std::trunc(steps));
    const bool subnormal = kept < 1ull << mantissa_bits;
    const uint64_t above = subnormal ? 0 : (uint64_t)(exponent + type.bias() - 1) << type.mantissa_bits;
    const uint64_t code = above + (kept << (type.mantissa_bits - mantissa_bits));
    const uint32_t infinity = ((1u << type.exponent_bits) - 1) << type.mantissa_bits;
    return sign | (exponent > type.bias() || code >= infinity ? infinity : (uint32_t)code);
}

}  // namespace

const Number& number(const std::string& name) {
    for (const Number& type : NUMBERS) {
        if (type.name == name) return type;
    }
    throw std::invalid_argument(name);
}

double Number::value(uint32_t code) const {
    code >>= ignored_bits;
    const uint32_t fraction = code & ((1u << mantissa_bits) - 1);
    const int exponent = (int)(code >> mantissa_bits & ((1u << exponent_bits) - 1));
    const double sign = code >> (mantissa_bits + exponent_bits) & 1 ? -1.0 : 1.0;
    const int top = (1 << exponent_bits) - 1;
    if (infinities && exponent == top) {
        return fraction != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * std::numeric_limits<double>::infinity();
    }
    if (!infinities && exponent == top && fraction == (1u << mantissa_bits) - 1) return std::numeric_limits<double>::quiet_NaN();
    if (exponent == 0) return sign * std::ldexp((double)fraction, 1 - bias() - mantissa_bits);
    return sign * std::ldexp(1.0 + std::ldexp((double)fraction, -mantissa_bits), exponent - bias());
}

// PTX ISA: "row = groupID for a0, a1 ..., groupID + 8 otherwise; col = ...", by the number of the register.
Cell cell_of_a(int m, int bits, int lane, int i) {
    const int group = lane >> 2, thread = lane % 4;
    const int packed = bits >= 32 ? 1 : 32 / bits;
    if (m == 8) return {group, thread * packed + i};
    const int reg = i / packed;
    const bool upper_rows = reg % 2 == 0;
    return {upper_rows ? group : group + 8, thread * packed + i % packed + (reg / 2) * 4 * packed};
}

Cell cell_of_b(int bits, int lane, int i) {
    const int group = lane >> 2, thread = lane % 4;
    const int packed = bits >= 32 ? 1 : 32 / bits;
    return {thread * packed + i % packed + (i / packed) * packed * 4, group};
}

Cell cell_of_c(int lane, int i) { return {i < 2 ? lane >> 2 : (lane >> 2) + 8, (lane % 4) * 2 + (i & 1)}; }

uint32_t tensor_dot(int architecture, const Number& a_type, const Number& b_type, const Number& result,
                    const std::vector<double>& a, const std::vector<double>& b, double c) {
    const bool short_sums = a_type.bits == 8 && architecture == 89;
    const int fraction = short_sums ? 13 : architecture >= 90 ? 25 : 24;
    const size_t width = (size_t)((architecture >= 90 ? 256 : 128) / a_type.bits);
    const bool half = result.name == "f16";
    uint32_t bits = 0;
    for (size_t first = 0; first < a.size(); first += width) {
        const size_t end = std::min(a.size(), first + width);
        double plain = c;
        for (size_t k = first; k < end; k++) plain += a[k] * b[k];
        if (std::isnan(plain)) {
            c = plain;
            bits = half ? 0x7fff : 0x7fffffff;
            continue;
        }
        if (std::isinf(plain)) {
            c = plain;
            bits = (half ? 0x7c00u : 0x7f800000u) | (plain < 0 ? (half ? 0x8000u : 0x80000000u) : 0u);
            continue;
        }
        int largest = c == 0 ? -126 : std::max(-126, exponent_of(c, result));
        for (size_t k = first; k < end; k++) {
            if (a[k] != 0 && b[k] != 0) largest = std::max(largest, exponent_of(a[k], a_type) + exponent_of(b[k], b_type));
        }
        double sum = std::trunc(std::ldexp(c, fraction - largest));
        for (size_t k = first; k < end; k++) sum += std::trunc(std::ldexp(a[k] * b[k], fraction - largest));
        bits = bits_of_result(std::ldexp(sum, largest - fraction), result, half ? 10 : short_sums ? 13 : 23, half);
        c = result.value(bits);
    }
    return bits;
}

}  // namespace model
