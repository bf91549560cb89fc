// mma.sync of s8, u8, s4, u4.
#include <optional>

#include "ops/matrix/integer_tile.h"
#include "ops/matrix/mma_form.h"
#include "ops/whole_warp.h"

namespace ridgepoint::emulator {
namespace {

constexpr IntegerType TYPES[] = {{"s8", 8, true}, {"u8", 8, false}, {"s4", 4, true}, {"u4", 4, false}};

struct IntegerMma : MmaForm {
    IntegerForm values;
};

Flow multiply(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "mma.sync")) return Flow::Blocked;
    const IntegerMma& form = *static_cast<const IntegerMma*>(op.extra);
    multiply_integers_quickly(form.values, form.registers(warp));
    form.count(warp);
    return Flow::Next;
}

std::optional<IntegerType> take_integer(Decoder& d) {
    for (const IntegerType& type : TYPES) {
        if (d.front() == type.name) {
            d.take(type.name);
            return type;
        }
    }
    return std::nullopt;
}

bool has_shape(const IntegerType& type, const MmaShape& shape) {
    const unsigned least = 128 / type.bits;  // of a row of 16 bytes
    return (shape.rows == 8 && shape.depth == least) || (shape.rows == 16 && (shape.depth == least || shape.depth == 2 * least));
}

}  // namespace

void decode_integer_mma(Decoder& d, const MmaShape& shape) {
    const bool clamp = d.take("satfinite");
    d.require("s32");
    const auto a = take_integer(d), b = take_integer(d);
    d.require("s32");
    if (!a || !b || a->bits != b->bits) d.refuse("these factors are not supported");
    if (!has_shape(*a, shape)) d.refuse("." + shape.name() + " is not a supported shape of ." + a->name);
    IntegerMma form;
    form.fragment = {shape.rows, shape.depth, 32 / a->bits};
    form.values = {form.fragment, *a, *b, clamp};
    form.bind(d, Type::B32, Type::B32, form.fragment.accumulators());
    form.name_counter(std::string(a->name) == b->name ? std::string(a->name) : std::string(a->name) + "." + b->name);
    d.emit(InstructionClass::Matrix, multiply, {}).extra = d.keep(form);
}

}  // namespace ridgepoint::emulator
