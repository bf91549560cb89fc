#include "ops/matrix/wmma_form.h"

namespace ridgepoint::emulator {

namespace {

constexpr WmmaShape SHAPES[] = {{16, 16, 16}, {32, 8, 16}, {8, 32, 16}, {16, 16, 8}, {8, 8, 4}, {8, 8, 32}, {8, 8, 128}};
constexpr WmmaElement ELEMENTS[] = {{"f16", 16, 16}, {"bf16", 16, 16}, {"s8", 8, 16}, {"u8", 8, 16}, {"tf32", 32, 8}, {"f64", 64, 4},
                                    {"s4", 4, 32},   {"u4", 4, 32},    {"b1", 1, 128}, {"f16", 16, 0}, {"f32", 32, 0}, {"s32", 32, 0},
                                    {"f64", 64, 0}};

}  // namespace

WmmaShape WmmaShape::take(Decoder& d) {
    for (const WmmaShape& shape : SHAPES) {
        if (d.take(shape.name())) return shape;
    }
    d.refuse("needs a shape of wmma, as in .m16n16k16");
}

WmmaElement WmmaElement::take(Decoder& d, WmmaPart part, const WmmaShape& shape) {
    const bool factor = part != WmmaPart::C;
    for (const WmmaElement& element : ELEMENTS) {
        if ((element.depth != 0) != factor || !d.take(element.name)) continue;
        const bool doubles = element.name == "f64", of_doubles = shape.k == 4;
        if (factor ? element.depth != shape.k : doubles != of_doubles) {
            d.refuse("." + shape.name() + " is not a shape of ." + std::string(element.name));
        }
        return element;
    }
    d.refuse("matrices of this type are not supported here");
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
    const Type held = fragment.wide() ? Type::B64 : Type::B32;
    for (unsigned i = 0; i < fragment.listed(); i++) {
        to[i] = writes ? d.destination(list.elements[i], held) : d.source(list.elements[i], held);
    }
}

}  // namespace ridgepoint::emulator
