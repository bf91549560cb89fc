// mma.sync of f16, bf16, tf32, e4m3, e5m2.
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "ops/matrix/float_tile.h"
#include "ops/matrix/mma_form.h"
#include "ops/whole_warp.h"

namespace ridgepoint::emulator {
namespace {

struct FloatMma : MmaForm {
    FloatForm values;
    Accumulations sums;
    bool runs_wide = false;
};

Flow multiply(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "mma.sync")) return Flow::Blocked;
    const FloatMma& form = *static_cast<const FloatMma*>(op.extra);
    const FragmentRegisters registers = form.registers(warp);
    const Environment& environment = warp.cta().launch().environment;
    const Accumulation& how = form.sums.of(environment.device.architecture);
    form.count(warp);
    if (form.runs_wide && environment.execution.wide_vectors && multiply_wide(form.values, how, registers)) return Flow::Next;
    FloatTile tile;
    unpack_quickly(form.values, registers, tile);
    multiply_quickly(form.values, how, tile);
    pack_quickly(form.values, tile, registers);
    return Flow::Next;
}

bool is_fp8(Type type) { return type == Type::E4M3 || type == Type::E5M2; }

// The depths that a format has at M = 16: half a row of 32 bytes, and the whole.
bool has_shape(Type type, const MmaShape& shape) {
    const unsigned whole = 32 / bytes(type);
    return shape.rows == 16 && (shape.depth == whole || shape.depth == whole / 2);
}

}  // namespace

void decode_float_mma(Decoder& d, const MmaShape& shape) {
    const Type result = d.type(), a = d.type(), b = d.type(), c = d.type();
    const bool known = a == Type::F16 || a == Type::BF16 || a == Type::TF32 || is_fp8(a);
    if (!known || (a != b && !(is_fp8(a) && is_fp8(b)))) d.refuse("these factors are not supported");
    if (!has_shape(a, shape)) d.refuse("." + shape.name() + " is not a supported shape of ." + name(a));
    const bool half = result == Type::F16 && (a == Type::F16 || is_fp8(a));
    if (result != c || (result != Type::F32 && !half)) d.refuse("accumulators of this type are not supported");

    FloatMma form;
    form.fragment = {shape.rows, shape.depth, 4 / bytes(a)};
    form.values = {form.fragment, a, b, result};
    form.sums = Accumulations(a, result);
    form.runs_wide = runs_wide(form.values);
    form.bind(d, Type::B32, Type::B32, result == Type::F16 ? 2 : 4);
    form.name_counter(a == b ? std::string(name(a)) : std::string(name(a)) + "." + name(b));
    d.emit(InstructionClass::Matrix, multiply, {}).extra = d.keep(form);
}

}  // namespace ridgepoint::emulator
