// Codes of eight bits as pairs of bf16, which has all of them exactly.
#pragma once

#include <cstdint>

// Signed bytes.
struct Int8Code {
    uint8_t bits;
};

// e4m3, of which 0x7f and 0xff are no numbers.
struct E4m3Code {
    uint8_t bits;
};

// a * b + c, each a pair.
__device__ inline uint32_t multiply_add_pairs(uint32_t a, uint32_t b, uint32_t c) {
    uint32_t d;
    asm("fma.rn.bf16x2 %0, %1, %2, %3;" : "=r"(d) : "r"(a), "r"(b), "r"(c));
    return d;
}

// `two` has a byte in the low half of either half.
__device__ inline uint32_t bf16_of_int8(uint32_t two) {
    constexpr uint32_t minus_one = 0xbf80bf80;
    // 0x4300 is 128, whose last place is 1: seven bits on top of it are added, and the sign bit makes it 256.
    uint32_t biased = two | 0x43004300;
    return multiply_add_pairs(biased & 0xff80ff80, minus_one, biased & 0xff7fff7f);
}

// `two` has a byte in the high half of either half. A code that is no number becomes 480, as no other code does.
__device__ inline uint32_t bf16_of_e4m3(uint32_t two) {
    // In place of bf16's exponent and significand the code is the number times 2^(7 - 127).
    constexpr uint32_t rebias = 0x7b807b80, minus_zero = 0x80008000;
    return multiply_add_pairs(two & 0x80008000 | two >> 4 & 0x07f007f0, rebias, minus_zero);
}

// Four neighbours from the word at p on, as two pairs.
__device__ inline void unpack_four(Int8Code, uint32_t word, uint32_t* pairs) {
    pairs[0] = bf16_of_int8(__byte_perm(word, 0, 0x4140));
    pairs[1] = bf16_of_int8(__byte_perm(word, 0, 0x4342));
}

__device__ inline void unpack_four(E4m3Code, uint32_t word, uint32_t* pairs) {
    pairs[0] = bf16_of_e4m3(__byte_perm(word, 0, 0x1404));
    pairs[1] = bf16_of_e4m3(__byte_perm(word, 0, 0x3424));
}

// Whether some codes of a type are no numbers and unpack_four does not see to them.
template <class Stored>
constexpr bool kLacksNumbers = false;
template <>
constexpr bool kLacksNumbers<E4m3Code> = true;

// Highest bits of bytes that are no numbers: such a magnitude alone carries into the sign's place. Other bits mean nothing.
__device__ inline uint32_t no_numbers(uint32_t word) { return (word & 0x7f7f7f7f) + 0x01010101; }

// NaN in either half of `two` whose byte of `carries` has its highest bit; `bytes` are prmt's selectors, each byte twice, with
// the bit that spreads its sign.
template <uint32_t bytes>
__device__ uint32_t nan_where(uint32_t two, uint32_t carries) {
    uint32_t halves;
    asm("prmt.b32 %0, %1, 0, %2;" : "=r"(halves) : "r"(carries), "n"(bytes));
    return two | halves & 0x7fff7fff;
}
