// cp.async.mbarrier.arrive: an mbarrier learns when the copies that a thread has started so far are complete.
#include "decode/opcode.h"
#include "ops/async/copy_groups.h"
#include "ops/async/mbarrier_access.h"
#include "ops/async/mbarrier_form.h"

namespace ridgepoint::emulator {
namespace {

struct ArriveForm {
    SharedOperand barrier;
    bool counted_already = false;  // .noinc: the arrival is one of those that the mbarrier expects
};

// One arrival for each lane, once all copies before it are complete.
class ArriveAfterCopies : public AsyncWork {
  public:
    ArriveAfterCopies(Warp& warp, LaneMask lanes) : warp_(warp), lanes_(lanes), line_(warp.line()) {}
    void set(unsigned lane, uint64_t address, std::byte* bytes) {
        address_[lane] = address;
        bytes_[lane] = bytes;
    }
    void wait_for(const Issued& copy) { copies_.push_back(copy); }

    void complete() override {
        for (const Issued& copy : copies_) warp_.cta().async().finish(copy.ticket);
        if (Observer* observer = warp_.cta().worker().observer) tell(*observer);
        for_active(lanes_, [&](unsigned lane) {
            MBarrier barrier(bytes_[lane]);
            const MBarrier before = barrier;
            const char* wrong = barrier.arrive(1);
            changed(warp_, 1u << lane, address_[lane], before, barrier, wrong, started_at(line_));
        });
    }
    std::string describe() const override { return "arrival at an mbarrier after copies" + started_at(line_); }

  private:
    void tell(Observer& observer) const {
        for (const Issued& copy : copies_) {
            for_active(lanes_, [&](unsigned lane) { observer.work_signals(warp_.cta(), copy.work, address_[lane]); });
        }
    }

    Warp& warp_;
    LaneMask lanes_;
    uint32_t line_;
    uint64_t address_[LANES];
    std::byte* bytes_[LANES];
    std::vector<Issued> copies_;
};

void start(Warp& warp, const CopyGroups<Issued>::History& history, const uint64_t* addresses, const HostAddresses& host) {
    auto arrival = std::make_unique<ArriveAfterCopies>(warp, history.lanes);
    for_active(history.lanes, [&](unsigned lane) { arrival->set(lane, addresses[lane], host[lane]); });
    for (const auto& group : history.closed) {
        for (const Issued& copy : group) arrival->wait_for(copy);
    }
    for (const Issued& copy : history.open) arrival->wait_for(copy);
    warp.cta().async().submit(std::move(arrival));
}

Flow arrive(Warp& warp, const Op& op, LaneMask active) {
    const ArriveForm& form = *static_cast<const ArriveForm*>(op.extra);
    if (!form.counted_already) {
        change_each(warp, form.barrier, active, [](unsigned, MBarrier& barrier) { return barrier.add_pending(); });
    }
    uint64_t addresses[LANES];
    HostAddresses host;
    form.barrier.addresses(warp, active, addresses);
    resolve(warp, ON_MBARRIER, active, addresses, host);
    element_copies(warp).each(active, [&](const auto& history) { start(warp, history, addresses, host); });
    return Flow::Next;
}

void decode_arrive(Decoder& d) {
    ArriveForm form;
    form.counted_already = d.take("noinc");
    const bool generic = take_mbarrier_space(d);
    d.require("b64");
    d.expect_operands(1);
    form.barrier = SharedOperand::take(d, 0, generic);
    d.emit(InstructionClass::Async, arrive, {}).extra = d.keep(form);
}

const Opcode arrive_("cp.async.mbarrier.arrive", decode_arrive);

}  // namespace
}  // namespace ridgepoint::emulator
