// mma.sync of f64: each element is a chain of fused multiply-adds from the accumulator on, in order of k.
#include <cmath>

#include "ops/matrix/mma_form.h"
#include "ops/whole_warp.h"

namespace ridgepoint::emulator {
namespace {

Flow multiply(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "mma.sync")) return Flow::Blocked;
    const MmaForm& form = *static_cast<const MmaForm*>(op.extra);
    const Fragment& fragment = form.fragment;
    double a[16][16], b[16][8], c[16][8];
    for (unsigned r = 0; r < fragment.registers_of_a(); r++) {
        const double* lanes = warp.read<double>(form.a[r]);
        for (unsigned lane = 0; lane < LANES; lane++) {
            const Place at = fragment.in_a(lane, r, 0);
            a[at.row][at.column] = lanes[lane];
        }
    }
    for (unsigned r = 0; r < fragment.registers_of_b(); r++) {
        const double* lanes = warp.read<double>(form.b[r]);
        for (unsigned lane = 0; lane < LANES; lane++) {
            const Place at = fragment.in_b(lane, r, 0);
            b[at.row][at.column] = lanes[lane];
        }
    }
    for (unsigned e = 0; e < fragment.accumulators(); e++) {
        const double* lanes = warp.read<double>(form.c[e]);
        for (unsigned lane = 0; lane < LANES; lane++) {
            const Place at = Fragment::in_c(lane, e);
            c[at.row][at.column] = lanes[lane];
        }
    }
    for (unsigned row = 0; row < fragment.rows; row++) {
        for (unsigned k = 0; k < fragment.depth; k++) {
            for (unsigned n = 0; n < 8; n++) c[row][n] = std::fma(a[row][k], b[k][n], c[row][n]);
        }
    }
    for (unsigned e = 0; e < fragment.accumulators(); e++) {
        double* lanes = warp.write<double>(form.d[e]);
        for (unsigned lane = 0; lane < LANES; lane++) {
            const Place at = Fragment::in_c(lane, e);
            lanes[lane] = c[at.row][at.column];
        }
    }
    form.count(warp);
    return Flow::Next;
}

}  // namespace

void decode_double_mma(Decoder& d, const MmaShape& shape) {
    for (unsigned i = 0; i < 4; i++) {
        if (d.type() != Type::F64) d.refuse("all four types must be f64");
    }
    const bool known = (shape.rows == 8 && shape.depth == 4) ||
                       (shape.rows == 16 && (shape.depth == 4 || shape.depth == 8 || shape.depth == 16));
    if (!known) d.refuse("." + shape.name() + " is not a shape of .f64");
    if (d.rounding(Rounding::Nearest) != Rounding::Nearest) d.refuse("only rounding to nearest is supported");
    MmaForm form;
    form.fragment = {shape.rows, shape.depth, 1};
    form.bind(d, Type::F64, Type::F64, form.fragment.accumulators());
    form.name_counter("f64");
    d.emit(InstructionClass::Matrix, multiply, {}).extra = d.keep(form);
}

}  // namespace ridgepoint::emulator
