// How tensor cores add: the one place that says it.
//
// Hardware does not round after every addition. It takes a block of products and the accumulator, finds the largest
// exponent among them, cuts every term towards zero at a fixed number of bits below it, adds what is left exactly, and
// rounds once. A block's result is the accumulator of the next block.
//
// What this rests on (nothing here has been compared with hardware yet):
// - Fasi, Higham, Mikaitis, Pranesh: "Numerical behavior of NVIDIA tensor cores", PeerJ CS 7:e330, 2021 (V100 T4 A100):
//   products exact, subnormals kept, terms aligned and truncated, f32 results cut towards zero, f16 to nearest.
// - Xie, Wang, Yang, Yang: "MMA-Sim", arXiv 2511.10909, 2025, which reports equality with ten GPUs bit by bit: 24
//   fraction bits on Ampere and Ada, 25 on Hopper and Blackwell; blocks of 16 bytes of factors on Ampere and Ada, of 32
//   bytes later; exponents of products not normalised, subnormals at their format's least exponent; fp8 on Ada with 13
//   fraction bits and results of 13; NaN is 0x7fffffff (f32) or 0x7fff (f16); f64 a chain of fused multiply-adds.
// - Khattak, Mikaitis: "Accurate Models of NVIDIA Tensor Cores", arXiv 2512.07004, 2025, reports the same structure.
// fp8 through mma.sync on Hopper uses the 25 bits of its f16 units; the 13 bits known from Hopper are those of wgmma.
#pragma once

#include <cstdint>

#include "decode/types.h"
#include "fp/format.h"

namespace ridgepoint::emulator {

struct Accumulation {
    int fraction_bits;      // kept below the largest exponent of a block
    unsigned block;         // products added in one step
    Format result;          // what a block's sum is rounded to
    Rounding rounding;
    bool half_result;       // f16, else a register of 32 bits

    static Accumulation of(int architecture, Type factors, Type result);
};

// The same, worked out beforehand for whoever asks often.
class Accumulations {
  public:
    Accumulations() = default;
    Accumulations(Type factors, Type result);
    const Accumulation& of(int architecture) const;

  private:
    Accumulation before_ada_{}, ada_{}, later_{};
};

// The least exponent of a format: that of its subnormals too.
int least_exponent(Type type);

// A factor or accumulator taken apart: significand / 2^23 * 2^exponent, the significand below 2 if finite.
struct Number {
    enum class Kind : uint8_t { Finite, Infinite, NaN };
    Kind kind;
    bool negative;
    uint32_t significand;  // 23 fraction bits; 0 for zero
    int exponent;

    // `value` belongs to a format whose exponents start at `least`.
    static Number of(float value, int least);
};

// One block: up to 32 products and an accumulator.
class AlignedSum {
  public:
    explicit AlignedSum(const Accumulation& how) : how_(how) {}
    void add(const Number& value);
    void add_product(const Number& a, const Number& b);
    // The bits of the result: of an f32, or of an f16.
    uint32_t result() const;

  private:
    static constexpr int PRODUCT_FRACTION = 46;
    struct Term {
        bool negative;
        uint64_t significand;  // 46 fraction bits
        int exponent;
    };
    void add_infinity(bool negative);

    const Accumulation& how_;
    Term terms_[40];
    unsigned count_ = 0;
    bool positive_infinity_ = false, negative_infinity_ = false, nan_ = false;
};

}  // namespace ridgepoint::emulator
