// vabsdiff2 and vabsdiff4, which nvcc makes of __vabsdiffu4, __vsads2 and their like. The other video instructions it never writes.
#include <algorithm>

#include "decode/opcode.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Integer;

enum class Finish { Wrap, Saturate, Add };

struct VideoForm {
    bool result_signed, a_signed, b_signed;
    Finish finish;
};

// Part `index` of the BITS-bit parts of a word.
template <unsigned BITS>
int32_t part(uint32_t word, unsigned index, bool with_sign) {
    const uint32_t raised = word << (32 - BITS * (index + 1));
    return with_sign ? (int32_t)raised >> (32 - BITS) : (int32_t)(raised >> (32 - BITS));
}

template <unsigned BITS>
uint32_t clamped(int32_t difference, const VideoForm& form) {
    constexpr int32_t MOST = (1 << BITS) - 1;
    if (form.finish == Finish::Saturate) difference = std::min(difference, form.result_signed ? MOST / 2 : MOST);
    return (uint32_t)difference & (uint32_t)MOST;
}

// operands: result, a, b, c. c is added to the sum of the differences, or not used.
template <unsigned BITS>
Flow differences(Warp& warp, const Op& op, LaneMask active) {
    const VideoForm form = *static_cast<const VideoForm*>(op.extra);
    const uint32_t* a = warp.read<uint32_t>(op.operand[1]);
    const uint32_t* b = warp.read<uint32_t>(op.operand[2]);
    const uint32_t* c = warp.read<uint32_t>(op.operand[3]);
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [=](unsigned lane) {
        uint32_t sum = c[lane], word = 0;
        for (unsigned i = 0; i < 32 / BITS; i++) {
            const int32_t x = part<BITS>(a[lane], i, form.a_signed), y = part<BITS>(b[lane], i, form.b_signed);
            const int32_t difference = x > y ? x - y : y - x;
            sum += (uint32_t)difference;
            word |= clamped<BITS>(difference, form) << (i * BITS);
        }
        return form.finish == Finish::Add ? sum : word;
    });
    return Flow::Next;
}

bool take_sign(Decoder& d) {
    const Type type = d.type();
    if (type != Type::U32 && type != Type::S32) d.refuse("needs .u32 or .s32");
    return type == Type::S32;
}

// vabsdiff4.d.a.b{.sat or .add} d, a, b, c, without masks or selectors.
template <unsigned BITS>
void decode_vabsdiff(Decoder& d) {
    VideoForm form{};
    form.finish = d.choose<Finish>({{"sat", Finish::Saturate}, {"add", Finish::Add}}, Finish::Wrap);
    form.result_signed = take_sign(d);
    form.a_signed = take_sign(d);
    form.b_signed = take_sign(d);
    d.expect_operands(4);
    const Ref a = d.source(1, Type::B32), b = d.source(2, Type::B32), c = d.source(3, Type::B32);
    d.emit(KIND, differences<BITS>, {d.destination(0, Type::B32), a, b, c}).extra = d.keep(form);
}

const Opcode vabsdiff2("vabsdiff2", decode_vabsdiff<16>);
const Opcode vabsdiff4("vabsdiff4", decode_vabsdiff<8>);

}  // namespace
}  // namespace ridgepoint::emulator
