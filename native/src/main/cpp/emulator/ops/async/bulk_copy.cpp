// cp.async.bulk between global and shared memory.
//
// To shared memory, an mbarrier counts the bytes that have arrived. To global memory, the thread closes groups and waits
// for them, or, with .read, only until their sources have been read.
#include "ops/async/bulk.h"

#include <cstring>

#include "decode/opcode.h"
#include "exec/memory.h"
#include "ops/async/mbarrier_access.h"
#include "ops/shared_operand.h"

namespace ridgepoint::emulator {

void RangeCopy::read() {
    if (step_ != Step::Started) return;
    held_.assign(from_, from_ + bytes_);
    step_ = Step::Read;
}

void RangeCopy::write() {
    if (step_ == Step::Written) return;
    read();
    std::memcpy(to_, held_.data(), bytes_);
    held_.clear();
    step_ = Step::Written;
}

namespace {

constexpr uint64_t UNIT = 16;  // bytes that addresses and sizes are multiples of

struct BulkForm {
    SharedOperand shared;
    Ref global;
    int64_t global_offset = 0;
    bool global_narrow = false;
    Ref size;
    SharedOperand barrier;  // loads only
};

// A copy to shared memory, which then tells its mbarrier.
class BulkLoad : public AsyncWork {
  public:
    BulkLoad(Warp& warp, unsigned lane, uint64_t work, RangeCopy copy, uint64_t bytes, uint64_t address, std::byte* barrier)
        : warp_(warp), lane_(lane), work_(work), copy_(std::move(copy)), bytes_(bytes), address_(address), barrier_(barrier), line_(warp.line()) {}
    void complete() override {
        copy_.write();
        if (Observer* observer = warp_.cta().worker().observer) observer->work_signals(warp_.cta(), work_, address_);
        MBarrier barrier(barrier_);
        const MBarrier before = barrier;
        const char* wrong = barrier.complete_bytes(bytes_);
        changed(warp_, 1u << lane_, address_, before, barrier, wrong, started_at(line_));
    }
    std::string describe() const override {
        return "bulk copy of " + std::to_string(bytes_) + " bytes to shared memory" + started_at(line_);
    }

  private:
    Warp& warp_;
    unsigned lane_;
    uint64_t work_;
    RangeCopy copy_;
    uint64_t bytes_, address_;
    std::byte* barrier_;
    uint32_t line_;
};

class BulkStore : public AsyncWork {
  public:
    BulkStore(std::shared_ptr<RangeCopy> copy, uint64_t bytes, uint32_t line) : copy_(std::move(copy)), bytes_(bytes), line_(line) {}
    void complete() override { copy_->write(); }
    std::string describe() const override {
        return "bulk copy of " + std::to_string(bytes_) + " bytes to global memory" + started_at(line_);
    }

  private:
    std::shared_ptr<RangeCopy> copy_;
    uint64_t bytes_;
    uint32_t line_;
};

void check_unit(Warp& warp, unsigned lane, uint64_t shared, uint64_t global, uint64_t bytes) {
    if (bytes == 0 || bytes % UNIT != 0) {
        warp.fault(FaultKind::IllegalInstruction, 1u << lane, "the size of a bulk copy must be a positive multiple of 16, not " + std::to_string(bytes));
    }
    for (const uint64_t address : {shared, global}) {
        if (address % UNIT == 0) continue;
        warp.fault(FaultKind::MisalignedAddress, 1u << lane, "the addresses of a bulk copy must be multiples of 16", address);
    }
}

// Both ends of one lane's copy, checked and told to the observer.
struct Ends {
    std::byte* shared;
    std::byte* global;
};

Ends resolve_ends(Warp& warp, unsigned lane, const uint64_t* shared, const uint64_t* global, uint64_t bytes, bool load, uint64_t work) {
    check_unit(warp, lane, shared[lane], global[lane], bytes);
    const AccessKind shared_kind = load ? AccessKind::Store : AccessKind::Load;
    const AccessKind global_kind = load ? AccessKind::Load : AccessKind::Store;
    const Ends ends{resolve_range(warp, Space::Shared, shared_kind, lane, shared[lane], bytes),
                    resolve_range(warp, Space::Global, global_kind, lane, global[lane], bytes)};
    WorkerState& worker = warp.cta().worker();
    worker.counters.async_bytes += bytes;
    worker.progress++;
    if (Observer* observer = worker.observer) {
        const auto tell = [&](Space space, AccessKind kind, const uint64_t* addresses) {
            observer->accessed(warp, {space, kind, Order::Weak, Scope::System, (uint32_t)bytes, 1u << lane, addresses, work, Proxy::Async});
        };
        tell(load ? Space::Global : Space::Shared, AccessKind::Load, load ? global : shared);
        tell(load ? Space::Shared : Space::Global, AccessKind::Store, load ? shared : global);
    }
    return ends;
}

Flow load(Warp& warp, const Op& op, LaneMask active) {
    const BulkForm& form = *static_cast<const BulkForm*>(op.extra);
    if (warp.cta().cluster().size() > 1) {
        warp.fault(FaultKind::IllegalInstruction, active, "bulk copies in clusters come with the Hopper instructions");
    }
    uint64_t to[LANES], from[LANES], barriers[LANES];
    HostAddresses barrier;
    form.shared.addresses(warp, active, to);
    addresses_of(warp, form.global, form.global_narrow, form.global_offset, from);
    form.barrier.addresses(warp, active, barriers);
    resolve(warp, ON_MBARRIER, active, barriers, barrier);
    const uint32_t* size = warp.read<uint32_t>(form.size);
    for_active(active, [&](unsigned lane) {
        const uint64_t work = new_work(warp), bytes = size[lane];
        const Ends ends = resolve_ends(warp, lane, to, from, bytes, true, work);
        warp.cta().async().submit(std::make_unique<BulkLoad>(warp, lane, work, RangeCopy(ends.shared, ends.global, bytes), bytes,
                                                             barriers[lane], barrier[lane]));
    });
    return Flow::Next;
}

Flow store(Warp& warp, const Op& op, LaneMask active) {
    const BulkForm& form = *static_cast<const BulkForm*>(op.extra);
    uint64_t to[LANES], from[LANES];
    form.shared.addresses(warp, active, from);
    addresses_of(warp, form.global, form.global_narrow, form.global_offset, to);
    const uint32_t* size = warp.read<uint32_t>(form.size);
    for_active(active, [&](unsigned lane) {
        const uint64_t work = new_work(warp), bytes = size[lane];
        const Ends ends = resolve_ends(warp, lane, from, to, bytes, false, work);
        const auto copy = std::make_shared<RangeCopy>(ends.global, ends.shared, bytes);
        const auto ticket = warp.cta().async().submit(std::make_unique<BulkStore>(copy, bytes, warp.line()));
        bulk_copies(warp).each(1u << lane, [&](auto& history) { history.open.push_back({{work, ticket}, copy}); });
    });
    return Flow::Next;
}

Flow commit(Warp& warp, const Op&, LaneMask active) {
    bulk_copies(warp).close(active);
    return Flow::Next;
}

Flow wait(Warp& warp, const Op& op, LaneMask active) {
    bulk_copies(warp).wait(active, op.immediate, [&](LaneMask lanes, const IssuedRange& range) { await(warp, lanes, range.issued); });
    return Flow::Next;
}

// The groups stay: their writes have yet to be waited for.
Flow wait_read(Warp& warp, const Op& op, LaneMask active) {
    Observer* const observer = warp.cta().worker().observer;
    bulk_copies(warp).each(active, [&](auto& history) {
        for (size_t i = 0; i + op.immediate < history.closed.size(); i++) {
            for (const IssuedRange& range : history.closed[i]) {
                range.copy->read();
                if (observer != nullptr) observer->work_read(warp, history.lanes, range.issued.work);
            }
        }
    });
    return Flow::Next;
}

Flow nothing(Warp&, const Op&, LaneMask) { return Flow::Next; }

// --- decoding ---

void take_global(Decoder& d, size_t operand, BulkForm& form) {
    const AddressOperand address = d.address(operand);
    form.global = address.base;
    form.global_offset = address.offset;
    form.global_narrow = address.narrow;
}

// .shared::cluster.global.mbarrier::complete_tx::bytes [to], [from], size, [mbarrier]
void decode_load(Decoder& d, bool has_policy) {
    BulkForm form;
    d.require("mbarrier::complete_tx::bytes");
    if (d.take("multicast::cluster")) d.refuse("multicast comes with the Hopper instructions");
    form.shared = SharedOperand::take(d, 0, false);
    take_global(d, 1, form);
    form.size = d.source(2, Type::U32);
    form.barrier = SharedOperand::take(d, 3, false);
    d.expect_operands(has_policy ? 5 : 4);
    if (has_policy) d.source(4, Type::B64);
    d.emit(InstructionClass::Async, load, {}).extra = d.keep(form);
}

// .global.shared::cta.bulk_group [to], [from], size
void decode_store(Decoder& d, bool has_policy) {
    BulkForm form;
    d.require("bulk_group");
    take_global(d, 0, form);
    form.shared = SharedOperand::take(d, 1, false);
    form.size = d.source(2, Type::U32);
    d.expect_operands(has_policy ? 4 : 3);
    if (has_policy) d.source(3, Type::B64);
    d.emit(InstructionClass::Async, store, {}).extra = d.keep(form);
}

void decode_bulk(Decoder& d) {
    const bool has_policy = d.take("L2::cache_hint");
    const std::string_view to = d.front();
    d.take(to);
    const std::string_view from = d.front();
    d.take(from);
    if ((to == "shared::cluster" || to == "shared::cta") && from == "global") return decode_load(d, has_policy);
    if (to == "global" && from == "shared::cta") return decode_store(d, has_policy);
    if (to == "shared::cluster") d.refuse("copies between blocks come with the Hopper instructions");
    d.refuse("copies between global and shared memory only");
}

void decode_prefetch(Decoder& d) {
    d.require("L2");
    d.require("global");
    const bool has_policy = d.take("L2::cache_hint");
    d.expect_operands(has_policy ? 3 : 2);
    d.address(0);
    d.source(1, Type::U32);
    if (has_policy) d.source(2, Type::B64);
    d.emit(InstructionClass::Async, nothing, {});
}

void decode_commit(Decoder& d) {
    d.expect_operands(0);
    d.emit(InstructionClass::Async, commit, {});
}

void decode_wait(Decoder& d) {
    const bool sources_only = d.take("read");
    d.expect_operands(1);
    const int64_t kept = d.immediate(0);
    if (kept < 0) d.refuse("a number of groups is not negative");
    d.emit(InstructionClass::Async, sources_only ? wait_read : wait, {}).immediate = (uint64_t)kept;
}

const Opcode bulk("cp.async.bulk", decode_bulk);
const Opcode bulk_prefetch("cp.async.bulk.prefetch", decode_prefetch);
const Opcode bulk_commit("cp.async.bulk.commit_group", decode_commit);
const Opcode bulk_wait("cp.async.bulk.wait_group", decode_wait);

}  // namespace
}  // namespace ridgepoint::emulator
