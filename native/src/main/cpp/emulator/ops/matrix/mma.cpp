// mma.sync: which family a spelling belongs to.
#include <algorithm>
#include <cctype>

#include "decode/opcode.h"
#include "ops/matrix/mma_form.h"

namespace ridgepoint::emulator {
namespace {

bool number(std::string_view& text, char letter, unsigned& value) {
    if (text.empty() || text.front() != letter) return false;
    text.remove_prefix(1);
    value = 0;
    const size_t before = text.size();
    while (!text.empty() && std::isdigit((unsigned char)text.front())) {
        value = value * 10 + (unsigned)(text.front() - '0');
        text.remove_prefix(1);
    }
    return text.size() < before;
}

bool written(const Decoder& d, std::string_view name) {
    const auto& all = d.instruction().modifiers;
    return std::find(all.begin(), all.end(), name) != all.end();
}

void bind_all(Decoder& d, size_t index, unsigned count, Type type, Ref* to, bool writes) {
    const ptx::Operand& list = d.operand(index);
    if (list.kind != ptx::Operand::Kind::Vector || list.elements.size() != count) {
        d.refuse("operand " + std::to_string(index + 1) + " must be a vector of " + std::to_string(count));
    }
    for (unsigned i = 0; i < count; i++) {
        to[i] = writes ? d.destination(list.elements[i], type) : d.source(list.elements[i], type);
    }
}

void decode_mma(Decoder& d) {
    d.require("sync");
    d.require("aligned");
    for (const char* later : {"block_scale", "kind::f8f6f4", "kind::mxf8f6f4", "kind::mxf4", "kind::mxf4nvf4"}) {
        if (written(d, later)) d.refuse("." + std::string(later) + " is not supported");
    }
    const MmaShape shape = MmaShape::take(d);
    if (!d.take("row") || !d.take("col")) d.refuse("only .row.col is supported; m8n8k4 of f16 is not");
    if (written(d, "b1")) return decode_bit_mma(d, shape);
    if (written(d, "s32")) return decode_integer_mma(d, shape);
    if (written(d, "f64")) return decode_double_mma(d, shape);
    decode_float_mma(d, shape);
}

void decode_sparse(Decoder& d) { d.refuse("sparse matrices (mma.sp) are not supported"); }

const Opcode mma("mma", decode_mma);
const Opcode mma_sp("mma.sp", decode_sparse);
const Opcode mma_sp_ordered("mma.sp::ordered_metadata", decode_sparse);

}  // namespace

MmaShape MmaShape::take(Decoder& d) {
    std::string_view text = d.front();
    unsigned columns = 0;
    MmaShape shape{0, 0};
    const bool read = number(text, 'm', shape.rows) && number(text, 'n', columns) && number(text, 'k', shape.depth);
    if (!read || !text.empty() || columns != 8) d.refuse("needs a shape, as in .m16n8k16");
    d.take(d.front());
    return shape;
}

void MmaForm::bind(Decoder& decoder, Type held, Type result, unsigned accumulators) {
    decoder.expect_operands(4);
    bind_all(decoder, 1, fragment.registers_of_a(), held, a, false);
    bind_all(decoder, 2, fragment.registers_of_b(), held, b, false);
    bind_all(decoder, 3, accumulators, result, c, false);
    bind_all(decoder, 0, accumulators, result, d, true);
}

void MmaForm::name_counter(std::string_view factors) {
    const std::string shape = "m" + std::to_string(fragment.rows) + "n8k" + std::to_string(fragment.depth);
    counter = "mma." + shape + "." + std::string(factors) + ".flops";
    flops = 2ull * fragment.rows * 8 * fragment.depth;
}

}  // namespace ridgepoint::emulator
