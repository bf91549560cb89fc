// Captures: streams whose work becomes nodes of a graph.
#pragma once

#include <memory>
#include <vector>

#include "driver/abi/types.h"
#include "driver/operation.h"

namespace ridgepoint::emulator::driver {

class Context;
class Event;
class Graph;
class Node;
class Stream;

struct CaptureState {
    CUstreamCaptureStatus status = CU_STREAM_CAPTURE_STATUS_NONE;
    uint64_t id = 0;
    CUgraph graph = nullptr;
    std::vector<CUgraphNode> frontier;
};

// Throws DriverError(ILLEGAL_STATE) if the stream is capturing.
void begin_capture(const std::shared_ptr<Stream>& stream, CUstreamCaptureMode mode);

// The graph, registered. Throws DriverError if the capture was not begun here, not joined, or invalidated; it is over
// all the same.
CUgraph end_capture(Stream& stream);

CaptureState capture_state(Stream& stream);

// Adds a node behind what the stream has captured.
void capture_operation(Stream& stream, std::shared_ptr<const Operation> operation);

// If the stream is capturing: the event stands for what it has captured. False if not.
bool capture_record(Event& event, Stream& stream);

// If the event was recorded in a capture: the stream joins it and depends on that. False if not.
bool capture_wait(Event& event, const std::shared_ptr<Stream>& stream);

// Throws DriverError and invalidates the capture concerned:
// - what uses the legacy stream, while a stream that it would have to wait for is capturing;
void refuse_implicit_capture(Context& context);
// - what asks about or waits for a capturing stream;
void refuse_in_capture(Stream& stream);
// - what might depend on work that is only captured (allocations, waiting for the whole context), as modes have it.
void refuse_unsafe_call();

// Ends the captures that streams of the context take part in.
void abandon_captures(Context& context);

// Exchanges this thread's mode, which begins as GLOBAL.
CUstreamCaptureMode exchange_capture_mode(CUstreamCaptureMode mode);

}  // namespace ridgepoint::emulator::driver
