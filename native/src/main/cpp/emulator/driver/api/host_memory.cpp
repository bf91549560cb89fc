// Host memory that the driver knows: kernels may use it at its own address, and copies of it run behind the caller.
#include "driver/api/call.h"
#include "driver/capture.h"

using namespace ridgepoint::emulator::driver;

namespace {

constexpr unsigned ALLOC_FLAGS = 0x7;
constexpr unsigned REGISTER_FLAGS = 0xf;

std::shared_ptr<Allocation> known_host(Context& context, void* address) {
    std::shared_ptr<Allocation> allocation = context.memory().find((uint64_t)address);
    require(allocation && allocation->is_host());
    return allocation;
}

}  // namespace

CUresult cuMemHostAlloc(void** address, size_t bytes, unsigned int flags) {
    return in_context([&](Context& context) {
        require(address && bytes > 0 && (flags & ~ALLOC_FLAGS) == 0);
        refuse_unsafe_call();
        *address = context.memory().allocate_host(bytes, flags)->host;
    });
}

CUresult cuMemAllocHost_v2(void** address, size_t bytes) { return cuMemHostAlloc(address, bytes, 0); }

CUresult cuMemFreeHost(void* address) {
    return in_context([&](Context& context) {
        refuse_unsafe_call();
        context.synchronize();
        context.memory().free((uint64_t)address, MemoryKind::Host);
    });
}

CUresult cuMemHostRegister_v2(void* address, size_t bytes, unsigned int flags) {
    return in_context([&](Context& context) {
        require(address && bytes > 0 && (flags & ~REGISTER_FLAGS) == 0);
        context.memory().register_host(address, bytes, flags);
    });
}

CUresult cuMemHostUnregister(void* address) {
    return in_context([&](Context& context) {
        context.synchronize();
        context.memory().unregister_host(address);
    });
}

CUresult cuMemHostGetDevicePointer_v2(CUdeviceptr* device, void* address, unsigned int flags) {
    return in_context([&](Context& context) {
        require(device && flags == 0);
        known_host(context, address);
        *device = (CUdeviceptr)address;
    });
}

CUresult cuMemHostGetFlags(unsigned int* flags, void* address) {
    return in_context([&](Context& context) {
        require(flags);
        *flags = known_host(context, address)->host_flags;
    });
}
