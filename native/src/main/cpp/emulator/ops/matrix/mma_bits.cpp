// mma.sync of single bits: an element of the result is how many bits of a row of A and a column of B differ, or are both set, added to
// C modulo 2^32.
#include <algorithm>

#include "ops/matrix/mma_form.h"
#include "ops/whole_warp.h"

namespace ridgepoint::emulator {
namespace {

constexpr unsigned WORD = 32, MOST_WORDS = 256 / WORD;

struct BitMma : MmaForm {
    bool both_set = false;  // .and, else .xor
};

Flow multiply(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "mma.sync")) return Flow::Blocked;
    const BitMma& form = *static_cast<const BitMma*>(op.extra);
    const Fragment& fragment = form.fragment;
    const FragmentRegisters registers = form.registers(warp);
    uint32_t a[16][MOST_WORDS], b[8][MOST_WORDS];
    for (unsigned lane = 0; lane < LANES; lane++) {
        for (unsigned r = 0; r < fragment.registers_of_a(); r++) {
            const Place at = fragment.in_a(lane, r, 0);
            a[at.row][at.column / WORD] = registers.a[r][lane];
        }
        for (unsigned r = 0; r < fragment.registers_of_b(); r++) {
            const Place at = fragment.in_b(lane, r, 0);
            b[at.column][at.row / WORD] = registers.b[r][lane];
        }
    }
    // All of C is read before any of D is written: the same registers may stand in both, in another order.
    uint32_t result[MOST_C][LANES];
    for (unsigned e = 0; e < fragment.accumulators(); e++) {
        for (unsigned lane = 0; lane < LANES; lane++) {
            const Place at = Fragment::in_c(lane, e);
            uint32_t sum = registers.c[e][lane];
            for (unsigned word = 0; word < fragment.depth / WORD; word++) {
                const uint32_t x = a[at.row][word], y = b[at.column][word];
                sum += (uint32_t)__builtin_popcount(form.both_set ? x & y : x ^ y);
            }
            result[e][lane] = sum;
        }
    }
    for (unsigned e = 0; e < fragment.accumulators(); e++) std::copy(result[e], result[e] + LANES, registers.d[e]);
    form.count(warp);
    return Flow::Next;
}

}  // namespace

void decode_bit_mma(Decoder& d, const MmaShape& shape) {
    BitMma form;
    form.both_set = d.take("and");
    if (!form.both_set) d.require("xor");
    d.require("popc");
    for (const char* type : {"s32", "b1", "b1", "s32"}) d.require(type);
    const bool known = (shape.rows == 8 && shape.depth == 128) || (shape.rows == 16 && (shape.depth == 128 || shape.depth == 256));
    if (!known) d.refuse("." + shape.name() + " is not a shape of .b1");
    form.fragment = {shape.rows, shape.depth, WORD};
    form.bind(d, Type::B32, Type::B32, form.fragment.accumulators());
    form.name_counter("b1");
    d.emit(InstructionClass::Matrix, multiply, {}).extra = d.keep(form);
}

}  // namespace ridgepoint::emulator
