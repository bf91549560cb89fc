// What the forms of mma.sync have in common: a shape, two factors, accumulators, and where their registers are.
#pragma once

#include <iterator>
#include <string>
#include <string_view>

#include "decode/decoder.h"
#include "exec/warp.h"
#include "ops/matrix/fragment.h"
#include "ops/named_count.h"

namespace ridgepoint::emulator {

constexpr unsigned MOST_A = 8, MOST_B = 4, MOST_C = 4;  // registers of a fragment

struct MmaForm {
    Fragment fragment;
    Ref a[MOST_A], b[MOST_B], c[MOST_C], d[MOST_C];
    std::string counter;  // "mma.m16n8k16.bf16.flops"
    uint64_t flops = 0;

    // Binds the four vectors of registers. `held` is the type of a factor's registers, `result` of an accumulator's,
    // of which there are `accumulators`.
    void bind(Decoder& d, Type held, Type result, unsigned accumulators);
    // `factors` as written: "bf16", or "e4m3.e5m2" where the two differ.
    void name_counter(std::string_view factors);
    // Of factors and accumulators of 32 bits. What a form has not got points anywhere.
    FragmentRegisters registers(Warp& warp) const {
        FragmentRegisters found;
        for (unsigned i = 0; i < std::size(found.a); i++) found.a[i] = warp.read<uint32_t>(a[i]);
        for (unsigned i = 0; i < std::size(found.b); i++) found.b[i] = warp.read<uint32_t>(b[i]);
        for (unsigned i = 0; i < std::size(found.c); i++) {
            found.c[i] = warp.read<uint32_t>(c[i]);
            found.d[i] = warp.write<uint32_t>(d[i]);
        }
        return found;
    }
    void count(Warp& warp) const { NamedCounts::add(warp, counter, flops); }
};

// ".m16n8k16" as M and K; N is 8 in all.
struct MmaShape {
    unsigned rows, depth;
    // Takes the shape; refuses what is none.
    static MmaShape take(Decoder& d);
    std::string name() const { return "m" + std::to_string(rows) + "n8k" + std::to_string(depth); }
};

// Decoders of the families; `shape` has been taken, and .row.col. The types are left: d, a, b, c.
void decode_float_mma(Decoder& d, const MmaShape& shape);
void decode_double_mma(Decoder& d, const MmaShape& shape);
void decode_integer_mma(Decoder& d, const MmaShape& shape);
// .xor.popc or .and.popc is left, too.
void decode_bit_mma(Decoder& d, const MmaShape& shape);

}  // namespace ridgepoint::emulator
