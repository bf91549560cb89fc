// Device memory and pointers.
#include "driver/memory.h"

#include "driver/api/call.h"
#include "driver/capture.h"
#include "driver/options.h"
#include "driver/saturating.h"

using namespace ridgepoint::emulator::driver;

namespace {

constexpr size_t PITCH_UNIT = 512;

CUdeviceptr allocate(Context& context, size_t bytes) {
    require(bytes > 0);
    return context.memory().allocate(bytes, MemoryKind::Device, options().checks)->address;
}

// Frees in the order of a stream.
class Free : public Operation {
  public:
    explicit Free(CUdeviceptr address) : address_(address) {}
    void run(Turn& turn) const override { turn.context.memory().free(address_, MemoryKind::Device); }
    CUgraphNodeType type() const override { return CU_GRAPH_NODE_TYPE_EMPTY; }

  private:
    const CUdeviceptr address_;
};

void answer_pointer(void* value, CUpointer_attribute attribute, Context& context, const Allocation& allocation,
                    CUdeviceptr address) {
    auto put = [value](auto answer) { *(decltype(answer)*)value = answer; };
    switch (attribute) {
        case CU_POINTER_ATTRIBUTE_CONTEXT: return put(context.handle);
        case CU_POINTER_ATTRIBUTE_MEMORY_TYPE:
            return put((unsigned)(allocation.is_host() && allocation.kind != MemoryKind::Managed ? CU_MEMORYTYPE_HOST
                                                                                                 : CU_MEMORYTYPE_DEVICE));
        case CU_POINTER_ATTRIBUTE_DEVICE_POINTER: return put(address);
        case CU_POINTER_ATTRIBUTE_HOST_POINTER:
            require(allocation.is_host());
            return put((void*)address);
        case CU_POINTER_ATTRIBUTE_SYNC_MEMOPS: return put(0u);
        case CU_POINTER_ATTRIBUTE_BUFFER_ID: return put((unsigned long long)allocation.number);
        case CU_POINTER_ATTRIBUTE_IS_MANAGED:
            return put((unsigned)(allocation.kind == MemoryKind::Managed));
        case CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL: return put(0);
        case CU_POINTER_ATTRIBUTE_RANGE_START_ADDR: return put((CUdeviceptr)allocation.address);
        case CU_POINTER_ATTRIBUTE_RANGE_SIZE: return put((size_t)allocation.size);
        case CU_POINTER_ATTRIBUTE_MAPPED: return put(1u);
    }
    throw DriverError(CUDA_ERROR_NOT_SUPPORTED);
}

}  // namespace

CUresult cuMemGetInfo_v2(size_t* available, size_t* total) {
    return in_context([&](Context& context) {
        require(available && total);
        *total = context.memory().capacity();
        *available = *total - context.memory().used();
    });
}

CUresult cuMemAlloc_v2(CUdeviceptr* address, size_t bytes) {
    return in_context([&](Context& context) {
        require(address);
        refuse_unsafe_call();
        *address = allocate(context, bytes);
    });
}

CUresult cuMemAllocPitch_v2(CUdeviceptr* address, size_t* pitch, size_t width, size_t height, unsigned int element) {
    return in_context([&](Context& context) {
        require(address && pitch && width && height && (element == 4 || element == 8 || element == 16));
        refuse_unsafe_call();
        const size_t row = plus(width, PITCH_UNIT - 1) / PITCH_UNIT * PITCH_UNIT;
        *address = allocate(context, times(row, height));
        *pitch = row;
    });
}

CUresult cuMemAllocAsync(CUdeviceptr* address, size_t bytes, CUstream stream) {
    return on_stream(stream, [&](Context& context, const std::shared_ptr<Stream>& found) {
        require(address);
        refuse_in_capture(*found);
        *address = allocate(context, bytes);
    });
}

CUresult cuMemFree_v2(CUdeviceptr address) {
    return in_context([&](Context& context) {
        if (address == 0) return;
        refuse_unsafe_call();
        context.synchronize();
        std::shared_ptr<Allocation> allocation = context.memory().find(address);
        const bool managed = allocation && allocation->kind == MemoryKind::Managed;
        context.memory().free(address, managed ? MemoryKind::Managed : MemoryKind::Device);
    });
}

CUresult cuMemFreeAsync(CUdeviceptr address, CUstream stream) {
    return on_stream(stream, [&](Context& context, const std::shared_ptr<Stream>& found) {
        refuse_in_capture(*found);
        context.memory().promise_free(address, MemoryKind::Device);
        context.streams().submit(found, std::make_shared<Free>(address));
    });
}

CUresult cuMemGetAddressRange_v2(CUdeviceptr* base, size_t* size, CUdeviceptr address) {
    return in_context([&](Context& context) {
        std::shared_ptr<Allocation> allocation = context.memory().find(address);
        require(allocation != nullptr, CUDA_ERROR_NOT_FOUND);
        if (base) *base = allocation->address;
        if (size) *size = allocation->size;
    });
}

CUresult cuPointerGetAttribute(void* value, CUpointer_attribute attribute, CUdeviceptr address) {
    return in_context([&](Context& context) {
        std::shared_ptr<Allocation> allocation = context.memory().find(address);
        require(value && allocation);
        answer_pointer(value, attribute, context, *allocation, address);
    });
}

// Unlike the function for one attribute, answers zeros for memory that the driver does not know.
CUresult cuPointerGetAttributes(unsigned int count, CUpointer_attribute* attributes, void** values,
                                CUdeviceptr address) {
    return in_context([&](Context& context) {
        require(count > 0 && attributes && values);
        std::shared_ptr<Allocation> allocation = context.memory().find(address);
        for (unsigned i = 0; i < count; i++) {
            if (allocation) {
                answer_pointer(values[i], attributes[i], context, *allocation, address);
            } else {
                bool wide = attributes[i] == CU_POINTER_ATTRIBUTE_CONTEXT ||
                            attributes[i] == CU_POINTER_ATTRIBUTE_DEVICE_POINTER ||
                            attributes[i] == CU_POINTER_ATTRIBUTE_HOST_POINTER;
                *(unsigned*)values[i] = 0;
                if (wide) *(uint64_t*)values[i] = 0;
            }
        }
    });
}
