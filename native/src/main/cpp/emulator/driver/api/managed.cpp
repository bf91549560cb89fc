// Managed memory: host memory that kernels use at its own address, so nothing ever has to move. What is advised about it
// is checked and changes nothing.
#include "driver/api/call.h"
#include "driver/capture.h"

using namespace ridgepoint::emulator::driver;

namespace {

constexpr CUdevice HOST_DEVICE = -1;  // CU_DEVICE_CPU

// [address, address + bytes) lies in one managed allocation.
void require_managed(Context& context, CUdeviceptr address, size_t bytes) {
    std::shared_ptr<Allocation> allocation = context.memory().find(address);
    require(bytes > 0 && allocation && allocation->kind == MemoryKind::Managed &&
            bytes <= allocation->end() - address);
}

void require_place(CUdevice device) { require(device == 0 || device == HOST_DEVICE, CUDA_ERROR_INVALID_DEVICE); }

void require_place(const CUmemLocation& location) {
    require(location.type >= CU_MEM_LOCATION_TYPE_DEVICE && location.type <= CU_MEM_LOCATION_TYPE_HOST_NUMA_CURRENT);
    require(location.type != CU_MEM_LOCATION_TYPE_DEVICE || location.id == 0, CUDA_ERROR_INVALID_DEVICE);
}

template <class Place>
CUresult prefetch(CUdeviceptr address, size_t bytes, const Place& to, CUstream stream,
                  const char* function = __builtin_FUNCTION()) {
    return on_stream(
        stream,
        [&](Context& context, const std::shared_ptr<Stream>& found) {
            require_place(to);
            refuse_in_capture(*found);
            require_managed(context, address, bytes);
        },
        function);
}

template <class Place>
CUresult advise(CUdeviceptr address, size_t bytes, CUmem_advise advice, const Place& about,
                const char* function = __builtin_FUNCTION()) {
    return in_context(
        [&](Context& context) {
            require(advice >= CU_MEM_ADVISE_SET_READ_MOSTLY && advice <= CU_MEM_ADVISE_UNSET_ACCESSED_BY);
            require_place(about);
            require_managed(context, address, bytes);
        },
        function);
}

}  // namespace

CUresult cuMemAllocManaged(CUdeviceptr* address, size_t bytes, unsigned int flags) {
    return in_context([&](Context& context) {
        require(address && bytes > 0 && (flags == CU_MEM_ATTACH_GLOBAL || flags == CU_MEM_ATTACH_HOST));
        refuse_unsafe_call();
        *address = context.memory().allocate_host(bytes, flags, MemoryKind::Managed)->address;
    });
}

CUresult cuMemPrefetchAsync(CUdeviceptr address, size_t bytes, CUdevice to, CUstream stream) {
    return prefetch(address, bytes, to, stream);
}

CUresult cuMemPrefetchAsync_v2(CUdeviceptr address, size_t bytes, CUmemLocation to, unsigned int flags,
                               CUstream stream) {
    return flags == 0 ? prefetch(address, bytes, to, stream) : CUDA_ERROR_INVALID_VALUE;
}

CUresult cuMemAdvise(CUdeviceptr address, size_t bytes, CUmem_advise advice, CUdevice device) {
    return advise(address, bytes, advice, device);
}

CUresult cuMemAdvise_v2(CUdeviceptr address, size_t bytes, CUmem_advise advice, CUmemLocation location) {
    return advise(address, bytes, advice, location);
}

CUresult cuStreamAttachMemAsync(CUstream stream, CUdeviceptr address, size_t bytes, unsigned int flags) {
    return on_stream(stream, [&](Context& context, const std::shared_ptr<Stream>&) {
        require(flags == CU_MEM_ATTACH_GLOBAL || flags == CU_MEM_ATTACH_HOST || flags == CU_MEM_ATTACH_SINGLE);
        require_managed(context, address, bytes ? bytes : 1);
    });
}
