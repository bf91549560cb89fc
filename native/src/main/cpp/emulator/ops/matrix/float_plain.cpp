#include <algorithm>

#include "fp/bits.h"
#include "ops/matrix/float_tile.h"

namespace ridgepoint::emulator {
namespace {

// Element i of a register that packs elements of this type.
float element(Type type, uint32_t packed, unsigned i) {
    const unsigned width = bits(type);
    if (type == Type::TF32) return float_of(packed & 0xffffe000u);  // the lower 13 bits are not looked at
    const uint32_t own = width == 32 ? packed : packed >> (i * width) & ((1u << width) - 1);
    return (float)decode(format_of(type), own);
}

float accumulator(const FloatForm& form, uint32_t held) {
    return form.result == Type::F16 ? (float)decode(format_of(Type::F16), held) : float_of(held);
}

}  // namespace

void unpack_plainly(const FloatForm& form, const FragmentRegisters& registers, FloatTile& tile) {
    const Fragment& fragment = form.fragment;
    for (unsigned lane = 0; lane < LANES; lane++) {
        for (unsigned r = 0; r < fragment.registers_of_a(); r++) {
            for (unsigned i = 0; i < fragment.packed; i++) {
                const Place at = fragment.in_a(lane, r, i);
                tile.a[at.column][at.row] = element(form.a, registers.a[r][lane], i);
            }
        }
        for (unsigned r = 0; r < fragment.registers_of_b(); r++) {
            for (unsigned i = 0; i < fragment.packed; i++) {
                const Place at = fragment.in_b(lane, r, i);
                tile.b[at.row][at.column] = element(form.b, registers.b[r][lane], i);
            }
        }
        for (unsigned e = 0; e < fragment.accumulators(); e++) {
            const Place at = Fragment::in_c(lane, e);
            tile.c[at.column][at.row] = form.result == Type::F16 ? element(Type::F16, registers.c[e / 2][lane], e % 2)
                                                                 : float_of(registers.c[e][lane]);
        }
    }
}

FactorNumbers::FactorNumbers(const FloatForm& form, const FloatTile& tile) {
    const int least_a = least_exponent(form.a), least_b = least_exponent(form.b);
    for (unsigned k = 0; k < form.fragment.depth; k++) {
        for (unsigned row = 0; row < TILE_ROWS; row++) a[k][row] = Number::of(tile.a[k][row], least_a);
        for (unsigned column = 0; column < TILE_COLUMNS; column++) b[k][column] = Number::of(tile.b[k][column], least_b);
    }
}

float block_plainly(const FloatForm& form, const Accumulation& how, const FactorNumbers& factors, float c, unsigned row, unsigned column,
                    unsigned k) {
    AlignedSum sum(how);
    sum.add(Number::of(c, least_exponent(form.result)));
    for (unsigned end = std::min(k + how.block, form.fragment.depth); k < end; k++) sum.add_product(factors.a[k][row], factors.b[k][column]);
    return accumulator(form, sum.result());
}

void multiply_plainly(const FloatForm& form, const Accumulation& how, FloatTile& tile) {
    const FactorNumbers factors(form, tile);
    for (unsigned column = 0; column < TILE_COLUMNS; column++) {
        for (unsigned row = 0; row < TILE_ROWS; row++) {
            for (unsigned k = 0; k < form.fragment.depth; k += how.block) {
                tile.c[column][row] = block_plainly(form, how, factors, tile.c[column][row], row, column, k);
            }
        }
    }
}

void pack_plainly(const FloatForm& form, const FloatTile& tile, const FragmentRegisters& registers) {
    for (unsigned lane = 0; lane < LANES; lane++) {
        for (unsigned e = 0; e < form.fragment.accumulators(); e++) {
            const Place at = Fragment::in_c(lane, e);
            const float value = tile.c[at.column][at.row];
            if (form.result != Type::F16) {
                registers.d[e][lane] = bits_of(value);
                continue;
            }
            const uint32_t half = (uint32_t)encode(format_of(Type::F16), value, Rounding::Nearest, Overflow::ToInfinity);
            uint32_t& held = registers.d[e / 2][lane];
            held = e % 2 == 0 ? half : held | half << 16;
        }
    }
}

}  // namespace ridgepoint::emulator
