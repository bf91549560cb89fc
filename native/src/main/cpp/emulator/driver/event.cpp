#include "driver/event.h"

#include "driver/capture.h"
#include "driver/context.h"
#include "driver/graph.h"

namespace ridgepoint::emulator::driver {

class Event::Marking : public Operation {
  public:
    explicit Marking(std::shared_ptr<Mark> mark) : mark_(std::move(mark)) {}

    void run(Turn&) const override { mark_->time = Clock::now(); }
    CUgraphNodeType type() const override { return CU_GRAPH_NODE_TYPE_EVENT_RECORD; }
    bool runs_after_fault() const override { return true; }

  private:
    const std::shared_ptr<Mark> mark_;
};

void Event::record(const std::shared_ptr<Stream>& stream) {
    if (capture_record(*this, *stream)) return;
    auto mark = std::make_shared<Mark>();
    mark->reached = context_.streams().submit(stream, std::make_shared<Marking>(mark));
    if (!mark->reached) return;  // a capture began meanwhile
    std::lock_guard lock(mutex_);
    latest_ = mark;
}

void Event::hold(const std::shared_ptr<Stream>& stream) {
    if (capture_wait(*this, stream)) return;
    std::shared_ptr<Mark> mark = latest();
    if (!mark || mark->reached->done()) return;
    context_.streams().submit(stream, std::make_shared<Nothing>(), {mark->reached});
}

bool Event::reached() const {
    std::shared_ptr<Mark> mark = latest();
    return !mark || mark->reached->done();
}

void Event::wait() const {
    if (std::shared_ptr<Mark> mark = latest()) mark->reached->wait();
}

float Event::milliseconds(const Event& start, const Event& end) {
    std::shared_ptr<Mark> first = start.latest();
    std::shared_ptr<Mark> last = end.latest();
    require(start.timed() && end.timed() && first && last, CUDA_ERROR_INVALID_HANDLE);
    require(first->reached->done() && last->reached->done(), CUDA_ERROR_NOT_READY);
    return std::chrono::duration<float, std::milli>(last->time - first->time).count();
}

std::shared_ptr<Event::Mark> Event::latest() const {
    std::lock_guard lock(mutex_);
    return latest_;
}

}  // namespace ridgepoint::emulator::driver
