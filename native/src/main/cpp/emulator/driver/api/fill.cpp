// Fills of device memory. The synchronous ones are ordered as work of the legacy stream.
#include "driver/api/call.h"
#include "driver/copy.h"

using namespace ridgepoint::emulator::driver;

namespace {

template <class Element>
std::shared_ptr<Fill> fill(CUdeviceptr address, size_t pitch, Element value, size_t width, size_t height) {
    const uint64_t bytes = times(width, sizeof(Element));
    require(pitch >= bytes || height <= 1);
    return std::make_shared<Fill>(Place{true, address, pitch, 0}, value, (unsigned)sizeof(Element),
                                  Extent{bytes, height});
}

template <class Element>
CUresult fill_now(CUdeviceptr address, size_t pitch, Element value, size_t width, size_t height,
                  const char* function = __builtin_FUNCTION()) {
    return in_context(
        [&](Context& context) {
            std::shared_ptr<Fill> operation = fill(address, pitch, value, width, height);
            operation->check(context);
            context.streams().run_now(*operation);
        },
        function);
}

template <class Element>
CUresult fill_async(CUstream handle, CUdeviceptr address, size_t pitch, Element value, size_t width, size_t height,
                    const char* function = __builtin_FUNCTION()) {
    return on_stream(
        handle,
        [&](Context& context, const std::shared_ptr<Stream>& stream) {
            std::shared_ptr<Fill> operation = fill(address, pitch, value, width, height);
            operation->check(context);
            context.streams().submit(stream, operation);
        },
        function);
}

}  // namespace

CUresult cuMemsetD8_v2(CUdeviceptr address, unsigned char value, size_t count) {
    return fill_now(address, 0, value, count, 1);
}

CUresult cuMemsetD8Async(CUdeviceptr address, unsigned char value, size_t count, CUstream stream) {
    return fill_async(stream, address, 0, value, count, 1);
}

CUresult cuMemsetD16_v2(CUdeviceptr address, unsigned short value, size_t count) {
    return fill_now(address, 0, value, count, 1);
}

CUresult cuMemsetD16Async(CUdeviceptr address, unsigned short value, size_t count, CUstream stream) {
    return fill_async(stream, address, 0, value, count, 1);
}

CUresult cuMemsetD32_v2(CUdeviceptr address, unsigned int value, size_t count) {
    return fill_now(address, 0, value, count, 1);
}

CUresult cuMemsetD32Async(CUdeviceptr address, unsigned int value, size_t count, CUstream stream) {
    return fill_async(stream, address, 0, value, count, 1);
}

CUresult cuMemsetD2D8_v2(CUdeviceptr address, size_t pitch, unsigned char value, size_t width, size_t height) {
    return fill_now(address, pitch, value, width, height);
}

CUresult cuMemsetD2D8Async(CUdeviceptr address, size_t pitch, unsigned char value, size_t width, size_t height,
                           CUstream stream) {
    return fill_async(stream, address, pitch, value, width, height);
}

CUresult cuMemsetD2D16_v2(CUdeviceptr address, size_t pitch, unsigned short value, size_t width, size_t height) {
    return fill_now(address, pitch, value, width, height);
}

CUresult cuMemsetD2D16Async(CUdeviceptr address, size_t pitch, unsigned short value, size_t width, size_t height,
                            CUstream stream) {
    return fill_async(stream, address, pitch, value, width, height);
}

CUresult cuMemsetD2D32_v2(CUdeviceptr address, size_t pitch, unsigned int value, size_t width, size_t height) {
    return fill_now(address, pitch, value, width, height);
}

CUresult cuMemsetD2D32Async(CUdeviceptr address, size_t pitch, unsigned int value, size_t width, size_t height,
                            CUstream stream) {
    return fill_async(stream, address, pitch, value, width, height);
}
