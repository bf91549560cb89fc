#include "exec/local_stack.h"

#include <algorithm>

namespace ridgepoint::emulator {
namespace {

constexpr uint64_t GAP = 16;  // between two pieces, so that running over an end shows

}  // namespace

uint64_t LocalStack::allocate(unsigned lane, uint64_t bytes, uint64_t align, uint32_t depth) {
    Lane& own = lanes_[lane];
    const uint64_t address = (top(lane) + GAP + align - 1) / align * align;
    if (bytes > BYTES || address + bytes > START + BYTES) return 0;
    own.pieces.push_back({address, bytes, depth});
    own.bytes.resize(std::max(own.bytes.size(), (size_t)(address + bytes - START)));
    std::fill_n(own.bytes.begin() + (ptrdiff_t)(address - START), bytes, std::byte(0));
    return address;
}

uint64_t LocalStack::top(unsigned lane) const {
    const std::vector<Piece>& pieces = lanes_[lane].pieces;
    return pieces.empty() ? START : pieces.back().address + pieces.back().size;
}

bool LocalStack::restore(unsigned lane, uint64_t to) {
    if (to < START || to > top(lane)) return false;
    std::vector<Piece>& pieces = lanes_[lane].pieces;
    while (!pieces.empty() && pieces.back().address >= to) pieces.pop_back();
    return true;
}

void LocalStack::leave(LaneMask lanes, uint32_t depth) {
    for (LaneMask left = lanes; left != 0; left &= left - 1) {
        std::vector<Piece>& pieces = lanes_[__builtin_ctz(left)].pieces;
        while (!pieces.empty() && pieces.back().depth >= depth) pieces.pop_back();
    }
}

std::byte* LocalStack::find(unsigned lane, uint64_t address, uint64_t size) {
    Lane& own = lanes_[lane];
    for (const Piece& piece : own.pieces) {
        const uint64_t offset = address - piece.address;
        if (offset < piece.size && size <= piece.size - offset) return own.bytes.data() + (address - START);
    }
    return nullptr;
}

}  // namespace ridgepoint::emulator
