#include "driver/image.h"

#include <cctype>

#include "driver/errors.h"
#include "driver/fatbin.h"

namespace ridgepoint::emulator::driver {
namespace {

// PTX runs on its architecture and later ones; on its own only if it uses that one's extensions.
bool runs_ptx(const DeviceModel& model, const FatbinEntry& entry) {
    if (entry.architecture_specific) return model.architecture_specific && entry.architecture == model.architecture();
    return entry.architecture <= model.architecture();
}

// Machine code runs on its major architecture only.
bool runs_cubin(const DeviceModel& model, const FatbinEntry& entry) {
    return runs_ptx(model, entry) && entry.architecture / 10 == model.major;
}

bool better(const FatbinEntry& one, const FatbinEntry* other) {
    if (!other || one.architecture != other->architecture) return !other || one.architecture > other->architecture;
    return one.architecture_specific && !other->architecture_specific;
}

std::string spelling(const FatbinEntry& entry) {
    return (entry.kind == FatbinEntry::Kind::Ptx ? "PTX for compute_" : "a cubin for sm_") +
           std::to_string(entry.architecture) + (entry.architecture_specific ? "a" : "");
}

std::string nothing_usable(const std::vector<FatbinEntry>& entries, const DeviceModel& model) {
    std::string text = "no PTX that sm_" + std::string(model.arch) +
                       " runs (compile with -gencode ...,code=compute_...); the fatbin holds";
    for (const FatbinEntry& entry : entries) text += (&entry == &entries.front() ? " " : "; ") + spelling(entry);
    return text;
}

Image from_fatbin(const char* image, uint64_t size, const DeviceModel& model) {
    std::vector<FatbinEntry> entries = parse_fatbin(image, size);
    const FatbinEntry* ptx = nullptr;
    const FatbinEntry* cubin = nullptr;
    for (const FatbinEntry& entry : entries) {
        if (entry.kind == FatbinEntry::Kind::Ptx) {
            if (runs_ptx(model, entry) && better(entry, ptx)) ptx = &entry;
        } else if (runs_cubin(model, entry) && better(entry, cubin)) {
            cubin = &entry;
        }
    }
    if (!ptx) throw DriverError(CUDA_ERROR_NO_BINARY_FOR_GPU, nothing_usable(entries, model));
    Image chosen;
    const auto plain = [](const FatbinEntry& entry) { return unpack(entry.content, entry.packing, entry.plain_bytes); };
    chosen.ptx = plain(*ptx);
    if (cubin) chosen.resources = parse_cubin(plain(*cubin));
    return chosen;
}

}  // namespace

Image read_image(const void* image, uint64_t size, const DeviceModel& model) {
    auto* text = (const char*)image;
    if (is_fatbin(text, size)) return from_fatbin(text, size, model);
    if (is_elf(text)) {
        throw DriverError(CUDA_ERROR_NO_BINARY_FOR_GPU,
                          "the image is a cubin, which cannot be emulated; load PTX, or a fatbin that holds PTX");
    }
    auto first = (unsigned char)text[0];
    if (!std::isprint(first) && !std::isspace(first)) {
        throw DriverError(CUDA_ERROR_INVALID_IMAGE, "the image is neither PTX nor a fatbin");
    }
    return {text, {}};
}

}  // namespace ridgepoint::emulator::driver
