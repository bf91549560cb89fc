// cvt: decoding, and the plain execution of what has no vector code. cvt.pack too.
#include <algorithm>
#include <limits>

#include "decode/opcode.h"
#include "exec/lanes.h"
#include "fp/half.h"
#include "ops/convert_form.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Convert;

const ConvertForm& form_of(const Op& op) { return *static_cast<const ConvertForm*>(op.extra); }

template <class To, class From>
Flow convert(Warp& warp, const Op& op, LaneMask active) {
    const ConvertForm& form = form_of(op);
    const From* from = warp.read<From>(op.operand[1]);
    To* to = warp.write<To>(op.operand[0]);
    for_active(active, [&](unsigned i) { to[i] = (To)convert_value(form, from[i]); });
    return Flow::Next;
}

template <class To>
Exec from_width(unsigned width) {
    return width == 16 ? (Exec)convert<To, uint16_t> : width == 32 ? (Exec)convert<To, uint32_t> : (Exec)convert<To, uint64_t>;
}

Exec plain_conversion(const ConvertForm& form) {
    const unsigned from = register_bits(form.from), to = register_bits(form.to);
    return to == 16 ? from_width<uint16_t>(from) : to == 32 ? from_width<uint32_t>(from) : from_width<uint64_t>(from);
}

// --- pairs: the first source goes to the upper half ---

struct PairType {
    Type element;
    unsigned bits;
};

bool is_pair(Type type) { return type == Type::F16X2 || type == Type::BF16X2 || type == Type::E4M3X2 || type == Type::E5M2X2; }

Type element_of(Type type) {
    switch (type) {
        case Type::F16X2: return Type::F16;
        case Type::BF16X2: return Type::BF16;
        case Type::E4M3X2: return Type::E4M3;
        case Type::E5M2X2: return Type::E5M2;
        default: return type;
    }
}

// Two f32 to a pair of elements, whose form is that of one element.
template <class To>
Flow join(Warp& warp, const Op& op, LaneMask active) {
    const ConvertForm& form = form_of(op);
    const uint32_t* high = warp.read<uint32_t>(op.operand[1]);
    const uint32_t* low = warp.read<uint32_t>(op.operand[2]);
    To* to = warp.write<To>(op.operand[0]);
    const unsigned width = bits(form.to);
    for_active(active, [&](unsigned i) { to[i] = (To)(convert_value(form, high[i]) << width | convert_value(form, low[i])); });
    return Flow::Next;
}

// A pair of elements to a pair of others.
template <class To, class From>
Flow join_pair(Warp& warp, const Op& op, LaneMask active) {
    const ConvertForm& form = form_of(op);
    const From* from = warp.read<From>(op.operand[1]);
    To* to = warp.write<To>(op.operand[0]);
    const unsigned width = bits(form.to), step = bits(form.from);
    for_active(active, [&](unsigned i) {
        to[i] = (To)(convert_value(form, (uint64_t)from[i] >> step) << width | convert_value(form, from[i]));
    });
    return Flow::Next;
}

template <class Lane>
struct FastJoin {
    uint32_t operator()(float high, float low) const { return (uint32_t)Lane::put(high) << 16 | Lane::put(low); }
};

void decode_pair(Decoder& d, ConvertForm form) {
    const bool wide = register_bits(form.to) == 32;
    const Type to_type = form.to, from_type = form.from;
    form.to = element_of(form.to);
    form.from = element_of(form.from);
    if (is_pair(from_type)) {
        d.expect_operands(2);
        const bool from_wide = register_bits(from_type) == 32;
        const Exec exec = wide ? (from_wide ? (Exec)join_pair<uint32_t, uint32_t> : (Exec)join_pair<uint32_t, uint16_t>)
                               : (from_wide ? (Exec)join_pair<uint16_t, uint32_t> : (Exec)join_pair<uint16_t, uint16_t>);
        const Ref from = d.source(1, from_type);
        d.emit(KIND, exec, {d.destination(0, to_type), from}).extra = d.keep(form);
        return;
    }
    d.expect_operands(3);
    const bool fast = form.plain() && form.rounding == Rounding::Nearest;
    const Exec exec = fast && to_type == Type::F16X2    ? (Exec)elementwise<FastJoin<F16Lane>, uint32_t, float, float>
                      : fast && to_type == Type::BF16X2 ? (Exec)elementwise<FastJoin<Bf16Lane>, uint32_t, float, float>
                      : wide                            ? (Exec)join<uint32_t>
                                                        : (Exec)join<uint16_t>;
    const Ref high = d.source(1, Type::F32), low = d.source(2, Type::F32);
    d.emit(KIND, exec, {d.destination(0, to_type), high, low}).extra = d.keep(form);
}

// --- decoding ---

void take_rounding(Decoder& d, ConvertForm& form) {
    for (const auto& [name, rounding] : {std::pair<std::string_view, Rounding>{"rni", Rounding::Nearest}, {"rzi", Rounding::Zero},
                                         {"rmi", Rounding::Down}, {"rpi", Rounding::Up}}) {
        if (!d.take(name)) continue;
        form.rounded = form.integral = true;
        form.rounding = rounding;
        return;
    }
    for (const auto& [name, rounding] : {std::pair<std::string_view, Rounding>{"rn", Rounding::Nearest}, {"rz", Rounding::Zero},
                                         {"rm", Rounding::Down}, {"rp", Rounding::Up}, {"rna", Rounding::NearestAway}}) {
        if (!d.take(name)) continue;
        form.rounded = true;
        form.rounding = rounding;
        return;
    }
}

void decode_cvt(Decoder& d) {
    ConvertForm form;
    take_rounding(d, form);
    form.flush = d.take("ftz");
    form.saturate = d.take("sat");
    form.satfinite = d.take("satfinite");
    form.relu = d.take("relu");
    form.to = d.type();
    form.from = d.type();
    if (const char* why = refusal(form)) d.refuse(why);
    if (is_pair(form.to)) return decode_pair(d, form);
    d.expect_operands(2);
    const bool integers = !is_float(form.from) && !is_float(form.to);
    Exec exec = integers ? integer_conversion(d, form) : fast_conversion(form);
    if (exec == nullptr) exec = plain_conversion(form);
    const Ref from = d.source(1, form.from);
    d.emit(KIND, exec, {d.destination(0, form.to), from}).extra = d.keep(form);
}

// --- cvt.pack.sat.T.s32{.b32} d, a, b{, c}: a above b, both clamped to T, and c shifted in from below ---

template <class T>
struct Pack {
    static uint32_t clamped(int32_t value) {
        constexpr int64_t low = std::numeric_limits<T>::min(), high = std::numeric_limits<T>::max();
        return (std::make_unsigned_t<T>)std::clamp<int64_t>(value, low, high);
    }
    uint32_t operator()(int32_t a, int32_t b) const { return clamped(a) << (8 * sizeof(T)) | clamped(b); }
    uint32_t operator()(int32_t a, int32_t b, uint32_t c) const { return (*this)(a, b) | c << (16 * sizeof(T)); }
};

void decode_pack(Decoder& d) {
    d.require("sat");
    const Type type = d.type();
    d.require("s32");
    if (type == Type::U16 || type == Type::S16) {
        const Exec exec = type == Type::U16 ? (Exec)elementwise<Pack<uint16_t>, uint32_t, int32_t, int32_t>
                                            : (Exec)elementwise<Pack<int16_t>, uint32_t, int32_t, int32_t>;
        return emit_uniform(d, KIND, exec, Type::B32, 2);
    }
    if (type != Type::U8 && type != Type::S8) d.refuse("packs .u8, .s8, .u16 or .s16");
    d.require("b32");
    const Exec exec = type == Type::U8 ? (Exec)elementwise<Pack<uint8_t>, uint32_t, int32_t, int32_t, uint32_t>
                                       : (Exec)elementwise<Pack<int8_t>, uint32_t, int32_t, int32_t, uint32_t>;
    emit_uniform(d, KIND, exec, Type::B32, 3);
}

const Opcode cvt("cvt", decode_cvt);
const Opcode cvt_pack("cvt.pack", decode_pack);

}  // namespace
}  // namespace ridgepoint::emulator
