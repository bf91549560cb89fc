// Who touched a cell of memory, in 64 bits: a segment of a warp (or a piece of asynchronous work), a lane, and where.
//
// A warp's run is cut into segments at everything that orders it with others. Segments are numbered over the whole
// launch in the order they begin, so that "all segments of this block up to here" is one number.
#pragma once

#include <cstdint>

namespace ridgepoint::emulator {

// How strong an access is: two that conflict do not race if each is strong enough for the other's place.
enum class Strength : uint8_t { Weak, Block, Device };

class Stamp {
  public:
    static constexpr unsigned TIME_SHIFT = 30;
    static constexpr uint64_t MOST_TIME = (1ull << 33) - 1;
    static constexpr uint32_t MOST_PC = (1u << 20) - 1;

    Stamp() = default;
    static Stamp by_warp(uint64_t segment, uint32_t pc, Strength strength) { return Stamp(0, segment, pc, strength); }
    static Stamp by_work(uint64_t work, uint32_t pc) { return Stamp(SPECIAL, work, pc, Strength::Weak); }
    // Not one access, but several kept in a list.
    static Stamp list(uint64_t index) { return Stamp(SPECIAL | LIST, index, 0, Strength::Weak); }

    Stamp with_lane(unsigned lane) const { return Stamp(bits_ | (uint64_t)lane << LANE_SHIFT); }
    // Two lanes of one segment did the same: one of them is named, the highest, for leaders are the lowest.
    Stamp merged(Stamp other) const { return Stamp((lane() > other.lane() ? bits_ : other.bits_) | SEVERAL); }

    Stamp of_several() const { return Stamp(bits_ | SEVERAL); }

    bool empty() const { return bits_ == 0; }
    bool is_list() const { return (bits_ & (SPECIAL | LIST)) == (SPECIAL | LIST); }
    bool is_work() const { return (bits_ & (SPECIAL | LIST)) == SPECIAL; }
    uint64_t time() const { return bits_ >> TIME_SHIFT & MOST_TIME; }  // segment, work or index
    uint32_t pc() const { return bits_ >> PC_SHIFT & MOST_PC; }
    unsigned lane() const { return bits_ >> LANE_SHIFT & 31; }
    bool several() const { return (bits_ & SEVERAL) != 0; }
    Strength strength() const { return (Strength)(bits_ >> 2 & 3); }

    bool same_time(Stamp other) const { return ((bits_ ^ other.bits_) >> TIME_SHIFT) == 0; }
    // Of one thread each.
    bool same_thread_and_time(Stamp other) const {
        return !several() && ((bits_ ^ other.bits_) & (~0ull << TIME_SHIFT | 31ull << LANE_SHIFT | SEVERAL | LIST)) == 0;
    }

  private:
    friend class Segments;
    static constexpr unsigned PC_SHIFT = 10, LANE_SHIFT = 5;
    static constexpr uint64_t SPECIAL = 1ull << 63, SEVERAL = 1 << 4, LIST = 2;
    explicit Stamp(uint64_t bits) : bits_(bits) {}
    Stamp(uint64_t flags, uint64_t time, uint32_t pc, Strength strength)
        : bits_(flags | time << TIME_SHIFT | (uint64_t)(pc < MOST_PC ? pc : MOST_PC) << PC_SHIFT | (uint64_t)strength << 2) {}
    uint64_t bits_ = 0;
};

// Segments that follow each other.
class Segments {
  public:
    Segments() = default;
    // Those after `from`, up to `until`.
    Segments(uint64_t from, uint64_t until)
        : first_((from + 1) << Stamp::TIME_SHIFT), size_(until > from ? (until - from) << Stamp::TIME_SHIFT : 0) {}

    // Whether a stamp is of one of them: so it is no work, no list, and not empty.
    bool hold(Stamp stamp) const { return stamp.bits_ - first_ < size_; }
    // The same of each in a list, but for empty places.
    bool hold_all(const Stamp* stamps, unsigned count) const {
        unsigned others = 0;
        for (unsigned i = 0; i < count; i++) others |= (stamps[i].bits_ - first_ >= size_) & (stamps[i].bits_ != 0);
        return others == 0;
    }

  private:
    uint64_t first_ = 0, size_ = 0;
};

}  // namespace ridgepoint::emulator
