// wmma.mma: one mma.sync for every 16 x 8 of the result, by the same arithmetic; of 8 x 8, it is one.
#include <algorithm>
#include <cstring>

#include "decode/opcode.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "ops/matrix/float_tile.h"
#include "ops/matrix/integer_tile.h"
#include "ops/matrix/mma_form.h"
#include "ops/matrix/wmma_form.h"
#include "ops/named_count.h"
#include "ops/whole_warp.h"

namespace ridgepoint::emulator {
namespace {

struct WmmaProduct {
    WmmaFragment a, b, c, d;
    Ref registers_a[MOST_WMMA], registers_b[MOST_WMMA], registers_c[MOST_WMMA], registers_d[MOST_WMMA];
    // Of one block: what its sums are, and the same with the type that C, or D, is held in.
    FloatForm sums, held_c, held_d;
    IntegerForm integers;  // the same for s8 and u8
    bool of_integers = false;
    bool runs_wide = false;
    std::string counter;
    uint64_t flops = 0;
};

// Where results wait until all of C was read, whose registers may be those of D; and what the absent rows of a block of 8
// read and write.
struct Workspace {
    uint32_t results[MOST_WMMA][LANES];
    uint32_t zeros[LANES] = {};
    uint32_t dropped[LANES];
};

// The registers of one block, as mma.sync would have them. Of 8 rows, floats are computed as 16 of which the rest is zero.
FragmentRegisters block_of(Warp& warp, const WmmaProduct& product, unsigned row, unsigned column, Workspace& space) {
    FragmentRegisters found{};
    const unsigned of_a = product.a.registers_of_block(), of_b = product.b.registers_of_block();
    const unsigned of_c = product.c.registers_of_block(), of_d = product.d.registers_of_block();
    const unsigned spread = product.c.shape.m == 8 && !product.of_integers ? 2 : 1;
    for (unsigned i = 0; i < of_a; i++) {
        found.a[i * spread] = warp.read<uint32_t>(product.registers_a[row * of_a + i]);
        if (spread == 2) found.a[i * spread + 1] = space.zeros;
    }
    for (unsigned i = 0; i < of_b; i++) found.b[i] = warp.read<uint32_t>(product.registers_b[column * of_b + i]);
    const unsigned block = row + column;
    for (unsigned i = 0; i < of_c; i++) found.c[i] = warp.read<uint32_t>(product.registers_c[block * of_c + i]);
    for (unsigned i = 0; i < of_d; i++) found.d[i] = space.results[block * of_d + i];
    if (spread == 2) {
        for (unsigned i = of_c; i < 2 * of_c; i++) found.c[i] = space.zeros;
        for (unsigned i = of_d; i < 2 * of_d; i++) found.d[i] = space.dropped;
    }
    return found;
}

Flow multiply(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "wmma.mma")) return Flow::Blocked;
    const WmmaProduct& product = *static_cast<const WmmaProduct*>(op.extra);
    const Accumulation how = Accumulation::of(warp.cta().launch().environment.device.architecture,
                                              product.of_integers ? Type::F16 : product.sums.a, product.sums.result);
    const bool wide = product.runs_wide && warp.cta().launch().environment.execution.wide_vectors;
    Workspace space;
    for (unsigned row = 0; row < product.a.blocks(); row++) {
        for (unsigned column = 0; column < product.b.blocks(); column++) {
            const FragmentRegisters registers = block_of(warp, product, row, column, space);
            if (product.of_integers) {
                multiply_integers_quickly(product.integers, registers);
                continue;
            }
            if (wide && multiply_wide(product.sums, how, registers)) continue;
            FloatTile tile;
            unpack_quickly(product.held_c, registers, tile);
            multiply_quickly(product.sums, how, tile);
            pack_quickly(product.held_d, tile, registers);
        }
    }
    for (unsigned i = 0; i < product.d.registers(); i++) {
        std::memcpy(warp.write<uint32_t>(product.registers_d[i]), space.results[i], sizeof space.results[i]);
    }
    NamedCounts::add(warp, product.counter, product.flops);
    return Flow::Next;
}

// The types behind the shape: .f32.f32 of f16 factors, .f32.bf16.bf16.f32, .s32.s8.s8.s32 ...
struct WmmaTypes {
    Type result, a = Type::F16, b = Type::F16, accumulator;

    static WmmaTypes take(Decoder& d) {
        WmmaTypes types;
        types.result = d.type();
        types.accumulator = d.type();
        if (!d.has_type()) return types;
        types.a = types.accumulator;
        types.b = d.type();
        types.accumulator = d.type();
        return types;
    }
    bool integers() const { return a == Type::S8 || a == Type::U8; }
    void require_known(const Decoder& d) const {
        const bool factors = a == b && (a == Type::F16 || a == Type::BF16 || a == Type::TF32 || integers());
        if (!factors) d.refuse("these factors are not supported");
        const auto holds = [this](Type type) {
            return integers() ? type == Type::S32 : type == Type::F32 || (type == Type::F16 && a == Type::F16);
        };
        if (!holds(result) || !holds(accumulator)) d.refuse("accumulators of these types are not supported");
    }
};

// Elements smaller than a byte lie along k.
void require_row_col(const Decoder& d) {
    const auto& all = d.instruction().modifiers;
    const auto row = std::find(all.begin(), all.end(), "row"), col = std::find(all.begin(), all.end(), "col");
    if (row == all.end() || col == all.end() || col < row) d.refuse("only .row.col is a layout of these factors");
}

void decode_product(Decoder& d) {
    d.require("sync");
    d.require("aligned");
    // Fragments know where their elements belong, however they were loaded.
    for (int i = 0; i < 2; i++) {
        if (!d.take("row") && !d.take("col")) d.refuse("needs the layouts of A and B");
    }
    const WmmaShape shape = WmmaShape::take(d);
    if (shape.k == 4) return decode_double_mma(d, {shape.m, shape.k});
    if (shape.k >= 32) require_row_col(d);
    if (shape.k == 32) return decode_integer_mma(d, {shape.m, shape.k});
    if (shape.k == 128) return decode_bit_mma(d, {shape.m, shape.k});
    const bool clamp = d.take("satfinite");
    const WmmaTypes types = WmmaTypes::take(d);
    types.require_known(d);
    if ((shape.k == 8) != (types.a == Type::TF32)) d.refuse("." + shape.name() + " is not a shape of ." + name(types.a));
    if (clamp && !types.integers()) d.refuse(".satfinite is for integers");

    WmmaProduct product;
    product.of_integers = types.integers();
    const bool eight = types.a == Type::F16;
    product.a = {WmmaPart::A, shape, bits(types.a), eight};
    product.b = {WmmaPart::B, shape, bits(types.b), eight};
    product.c = {WmmaPart::C, shape, bits(types.accumulator), false};
    product.d = {WmmaPart::C, shape, bits(types.result), false};
    const Fragment block = product.a.block();
    // Where one of C and D is of f32, sums are; a D of f16 is what those are rounded to.
    const Type sums = types.accumulator == Type::F16 ? types.result : types.accumulator;
    product.held_c = {{16, shape.k, block.packed}, types.a, types.b, types.accumulator};
    product.held_d = product.sums = product.held_c;
    product.held_d.result = types.result;
    product.sums.result = sums;
    product.runs_wide = runs_wide(product.held_c) && runs_wide(product.held_d);
    const IntegerType integer{name(types.a), 8, types.a == Type::S8};
    product.integers = {block, integer, integer, clamp};
    product.counter = "mma." + shape.name() + "." + name(types.a) + ".flops";
    product.flops = 2ull * shape.m * shape.n * shape.k;
    d.expect_operands(4);
    bind_wmma(d, 1, product.a, product.registers_a, false);
    bind_wmma(d, 2, product.b, product.registers_b, false);
    bind_wmma(d, 3, product.c, product.registers_c, false);
    bind_wmma(d, 0, product.d, product.registers_d, true);
    d.emit(InstructionClass::Matrix, multiply, {}).extra = d.keep(product);
}

const Opcode wmma_mma("wmma.mma", decode_product);

}  // namespace
}  // namespace ridgepoint::emulator
