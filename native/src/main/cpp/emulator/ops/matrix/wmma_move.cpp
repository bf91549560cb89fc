// wmma.load and wmma.store: a matrix between memory and the fragment of a warp.
#include <cstring>

#include "decode/opcode.h"
#include "ops/matrix/wmma_form.h"
#include "ops/memory_form.h"
#include "ops/whole_warp.h"

namespace ridgepoint::emulator {
namespace {

struct WmmaMove {
    WmmaFragment fragment;
    Request request{Space::Generic, AccessKind::Load, 0};
    Ref base;
    int64_t offset = 0;
    bool narrow = false;
    bool by_columns = false;
    bool has_stride = false;
    Ref stride;  // elements from a row to the next, or from a column to the next
    Ref registers[MOST_WMMA];

    // Elements of a register lie side by side in memory too.
    bool whole_registers() const { return fragment.packs_rows() != by_columns; }
    unsigned pieces() const { return whole_registers() ? 1 : fragment.packed(); }
    unsigned bytes_of_piece() const { return whole_registers() && !fragment.wide() ? 4 : fragment.bits / 8; }
    // Elements from one row or column to the next where the program says nothing: the matrix lies there densely.
    unsigned dense() const {
        const WmmaShape& s = fragment.shape;
        const unsigned rows = fragment.part == WmmaPart::B ? s.k : s.m, columns = fragment.part == WmmaPart::A ? s.k : s.n;
        return by_columns ? rows : columns;
    }
};

const WmmaMove& move_of(const Op& op) { return *static_cast<const WmmaMove*>(op.extra); }

// Calls body(reg, piece, lanes, host) with the places of each piece of each register.
template <class F>
void each_piece(Warp& warp, const WmmaMove& move, F body) {
    // Taken first: a register of the fragment may be one that says where the matrix lies.
    uint64_t base[LANES], stride[LANES];
    addresses_of(warp, move.base, move.narrow, move.offset, base);
    for (unsigned lane = 0; lane < LANES; lane++) {
        stride[lane] = move.has_stride ? warp.read<uint32_t>(move.stride)[lane] : move.dense();
    }
    for (unsigned reg = 0; reg < move.fragment.registers(); reg++) {
        for (unsigned piece = 0; piece < move.pieces(); piece++) {
            uint64_t addresses[LANES];
            for (unsigned lane = 0; lane < LANES; lane++) {
                const Place at = move.fragment.place(lane, reg, piece);
                const uint64_t element = move.by_columns ? at.column * stride[lane] + at.row : at.row * stride[lane] + at.column;
                addresses[lane] = base[lane] + element * move.fragment.bits / 8;
            }
            Request request = move.request;
            request.size = move.bytes_of_piece();
            HostAddresses host;
            if (request.space != Space::Generic) {
                resolve(warp, request, ALL_LANES, addresses, host);
                body(reg, piece, ALL_LANES, host);
                continue;
            }
            split_generic(ALL_LANES, addresses, [&](Space space, LaneMask lanes) {
                request.space = space;
                resolve(warp, request, lanes, addresses, host);
                body(reg, piece, lanes, host);
            });
        }
    }
}

template <class R>
std::byte* part_of(R& value, const WmmaMove& move, unsigned piece) {
    return reinterpret_cast<std::byte*>(&value) + piece * move.bytes_of_piece();
}

// R holds a lane of a register.
template <class R>
Flow load(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "wmma.load")) return Flow::Blocked;
    const WmmaMove& move = move_of(op);
    R values[MOST_WMMA][LANES] = {};
    each_piece(warp, move, [&](unsigned reg, unsigned piece, LaneMask lanes, const HostAddresses& host) {
        for_active(lanes, [&](unsigned lane) {
            std::memcpy(part_of(values[reg][lane], move, piece), host[lane], move.bytes_of_piece());
        });
    });
    for (unsigned i = 0; i < move.fragment.listed(); i++) {
        std::memcpy(warp.write<R>(move.registers[i]), values[i % move.fragment.registers()], sizeof values[0]);
    }
    return Flow::Next;
}

template <class R>
Flow store(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "wmma.store")) return Flow::Blocked;
    const WmmaMove& move = move_of(op);
    each_piece(warp, move, [&](unsigned reg, unsigned piece, LaneMask lanes, const HostAddresses& host) {
        const R* from = warp.read<R>(move.registers[reg]);
        for_active(lanes, [&](unsigned lane) {
            R value = from[lane];
            std::memcpy(host[lane], part_of(value, move, piece), move.bytes_of_piece());
        });
    });
    return Flow::Next;
}

// .a.sync.aligned.row.m16n16k16.shared.f16, and the operands but for the fragment.
WmmaMove take_move(Decoder& d, WmmaPart part, size_t address, size_t registers, AccessKind kind) {
    d.require("sync");
    d.require("aligned");
    WmmaMove move;
    move.by_columns = d.take("col");
    if (!move.by_columns) d.require("row");
    const WmmaShape shape = WmmaShape::take(d);
    MemoryForm form;
    form.take_space(d);
    const WmmaElement element = WmmaElement::take(d, part, shape);
    move.fragment = {part, shape, element.bits, part != WmmaPart::C && element.name == "f16"};
    if (element.bits < 8 && !move.whole_registers()) d.refuse("A of elements smaller than a byte lies by rows, B by columns");
    if (d.operands() != 2 && d.operands() != 3) d.refuse("takes 2 or 3 operands");
    const AddressOperand where = form.take_address(d, address);
    move.base = where.base;
    move.offset = where.offset;
    move.narrow = where.narrow;
    move.request = {form.request.space, kind, 0};
    move.has_stride = d.operands() == 3;
    if (move.has_stride) move.stride = d.source(2, Type::U32);
    bind_wmma(d, registers, move.fragment, move.registers, kind == AccessKind::Load);
    return move;
}

void decode_load(Decoder& d) {
    const WmmaPart part = d.take("a") ? WmmaPart::A : d.take("b") ? WmmaPart::B : WmmaPart::C;
    if (part == WmmaPart::C) d.require("c");
    const WmmaMove move = take_move(d, part, 1, 0, AccessKind::Load);
    const bool shared = move.request.space == Space::Shared;
    d.emit(shared ? InstructionClass::LoadShared : InstructionClass::LoadGlobal, move.fragment.wide() ? load<uint64_t> : load<uint32_t>, {}).extra = d.keep(move);
}

void decode_store(Decoder& d) {
    d.require("d");
    const WmmaMove move = take_move(d, WmmaPart::C, 0, 1, AccessKind::Store);
    const bool shared = move.request.space == Space::Shared;
    d.emit(shared ? InstructionClass::StoreShared : InstructionClass::StoreGlobal, move.fragment.wide() ? store<uint64_t> : store<uint32_t>, {}).extra = d.keep(move);
}

const Opcode wmma_load("wmma.load", decode_load);
const Opcode wmma_store("wmma.store", decode_store);

}  // namespace
}  // namespace ridgepoint::emulator
