// Copies. The synchronous ones are ordered as work of the legacy stream; an asynchronous one of pageable host memory
// returns when it is done, as it may on hardware.
#include "driver/copy.h"

#include "driver/api/call.h"
#include "driver/api/places.h"

using namespace ridgepoint::emulator::driver;

namespace {

CUresult copy_now(const Place& to, const Place& from, const Extent& extent,
                  const char* function = __builtin_FUNCTION()) {
    return in_context(
        [&](Context& context) {
            Copy copy(to, from, extent);
            copy.check(context);
            context.streams().run_now(copy);
        },
        function);
}

CUresult copy_async(CUstream handle, const Place& to, const Place& from, const Extent& extent,
                    const char* function = __builtin_FUNCTION()) {
    return on_stream(
        handle,
        [&](Context& context, const std::shared_ptr<Stream>& stream) {
            auto copy = std::make_shared<Copy>(to, from, extent);
            copy->check(context);
            std::shared_ptr<Completion> done = context.streams().submit(stream, copy);
            if (done && copy->pageable(context)) {
                done->wait();
                context.require_health();
            }
        },
        function);
}

// From one of the structures.
template <class Structure>
CUresult copy_now(const Structure* copy, const char* function = __builtin_FUNCTION()) {
    return call(
        [&] {
            Region region = region_of(copy);
            return copy_now(region.to, region.from, region.extent, function);
        },
        function);
}

template <class Structure>
CUresult copy_async(CUstream stream, const Structure* copy, const char* function = __builtin_FUNCTION()) {
    return call(
        [&] {
            Region region = region_of(copy);
            return copy_async(stream, region.to, region.from, region.extent, function);
        },
        function);
}

Place device(CUdeviceptr address) { return {true, address}; }
Place host(const void* address) { return {false, (uint64_t)address}; }
Place unified(CUdeviceptr address) { return {false, address}; }

}  // namespace

CUresult cuMemcpy(CUdeviceptr to, CUdeviceptr from, size_t bytes) {
    return copy_now(unified(to), unified(from), {bytes});
}

CUresult cuMemcpyAsync(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream stream) {
    return copy_async(stream, unified(to), unified(from), {bytes});
}

CUresult cuMemcpyHtoD_v2(CUdeviceptr to, const void* from, size_t bytes) {
    return copy_now(device(to), host(from), {bytes});
}

CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void* from, size_t bytes, CUstream stream) {
    return copy_async(stream, device(to), host(from), {bytes});
}

CUresult cuMemcpyDtoH_v2(void* to, CUdeviceptr from, size_t bytes) {
    return copy_now(host(to), device(from), {bytes});
}

CUresult cuMemcpyDtoHAsync_v2(void* to, CUdeviceptr from, size_t bytes, CUstream stream) {
    return copy_async(stream, host(to), device(from), {bytes});
}

CUresult cuMemcpyDtoD_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes) {
    return copy_now(device(to), device(from), {bytes});
}

CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream stream) {
    return copy_async(stream, device(to), device(from), {bytes});
}

CUresult cuMemcpy2D_v2(const CUDA_MEMCPY2D* copy) {
    return copy_now(copy);
}

CUresult cuMemcpy2DUnaligned_v2(const CUDA_MEMCPY2D* copy) { return cuMemcpy2D_v2(copy); }

CUresult cuMemcpy2DAsync_v2(const CUDA_MEMCPY2D* copy, CUstream stream) {
    return copy_async(stream, copy);
}

CUresult cuMemcpy3D_v2(const CUDA_MEMCPY3D* copy) {
    return copy_now(copy);
}

CUresult cuMemcpy3DAsync_v2(const CUDA_MEMCPY3D* copy, CUstream stream) {
    return copy_async(stream, copy);
}
