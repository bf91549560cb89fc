#include "driver/context.h"

#include <algorithm>

#include "driver/capture.h"
#include "driver/event.h"
#include "driver/module.h"
#include "driver/options.h"
#include "driver/registry.h"
#include "driver/report.h"

namespace ridgepoint::emulator::driver {
namespace {

uint64_t next_context_id() {
    static std::atomic<uint64_t> last{0};
    return ++last;
}

std::string count(size_t number, const char* noun) {
    return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

}  // namespace

Context::Context(unsigned flags, bool primary)
    : id_(next_context_id()),
      flags_(flags),
      primary_(primary),
      model_(device_model()),
      limits_{1024, 1 << 20, 8 << 20},
      memory_(options().memory),
      streams_(*this) {}

Context::~Context() { streams_.close(); }

void Context::fail(const Fault& fault) { fail((CUresult)fault.kind, fault.text()); }

void Context::fail(CUresult result, const std::string& text) {
    // The report first: whoever sees the error finds it.
    report(text);
    int healthy = CUDA_SUCCESS;
    health_.compare_exchange_strong(healthy, result, std::memory_order_acq_rel);
}

void Context::synchronize() {
    streams_.wait_all();
    require_health();
}

std::shared_ptr<Heap> Context::heap() {
    const std::lock_guard lock(heap_mutex_);
    if (!heap_) heap_ = memory_.allocate_heap(*limit(CU_LIMIT_MALLOC_HEAP_SIZE));
    return heap_;
}

bool Context::has_heap() {
    const std::lock_guard lock(heap_mutex_);
    return heap_ != nullptr;
}

std::atomic<size_t>* Context::limit(CUlimit limit) {
    return (size_t)limit < limits_.size() ? &limits_[limit] : nullptr;
}

void Context::close() {
    abandon_captures(*this);
    streams_.close();
    auto own = [this](auto& object) { return &object.context() == this; };
    Registry& all = registry();
    size_t modules = all.modules.remove_if(own).size();
    all.functions.remove_if(own);
    size_t events = all.events.remove_if(own).size();
    all.streams.remove_if(own);
    report_leaks(modules, events);
}

void Context::report_leaks(size_t modules, size_t events) const {
    constexpr size_t MOST_NAMED = 10;
    std::vector<std::shared_ptr<Allocation>> allocations = memory_.leaks();
    std::string text;
    auto add = [&text](size_t number, const char* noun) {
        if (number) text += (text.empty() ? "" : ", ") + count(number, noun);
    };
    add(allocations.size(), "allocation");
    add(modules, "module");
    add(streams_.created(), "stream");
    add(events, "event");
    if (text.empty()) return;
    text = "context " + std::to_string(id_) + " is destroyed with " + text + " left";
    for (size_t i = 0; i < std::min(allocations.size(), MOST_NAMED); i++) {
        text += "\n  " + allocations[i]->name + ": " + count(allocations[i]->size, "byte");
    }
    if (allocations.size() > MOST_NAMED) {
        text += "\n  and " + count(allocations.size() - MOST_NAMED, "allocation") + " more";
    }
    report(text);
}

}  // namespace ridgepoint::emulator::driver
