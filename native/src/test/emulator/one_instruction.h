// Runs one instruction over many operands: the way of all per-opcode tests.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "device.h"
#include "harness.h"

namespace testing {

// Values of up to three operands, as bits.
typedef std::array<uint64_t, 3> Operands;

// Executes `instruction`, in which $d $a $b $c stand for registers of the given widths (16, 32, 64 bits, or 1 for a
// predicate as result), once for each row. Answers the results as bits.
std::vector<uint64_t> execute(const std::string& instruction, unsigned result_bits, std::array<unsigned, 3> operand_bits,
                              const std::vector<Operands>& rows);

// Numbers where integer instructions go wrong, all pairs of them, and random ones.
std::vector<Operands> integer_rows(unsigned bits, size_t random_rows = 2000);
// The same for floating point: zeros, subnormals, ones, limits, infinities, NaN.
std::vector<Operands> f32_rows(size_t random_rows = 4000);
std::vector<Operands> f64_rows(size_t random_rows = 4000);
std::vector<Operands> half_rows(bool brain, size_t random_rows = 4000);

// Executes and compares with model(a, b, c) on the low bits. Reports operands where they differ.
template <class Model>
void check_instruction(const std::string& instruction, unsigned result_bits, std::array<unsigned, 3> operand_bits,
                       const std::vector<Operands>& rows, Model model) {
    const std::vector<uint64_t> results = execute(instruction, result_bits, operand_bits, rows);
    const uint64_t mask = result_bits == 64 ? ~0ull : (1ull << result_bits) - 1;
    for (size_t i = 0; i < rows.size(); i++) {
        const uint64_t expected = (uint64_t)model(rows[i][0], rows[i][1], rows[i][2]) & mask;
        if ((results[i] & mask) == expected) continue;
        char text[200];
        std::snprintf(text, sizeof text, "%s of %llx, %llx, %llx is %llx, expected %llx", instruction.c_str(),
                      (unsigned long long)rows[i][0], (unsigned long long)rows[i][1], (unsigned long long)rows[i][2],
                      (unsigned long long)(results[i] & mask), (unsigned long long)expected);
        harness::report("instruction", 0, text);
    }
}

template <class To, class From>
To as(From from) {
    To to;
    static_assert(sizeof to == sizeof from, "same size");
    std::memcpy(&to, &from, sizeof to);
    return to;
}
inline float f32(uint64_t bits) { return as<float>((uint32_t)bits); }
inline double f64(uint64_t bits) { return as<double>(bits); }
inline uint64_t bits32(float value) { return value != value ? 0x7fffffffu : as<uint32_t>(value); }

}  // namespace testing
