#include "driver/copy.h"

#include <cstring>

#include "driver/arena.h"
#include "driver/context.h"

namespace ridgepoint::emulator::driver {
namespace {

// A place with the bytes it means; keeps their allocation.
struct Bytes {
    std::byte* start;
    std::shared_ptr<Allocation> allocation;  // null for pageable memory

    uint8_t* written() const { return allocation ? allocation->written.get() : nullptr; }
    uint64_t offset() const { return (uint64_t)(start - allocation->host); }
};

bool is_device(const Place& place) { return place.device || Arena::instance().contains(place.address); }

Bytes resolve(Context& context, const Place& place, uint64_t span, CUresult otherwise) {
    std::shared_ptr<Allocation> allocation = context.memory().find(place.address);
    if (!allocation && !is_device(place)) {
        if (place.address == 0) throw DriverError(otherwise, "a host address is null");
        return {(std::byte*)place.address, nullptr};
    }
    if (!allocation || span > allocation->end() - place.address) {
        // Host memory may be registered in part.
        if (allocation && allocation->is_host() && !place.device) return {(std::byte*)place.address, nullptr};
        throw DriverError(otherwise, context.memory().complaint(place.address, span));
    }
    return {allocation->host + (place.address - allocation->address), allocation};
}

uint64_t row_offset(const Place& place, uint64_t slice, uint64_t row) {
    return (slice * place.rows + row) * place.pitch;
}

}  // namespace

void Copy::check(Context& context) const {
    if (extent_.empty()) return;
    resolve(context, to_, extent_.span(to_), CUDA_ERROR_INVALID_VALUE);
    resolve(context, from_, extent_.span(from_), CUDA_ERROR_INVALID_VALUE);
}

bool Copy::pageable(Context& context) const {
    auto unknown = [&](const Place& place) { return !is_device(place) && !context.memory().find(place.address); };
    return unknown(to_) || unknown(from_);
}

void Copy::run(Turn& turn) const {
    if (extent_.empty()) return;
    Bytes to = resolve(turn.context, to_, extent_.span(to_), CUDA_ERROR_ILLEGAL_ADDRESS);
    Bytes from = resolve(turn.context, from_, extent_.span(from_), CUDA_ERROR_ILLEGAL_ADDRESS);
    for (uint64_t slice = 0; slice < extent_.depth; slice++) {
        for (uint64_t row = 0; row < extent_.height; row++) {
            uint64_t there = row_offset(to_, slice, row);
            uint64_t here = row_offset(from_, slice, row);
            std::memmove(to.start + there, from.start + here, extent_.width);
            if (to.written()) {
                copy_written(to.written(), to.offset() + there, from.written(),
                             from.written() ? from.offset() + here : 0, extent_.width);
            }
        }
    }
}

void Fill::check(Context& context) const {
    require(to_.address % element_bytes_ == 0);
    if (!extent_.empty()) resolve(context, to_, extent_.span(to_), CUDA_ERROR_INVALID_VALUE);
}

void Fill::run(Turn& turn) const {
    if (extent_.empty()) return;
    Bytes to = resolve(turn.context, to_, extent_.span(to_), CUDA_ERROR_ILLEGAL_ADDRESS);
    for (uint64_t row = 0; row < extent_.height; row++) {
        uint64_t there = row_offset(to_, 0, row);
        fill_row(to.start + there);
        if (to.written()) mark_written(to.written(), to.offset() + there, extent_.width);
    }
}

void Fill::fill_row(std::byte* row) const {
    if (element_bytes_ == 1) {
        std::memset(row, (int)value_, extent_.width);
        return;
    }
    for (uint64_t at = 0; at < extent_.width; at += element_bytes_) std::memcpy(row + at, &value_, element_bytes_);
}

}  // namespace ridgepoint::emulator::driver
