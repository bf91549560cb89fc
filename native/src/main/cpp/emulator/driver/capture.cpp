#include "driver/capture.h"

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

#include "driver/context.h"
#include "driver/errors.h"
#include "driver/event.h"
#include "driver/graph.h"
#include "driver/registry.h"

namespace ridgepoint::emulator::driver {

class Capture {
  public:
    Capture(std::shared_ptr<Stream> origin_stream, CUstreamCaptureMode chosen, uint64_t number)
        : origin(std::move(origin_stream)), mode(chosen), id(number) {}

    const std::shared_ptr<Stream> origin;
    const CUstreamCaptureMode mode;
    const uint64_t id;
    const std::thread::id thread = std::this_thread::get_id();
    const std::shared_ptr<Graph> graph = std::make_shared<Graph>();
    std::vector<std::shared_ptr<Stream>> streams;
    bool valid = true;
};

namespace {

// One lock for all captures: they are rare and short.
struct Captures {
    std::mutex mutex;
    std::vector<std::shared_ptr<Capture>> active;
    std::atomic<size_t> count{0};
    uint64_t last_id = 0;
};

Captures& captures() {
    static Captures& captures = *new Captures;
    return captures;
}

thread_local CUstreamCaptureMode thread_mode = CU_STREAM_CAPTURE_MODE_GLOBAL;

void join(const std::shared_ptr<Capture>& capture, const std::shared_ptr<Stream>& stream) {
    capture->streams.push_back(stream);
    stream->capture = capture;
    stream->frontier.clear();
    stream->capturing.store(true, std::memory_order_release);
}

void dissolve(const std::shared_ptr<Capture>& capture) {
    for (auto& stream : capture->streams) {
        stream->capturing.store(false, std::memory_order_release);
        stream->capture.reset();
        stream->frontier.clear();
    }
    auto& active = captures().active;
    active.erase(std::find(active.begin(), active.end(), capture));
    captures().count = active.size();
}

// Whether all that forked streams captured happens before what the origin captured last.
bool joined(const Capture& capture) {
    auto before_origin = [&](const std::shared_ptr<Node>& node) {
        return std::any_of(capture.origin->frontier.begin(), capture.origin->frontier.end(),
                           [&](auto& last) { return capture.graph->reaches(*node, *last); });
    };
    return std::all_of(capture.streams.begin(), capture.streams.end(), [&](auto& stream) {
        return std::all_of(stream->frontier.begin(), stream->frontier.end(), before_origin);
    });
}

void require_valid(const Capture& capture) { require(capture.valid, CUDA_ERROR_STREAM_CAPTURE_INVALIDATED); }

// Whether this thread's mode lets the capture forbid it unsafe calls.
bool forbids(const Capture& capture) {
    bool own = capture.thread == std::this_thread::get_id();
    if (thread_mode == CU_STREAM_CAPTURE_MODE_RELAXED || capture.mode == CU_STREAM_CAPTURE_MODE_RELAXED) return false;
    if (own) return true;
    return thread_mode == CU_STREAM_CAPTURE_MODE_GLOBAL && capture.mode == CU_STREAM_CAPTURE_MODE_GLOBAL;
}

}  // namespace

void begin_capture(const std::shared_ptr<Stream>& stream, CUstreamCaptureMode mode) {
    Captures& all = captures();
    std::lock_guard lock(all.mutex);
    require(!stream->capture, CUDA_ERROR_ILLEGAL_STATE);
    auto capture = std::make_shared<Capture>(stream, mode, ++all.last_id);
    capture->graph->handle = registry().graphs.add(capture->graph);
    join(capture, stream);
    all.active.push_back(capture);
    all.count = all.active.size();
}

CUgraph end_capture(Stream& stream) {
    std::lock_guard lock(captures().mutex);
    std::shared_ptr<Capture> capture = stream.capture;
    require(capture != nullptr, CUDA_ERROR_ILLEGAL_STATE);
    require(capture->origin.get() == &stream, CUDA_ERROR_STREAM_CAPTURE_UNMATCHED);
    bool own = capture->thread == std::this_thread::get_id();
    require(own || capture->mode == CU_STREAM_CAPTURE_MODE_RELAXED, CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD);
    CUresult result = !capture->valid    ? CUDA_ERROR_STREAM_CAPTURE_INVALIDATED
                      : !joined(*capture) ? CUDA_ERROR_STREAM_CAPTURE_UNJOINED
                                          : CUDA_SUCCESS;
    dissolve(capture);
    if (result != CUDA_SUCCESS) registry().graphs.remove(capture->graph->handle);
    require(result == CUDA_SUCCESS, result);
    return capture->graph->handle;
}

CaptureState capture_state(Stream& stream) {
    std::lock_guard lock(captures().mutex);
    CaptureState state;
    if (!stream.capture) return state;
    state.status = stream.capture->valid ? CU_STREAM_CAPTURE_STATUS_ACTIVE : CU_STREAM_CAPTURE_STATUS_INVALIDATED;
    state.id = stream.capture->id;
    state.graph = stream.capture->graph->handle;
    for (auto& node : stream.frontier) state.frontier.push_back(node->handle);
    return state;
}

void capture_operation(Stream& stream, std::shared_ptr<const Operation> operation) {
    std::lock_guard lock(captures().mutex);
    require(stream.capture != nullptr, CUDA_ERROR_ILLEGAL_STATE);
    require_valid(*stream.capture);
    stream.frontier = {stream.capture->graph->add(std::move(operation), stream.frontier)};
}

bool capture_record(Event& event, Stream& stream) {
    std::lock_guard lock(captures().mutex);
    event.capture = stream.capture;
    event.captured = stream.frontier;
    if (!stream.capture) return false;
    require_valid(*stream.capture);
    return true;
}

bool capture_wait(Event& event, const std::shared_ptr<Stream>& stream) {
    std::lock_guard lock(captures().mutex);
    if (!event.capture) {
        // An event of ordinary work cannot order work that is only captured.
        require(!stream->capture, CUDA_ERROR_STREAM_CAPTURE_ISOLATION);
        return false;
    }
    auto& active = captures().active;
    bool ended = std::find(active.begin(), active.end(), event.capture) == active.end();
    require(!ended, CUDA_ERROR_CAPTURED_EVENT);
    require_valid(*event.capture);
    if (!stream->capture) join(event.capture, stream);
    require(stream->capture == event.capture, CUDA_ERROR_STREAM_CAPTURE_MERGE);
    for (auto& node : event.captured) {
        bool known = std::find(stream->frontier.begin(), stream->frontier.end(), node) != stream->frontier.end();
        if (!known) stream->frontier.push_back(node);
    }
    return true;
}

void refuse_implicit_capture(Context& context) {
    Captures& all = captures();
    if (all.count == 0) return;
    std::lock_guard lock(all.mutex);
    bool refused = false;
    for (auto& capture : all.active) {
        bool concerned = std::any_of(capture->streams.begin(), capture->streams.end(), [&](auto& stream) {
            return &stream->context() == &context && stream->blocking();
        });
        if (concerned) capture->valid = false;
        refused |= concerned;
    }
    require(!refused, CUDA_ERROR_STREAM_CAPTURE_IMPLICIT);
}

void refuse_in_capture(Stream& stream) {
    if (!stream.capturing.load(std::memory_order_acquire)) return;
    std::lock_guard lock(captures().mutex);
    if (!stream.capture) return;
    stream.capture->valid = false;
    throw DriverError(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED);
}

void refuse_unsafe_call() {
    Captures& all = captures();
    if (all.count == 0) return;
    std::lock_guard lock(all.mutex);
    bool refused = false;
    for (auto& capture : all.active) {
        if (!forbids(*capture)) continue;
        capture->valid = false;
        refused = true;
    }
    require(!refused, CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED);
}

void abandon_captures(Context& context) {
    Captures& all = captures();
    std::lock_guard lock(all.mutex);
    std::vector<std::shared_ptr<Capture>> active = all.active;
    for (auto& capture : active) {
        if (&capture->origin->context() == &context) dissolve(capture);
    }
}

CUstreamCaptureMode exchange_capture_mode(CUstreamCaptureMode mode) { return std::exchange(thread_mode, mode); }

}  // namespace ridgepoint::emulator::driver
