// ldmatrix stmatrix movmatrix.
#include <cstring>

#include "decode/opcode.h"
#include "ops/matrix/move_form.h"
#include "ops/whole_warp.h"

namespace ridgepoint::emulator {
namespace {

void resolve_rows(Warp& warp, const MatrixMove& move, AccessKind kind, HostAddresses& host) {
    uint64_t addresses[LANES];
    move.address.addresses(warp, move.address_lanes(), addresses);
    resolve(warp, {Space::Shared, kind, 2 * SIDE}, move.address_lanes(), addresses, host);
}

Flow load(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "ldmatrix")) return Flow::Blocked;
    const MatrixMove& move = *static_cast<const MatrixMove*>(op.extra);
    HostAddresses host;
    resolve_rows(warp, move, AccessKind::Load, host);
    for (unsigned m = 0; m < move.count; m++) {
        Matrix8x8 matrix;
        for (unsigned row = 0; row < SIDE; row++) std::memcpy(matrix.element[row], host[m * SIDE + row], 2 * SIDE);
        if (move.transposed) matrix = transposed(matrix);
        std::memcpy(warp.write<uint32_t>(move.fragment[m]), &matrix, sizeof matrix);
    }
    return Flow::Next;
}

Flow store(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "stmatrix")) return Flow::Blocked;
    const MatrixMove& move = *static_cast<const MatrixMove*>(op.extra);
    HostAddresses host;
    resolve_rows(warp, move, AccessKind::Store, host);
    for (unsigned m = 0; m < move.count; m++) {
        Matrix8x8 matrix;
        std::memcpy(&matrix, warp.read<uint32_t>(move.fragment[m]), sizeof matrix);
        if (move.transposed) matrix = transposed(matrix);
        for (unsigned row = 0; row < SIDE; row++) std::memcpy(host[m * SIDE + row], matrix.element[row], 2 * SIDE);
    }
    return Flow::Next;
}

Flow transpose(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "movmatrix")) return Flow::Blocked;
    Matrix8x8 matrix;
    std::memcpy(&matrix, warp.read<uint32_t>(op.operand[1]), sizeof matrix);
    matrix = transposed(matrix);
    std::memcpy(warp.write<uint32_t>(op.operand[0]), &matrix, sizeof matrix);
    return Flow::Next;
}

// .m8n8.x4.trans.shared.b16
MatrixMove take_move(Decoder& d, size_t address, size_t fragment, bool loads) {
    d.require("sync");
    d.require("aligned");
    if (!d.take("m8n8")) d.refuse("only .m8n8 of .b16 is supported; other shapes are of sm_100 and later");
    MatrixMove move;
    move.count = d.choose<unsigned>({{"x1", 1}, {"x2", 2}, {"x4", 4}}, 0);
    if (move.count == 0) d.refuse("needs .x1, .x2 or .x4");
    move.transposed = d.take("trans");
    const bool generic = !d.take("shared") && !d.take("shared::cta");
    if (!d.take("b16")) d.refuse("only .b16 is supported; .b8 is of sm_100 and later");
    d.expect_operands(2);
    move.address = SharedOperand::take(d, address, generic);
    const ptx::Operand& list = d.operand(fragment);
    if (list.kind != ptx::Operand::Kind::Vector || list.elements.size() != move.count) {
        d.refuse("needs a vector of " + std::to_string(move.count));
    }
    for (unsigned i = 0; i < move.count; i++) {
        move.fragment[i] = loads ? d.destination(list.elements[i], Type::B32) : d.source(list.elements[i], Type::B32);
    }
    return move;
}

void decode_ldmatrix(Decoder& d) {
    const MatrixMove move = take_move(d, 1, 0, true);
    d.emit(InstructionClass::LoadShared, load, {}).extra = d.keep(move);
}

void decode_stmatrix(Decoder& d) {
    const MatrixMove move = take_move(d, 0, 1, false);
    d.emit(InstructionClass::StoreShared, store, {}).extra = d.keep(move);
}

void decode_movmatrix(Decoder& d) {
    for (const char* part : {"sync", "aligned", "m8n8", "trans", "b16"}) d.require(part);
    d.expect_operands(2);
    const Ref from = d.source(1, Type::B32);
    d.emit(InstructionClass::WarpWide, transpose, {d.destination(0, Type::B32), from});
}

const Opcode ldmatrix("ldmatrix", decode_ldmatrix);
const Opcode stmatrix("stmatrix", decode_stmatrix);
const Opcode movmatrix("movmatrix", decode_movmatrix);

}  // namespace
}  // namespace ridgepoint::emulator
