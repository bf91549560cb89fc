#include "ops/matrix/accumulation.h"

#include <algorithm>

#include "fp/bits.h"

namespace ridgepoint::emulator {
namespace {

constexpr int ADA = 89;
constexpr int HOPPER = 90;
constexpr int LEAST_F32 = -126;
constexpr Format SHORT_F32{8, 13, 10, true};  // an f32 of 13 fraction bits, in the upper part of the register

bool is_fp8(Type type) { return type == Type::E4M3 || type == Type::E5M2; }

}  // namespace

Accumulation Accumulation::of(int architecture, Type factors, Type result) {
    const bool short_sums = architecture == ADA && is_fp8(factors);
    const unsigned bytes_a_block = architecture >= HOPPER ? 32 : 16;
    Accumulation how{};
    how.fraction_bits = short_sums ? 13 : architecture >= HOPPER ? 25 : 24;
    how.block = bytes_a_block / bytes(factors);
    how.half_result = result == Type::F16;
    how.result = how.half_result ? format_of(Type::F16) : short_sums ? SHORT_F32 : format_of(Type::F32);
    how.rounding = how.half_result ? Rounding::Nearest : Rounding::Zero;
    return how;
}

Accumulations::Accumulations(Type factors, Type result)
    : before_ada_(Accumulation::of(ADA - 1, factors, result)), ada_(Accumulation::of(ADA, factors, result)), later_(Accumulation::of(HOPPER, factors, result)) {}

const Accumulation& Accumulations::of(int architecture) const {
    return architecture < ADA ? before_ada_ : architecture < HOPPER ? ada_ : later_;
}

int least_exponent(Type type) { return 1 - format_of(type).bias(); }

Number Number::of(float value, int least) {
    const uint32_t bits = bits_of(value);
    const bool negative = bits >> 31;
    const int biased = (int)(bits >> 23 & 0xff);
    const uint32_t fraction = bits & 0x7fffffu;
    if (biased == 0xff) return {fraction != 0 ? Kind::NaN : Kind::Infinite, negative, 0, 0};
    const uint32_t significand = biased == 0 ? fraction : fraction | 0x800000u;
    const int exponent = std::max(biased, 1) - 127;
    // Subnormals of narrower formats are normal floats: put them back below one.
    const int below = std::max(least - exponent, 0);
    return {Kind::Finite, negative, below > 23 ? 0 : significand >> below, exponent + below};
}

void AlignedSum::add_infinity(bool negative) { (negative ? negative_infinity_ : positive_infinity_) = true; }

void AlignedSum::add(const Number& value) {
    if (value.kind == Number::Kind::NaN) {
        nan_ = true;
    } else if (value.kind == Number::Kind::Infinite) {
        add_infinity(value.negative);
    } else if (value.significand != 0) {
        terms_[count_++] = {value.negative, (uint64_t)value.significand << 23, value.exponent};
    }
}

void AlignedSum::add_product(const Number& a, const Number& b) {
    const auto is = [&](Number::Kind kind) { return a.kind == kind || b.kind == kind; };
    const auto zero = [](const Number& n) { return n.kind == Number::Kind::Finite && n.significand == 0; };
    if (is(Number::Kind::NaN) || (is(Number::Kind::Infinite) && (zero(a) || zero(b)))) {
        nan_ = true;
    } else if (is(Number::Kind::Infinite)) {
        add_infinity(a.negative != b.negative);
    } else if (!zero(a) && !zero(b)) {
        terms_[count_++] = {a.negative != b.negative, (uint64_t)a.significand * b.significand, a.exponent + b.exponent};
    }
}

uint32_t AlignedSum::result() const {
    const uint32_t infinity = (uint32_t)(how_.result.infinity() << how_.result.shift);
    if (nan_ || (positive_infinity_ && negative_infinity_)) return how_.half_result ? F16_NAN : F32_NAN;
    if (positive_infinity_) return infinity;
    const uint32_t sign = how_.half_result ? 0x8000u : 0x80000000u;
    if (negative_infinity_) return sign | infinity;

    int largest = LEAST_F32;  // an accumulator takes part even where it is zero
    for (unsigned i = 0; i < count_; i++) largest = std::max(largest, terms_[i].exponent);
    int64_t sum = 0;
    for (unsigned i = 0; i < count_; i++) {
        const int cut = PRODUCT_FRACTION - how_.fraction_bits + largest - terms_[i].exponent;
        const int64_t kept = cut > 63 ? 0 : (int64_t)(terms_[i].significand >> cut);
        sum += terms_[i].negative ? -kept : kept;
    }
    if (sum == 0) return 0;
    const bool negative = sum < 0;
    const uint64_t magnitude = (uint64_t)(negative ? -sum : sum);
    const int unit = largest - how_.fraction_bits;
    const bool beyond = unit + 63 - __builtin_clzll(magnitude) > how_.result.bias();
    if (beyond) return (negative ? sign : 0) | infinity;
    return (uint32_t)round_to(how_.result, negative, magnitude, unit, how_.rounding, Overflow::ToInfinity);
}

}  // namespace ridgepoint::emulator
