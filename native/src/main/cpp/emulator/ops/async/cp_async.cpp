// cp.async: each lane copies 4, 8 or 16 bytes from global to shared memory, in groups it closes and waits for.
//
// Source and destination are both touched when the copy completes: at once (eager), when a thread waits for its group
// (lazy), or somewhere between (random). So eager shows whoever writes a buffer that others still read, and lazy shows
// whoever reads without waiting, or overwrites a source too early.
#include <cstring>

#include "decode/function_decoder.h"
#include "decode/opcode.h"
#include "exec/memory.h"
#include "ops/async/copy_groups.h"
#include "ops/memory_form.h"
#include "ops/shared_operand.h"

namespace ridgepoint::emulator {
namespace {

struct CopyForm {
    SharedOperand to;
    Ref from;
    int64_t from_offset = 0;
    bool from_narrow = false;
    uint32_t size = 0;
    Ref source_bytes;  // fewer than `size`: the rest becomes zero
    Ref ignored;       // lanes whose source is not read at all
};

// From where to where each lane copies, and how many bytes of its source; the rest becomes zero.
struct Ends {
    std::byte* to[LANES];
    const std::byte* from[LANES];
    uint32_t bytes[LANES];
};

class ElementCopy : public AsyncWork {
  public:
    // Lanes of `whole` read as many bytes as they write.
    ElementCopy(LaneMask lanes, LaneMask whole, uint32_t size, uint32_t line) : lanes_(lanes), whole_(whole), size_(size), line_(line) {}
    Ends& ends() { return ends_; }

    void complete() override {
        switch (size_) {
            case 4: return copy<4>();
            case 8: return copy<8>();
            default: return copy<16>();
        }
    }
    std::string describe() const override {
        return "cp.async of " + std::to_string(size_) + " bytes by " + std::to_string(count(lanes_)) + " lanes" + started_at(line_);
    }

  private:
    template <uint32_t SIZE>
    void copy() const {
        if (whole_ == ALL_LANES) {
            for (unsigned i = 0; i < LANES; i++) std::memcpy(ends_.to[i], ends_.from[i], SIZE);
            return;
        }
        for_active(lanes_, [&](unsigned i) {
            if ((whole_ >> i) & 1) {
                std::memcpy(ends_.to[i], ends_.from[i], SIZE);
                return;
            }
            std::byte padded[SIZE] = {};
            if (ends_.bytes[i] != 0) std::memcpy(padded, ends_.from[i], ends_.bytes[i]);
            std::memcpy(ends_.to[i], padded, SIZE);
        });
    }

    LaneMask lanes_, whole_;
    uint32_t size_, line_;
    Ends ends_;
};

// Where lanes that read less than the whole find their source; those that read nothing may point anywhere.
void resolve_partial(Warp& warp, const CopyForm& form, uint64_t work, LaneMask lanes, const uint64_t* from,
                     const uint32_t* bytes, const std::byte** source) {
    for_active(lanes, [&](unsigned lane) {
        if (bytes[lane] == 0) return;
        if (from[lane] % form.size != 0) {
            warp.fault(FaultKind::MisalignedAddress, 1u << lane, "the source of cp.async is not a multiple of its size", from[lane]);
        }
        source[lane] = resolve_range(warp, Space::Global, AccessKind::Load, lane, from[lane], bytes[lane]);
        if (Observer* observer = warp.cta().worker().observer) {
            observer->accessed(warp, {Space::Global, AccessKind::Load, Order::Weak, Scope::System, bytes[lane], 1u << lane, from, work});
        }
    });
}

Issued start(Warp& warp, const CopyForm& form, LaneMask lanes, const uint64_t* to, const uint64_t* from, const uint32_t* bytes) {
    const uint64_t work = new_work(warp);
    const LaneMask whole = mask_of([&](unsigned i) { return bytes[i] == form.size; }) & lanes;
    HostAddresses read_from, destination;
    Request read{Space::Global, AccessKind::Load, form.size};
    Request write{Space::Shared, AccessKind::Store, form.size};
    read.work = write.work = work;
    ElementCopy copy(lanes, whole, form.size, warp.line());
    Ends& ends = copy.ends();
    resolve(warp, write, lanes, to, destination);
    each_lane(ends.to, ALL_LANES, [places = destination.places()](unsigned i) { return places[i]; });
    uint64_t moved = (uint64_t)form.size * count(whole);
    if (whole != 0) {
        resolve(warp, read, whole, from, read_from);
        each_lane(ends.from, ALL_LANES, [places = read_from.places()](unsigned i) { return places[i]; });
    }
    if (whole != lanes) {
        resolve_partial(warp, form, work, lanes & ~whole, from, bytes, ends.from);
        for_active(lanes & ~whole, [&](unsigned lane) { moved += ends.bytes[lane] = bytes[lane]; });
    }
    warp.cta().worker().counters.async_bytes += moved;
    return {work, warp.cta().async().submit_copy(copy)};
}

Flow copy(Warp& warp, const Op& op, LaneMask active) {
    const CopyForm& form = *static_cast<const CopyForm*>(op.extra);
    uint64_t to[LANES], from[LANES];
    uint32_t bytes[LANES];
    form.to.addresses(warp, active, to);
    addresses_of(warp, form.from, form.from_narrow, form.from_offset, from);
    const LaneMask ignored = warp.predicate(form.ignored);
    const uint32_t* wanted = warp.read<uint32_t>(form.source_bytes);
    if (const LaneMask beyond = mask_of([&](unsigned i) { return wanted[i] > form.size; }) & active; beyond != 0) {
        warp.fault(FaultKind::IllegalInstruction, beyond & -beyond, "the source size of cp.async is larger than the copy");
    }
    each_lane(bytes, ALL_LANES, [=](unsigned i) { return (ignored >> i) & 1 ? 0 : wanted[i]; });
    element_copies(warp).each(active, [&](auto& history) {
        history.open.push_back(start(warp, form, history.lanes, to, from, bytes));
    });
    return Flow::Next;
}

Flow commit(Warp& warp, const Op&, LaneMask active) {
    element_copies(warp).close(active);
    return Flow::Next;
}

Flow wait(Warp& warp, const Op& op, LaneMask active) {
    element_copies(warp).wait(active, op.immediate, [&](LaneMask lanes, const Issued& copy) { await(warp, lanes, copy); });
    return Flow::Next;
}

Flow wait_all(Warp& warp, const Op& op, LaneMask active) {
    element_copies(warp).close(active);
    return wait(warp, op, active);
}

// --- decoding ---

bool is_predicate(Decoder& d, const ptx::Operand& operand) {
    return operand.kind == ptx::Operand::Kind::Register && d.function().type_of(operand.index) == Type::Pred;
}

void decode_copy(Decoder& d) {
    CopyForm form;
    const bool through_l1 = d.take("ca");
    if (!through_l1) d.require("cg");
    if (!d.take("shared") && !d.take("shared::cta")) d.refuse("copies to shared memory of this block only");
    d.require("global");
    const bool has_policy = d.take("L2::cache_hint");
    take_cache_hints(d);
    form.to = SharedOperand::take(d, 0, false);
    const AddressOperand from = d.address(1);
    form.from = from.base;
    form.from_offset = from.offset;
    form.from_narrow = from.narrow;
    form.size = (uint32_t)d.immediate(2);
    if (form.size != 16 && (!through_l1 || (form.size != 4 && form.size != 8))) {
        d.refuse(through_l1 ? "copies 4, 8 or 16 bytes" : "copies 16 bytes");
    }
    form.source_bytes = d.constant(form.size, Type::U32);
    form.ignored = d.constant(0, Type::Pred);
    const size_t last = d.operands() - (has_policy ? 1 : 0);
    if (has_policy) d.source(last, Type::B64);
    if (last == 4 && is_predicate(d, d.operand(3))) {
        form.ignored = d.source(3, Type::Pred);
    } else if (last == 4) {
        form.source_bytes = d.source(3, Type::U32);
    } else if (last != 3) {
        d.refuse("has a wrong number of operands");
    }
    d.emit(InstructionClass::Async, copy, {}).extra = d.keep(form);
}

void decode_commit(Decoder& d) {
    d.expect_operands(0);
    d.emit(InstructionClass::Async, commit, {});
}

void decode_wait(Decoder& d) {
    d.expect_operands(1);
    const int64_t kept = d.immediate(0);
    if (kept < 0) d.refuse("a number of groups is not negative");
    d.emit(InstructionClass::Async, wait, {}).immediate = (uint64_t)kept;
}

void decode_wait_all(Decoder& d) {
    d.expect_operands(0);
    d.emit(InstructionClass::Async, wait_all, {});
}

const Opcode cp_async("cp.async", decode_copy);
const Opcode commit_group("cp.async.commit_group", decode_commit);
const Opcode wait_group("cp.async.wait_group", decode_wait);
const Opcode wait_all_("cp.async.wait_all", decode_wait_all);

}  // namespace
}  // namespace ridgepoint::emulator
