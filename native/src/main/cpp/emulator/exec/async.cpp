#include "exec/async.h"

#include <algorithm>

namespace ridgepoint::emulator {

AsyncQueue::Ticket AsyncQueue::submit(std::unique_ptr<AsyncWork> work) {
    const Ticket ticket = next_++;
    if (mode_ == Completion::Eager) {
        work->complete();
    } else {
        pending_.push_back({ticket, std::move(work)});
    }
    return ticket;
}

bool AsyncQueue::complete(Ticket ticket) const {
    return std::none_of(pending_.begin(), pending_.end(), [=](const Pending& p) { return p.ticket == ticket; });
}

// Completing work may submit more, so it leaves the queue first.
void AsyncQueue::finish_at(size_t index) {
    const std::unique_ptr<AsyncWork> work = std::move(pending_[index].work);
    pending_.erase(pending_.begin() + (ptrdiff_t)index);
    work->complete();
}

void AsyncQueue::finish(Ticket ticket) {
    for (size_t i = 0; i < pending_.size(); i++) {
        if (pending_[i].ticket == ticket) return finish_at(i);
    }
}

void AsyncQueue::drift() {
    if (mode_ != Completion::Random) return;
    while (!pending_.empty() && random_.below(2) == 0) finish_at(random_.below(pending_.size()));
}

bool AsyncQueue::finish_one() {
    if (pending_.empty()) return false;
    finish_at(mode_ == Completion::Random ? random_.below(pending_.size()) : 0);
    return true;
}

}  // namespace ridgepoint::emulator
