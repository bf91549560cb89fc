// Matrix instructions as the ISA's text and the published measurements put them: written from the definitions, apart
// from the emulator's own code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace model {

// A floating-point format by its numbers: "f16", "bf16", "tf32", "e4m3", "e5m2", "f32".
struct Number {
    std::string name;
    int bits, exponent_bits, mantissa_bits, ignored_bits;
    bool infinities;
    int bias() const { return (1 << (exponent_bits - 1)) - 1; }
    double value(uint32_t code) const;
};
const Number& number(const std::string& name);

// Where an element of a fragment lies.
struct Cell {
    int row, column;
};
// Element `i` counted over the registers of lane `lane`, `bits` wide: of A with m rows, of B, and of C.
Cell cell_of_a(int m, int bits, int lane, int i);
Cell cell_of_b(int bits, int lane, int i);
Cell cell_of_c(int lane, int i);

// One element of A B + C on tensor cores of this architecture. Answers the bits of the result.
uint32_t tensor_dot(int architecture, const Number& a_type, const Number& b_type, const Number& result,
                    const std::vector<double>& a, const std::vector<double>& b, double c);

}  // namespace model
