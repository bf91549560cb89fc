#include "ops/matrix/wmma_form.h"

namespace ridgepoint::emulator {

WmmaShape WmmaShape::take(Decoder& d) {
    for (const WmmaShape& shape : {WmmaShape{16, 16, 16}, {32, 8, 16}, {8, 32, 16}, {16, 16, 8}}) {
        if (d.take(shape.name())) return shape;
    }
    d.refuse("needs one of the shapes m16n16k16, m32n8k16, m8n32k16 and m16n16k8; others of wmma are not supported");
}

void WmmaShape::require_for(const Decoder& d, Type factor) const {
    if ((k == 8) != (factor == Type::TF32)) d.refuse("." + name() + " is not a shape of ." + emulator::name(factor));
}

unsigned WmmaFragment::registers_of_block() const {
    if (part == WmmaPart::A) return block().registers_of_a();
    if (part == WmmaPart::B) return block().registers_of_b();
    return block().accumulators() / packed();
}

unsigned WmmaFragment::blocks() const {
    if (part == WmmaPart::A) return shape.blocks_of_rows();
    if (part == WmmaPart::B) return shape.blocks_of_columns();
    return shape.blocks_of_rows() * shape.blocks_of_columns();
}

Place WmmaFragment::place(unsigned lane, unsigned reg, unsigned element) const {
    const unsigned index = reg / registers_of_block(), within = reg % registers_of_block();
    Place place;
    if (part == WmmaPart::A) {
        place = block().in_a(lane, within, element);
    } else if (part == WmmaPart::B) {
        place = block().in_b(lane, within, element);
    } else {
        place = Fragment::in_c(lane, within * packed() + element);
    }
    const bool down = part == WmmaPart::A || (part == WmmaPart::C && shape.blocks_of_rows() > 1);
    (down ? place.row : place.column) += index * (down ? 16 : 8);
    return place;
}

void bind_wmma(Decoder& d, size_t operand, const WmmaFragment& fragment, Ref* to, bool writes) {
    const ptx::Operand& list = d.operand(operand);
    if (list.kind != ptx::Operand::Kind::Vector || list.elements.size() != fragment.listed()) {
        d.refuse("operand " + std::to_string(operand + 1) + " must be a vector of " + std::to_string(fragment.listed()));
    }
    for (unsigned i = 0; i < fragment.listed(); i++) {
        to[i] = writes ? d.destination(list.elements[i], Type::B32) : d.source(list.elements[i], Type::B32);
    }
}

}  // namespace ridgepoint::emulator
