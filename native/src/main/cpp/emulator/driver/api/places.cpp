#include "driver/api/places.h"

#include "driver/errors.h"
#include "driver/saturating.h"

namespace ridgepoint::emulator::driver {
namespace {

// One side of a copy, as both structures give it.
struct Side {
    CUmemorytype type;
    const void* host;
    CUdeviceptr device;
    size_t x, y, z;
    size_t pitch, height;
};

Place place_of(const Side& side, const Extent& extent) {
    if (side.type == CU_MEMORYTYPE_ARRAY) throw DriverError(CUDA_ERROR_NOT_SUPPORTED, "arrays are not emulated");
    require(side.type == CU_MEMORYTYPE_HOST || side.type == CU_MEMORYTYPE_DEVICE || side.type == CU_MEMORYTYPE_UNIFIED);
    const uint64_t width = plus(side.x, extent.width), height = plus(side.y, extent.height);
    const uint64_t pitch = side.pitch ? side.pitch : width;
    const uint64_t rows = side.height ? side.height : height;
    require(pitch >= width && (extent.depth <= 1 || rows >= height));
    const uint64_t base = side.type == CU_MEMORYTYPE_HOST ? (uint64_t)side.host : side.device;
    const uint64_t offset = plus(times(plus(times(side.z, rows), side.y), pitch), side.x);
    require(plus(base, offset) != ~0ull);
    return {side.type == CU_MEMORYTYPE_DEVICE, base + offset, pitch, rows};
}

}  // namespace

Region region_of(const CUDA_MEMCPY2D* copy) {
    require(copy);
    Extent extent{copy->WidthInBytes, copy->Height, 1};
    Side to{copy->dstMemoryType, copy->dstHost, copy->dstDevice, copy->dstXInBytes, copy->dstY, 0, copy->dstPitch, 0};
    Side from{copy->srcMemoryType, copy->srcHost, copy->srcDevice, copy->srcXInBytes, copy->srcY, 0,
              copy->srcPitch, 0};
    return {place_of(to, extent), place_of(from, extent), extent};
}

Region region_of(const CUDA_MEMCPY3D* copy) {
    require(copy);
    Extent extent{copy->WidthInBytes, copy->Height, copy->Depth};
    Side to{copy->dstMemoryType, copy->dstHost, copy->dstDevice, copy->dstXInBytes,
            copy->dstY,          copy->dstZ,    copy->dstPitch,  copy->dstHeight};
    Side from{copy->srcMemoryType, copy->srcHost, copy->srcDevice, copy->srcXInBytes,
              copy->srcY,          copy->srcZ,    copy->srcPitch,  copy->srcHeight};
    return {place_of(to, extent), place_of(from, extent), extent};
}

}  // namespace ridgepoint::emulator::driver
