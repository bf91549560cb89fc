#include "core/fault.h"

#include <cstdio>

namespace ridgepoint::emulator {
namespace {

std::string place(const char* what, Dim3 at) {
    return std::string(what) + " (" + std::to_string(at.x) + ", " + std::to_string(at.y) + ", " + std::to_string(at.z) + ")";
}

}  // namespace

const char* name(FaultKind kind) {
    switch (kind) {
        case FaultKind::IllegalAddress: return "ILLEGAL_ADDRESS";
        case FaultKind::LaunchTimeout: return "LAUNCH_TIMEOUT";
        case FaultKind::Assert: return "ASSERT";
        case FaultKind::HardwareStackError: return "HARDWARE_STACK_ERROR";
        case FaultKind::IllegalInstruction: return "ILLEGAL_INSTRUCTION";
        case FaultKind::MisalignedAddress: return "MISALIGNED_ADDRESS";
        case FaultKind::InvalidAddressSpace: return "INVALID_ADDRESS_SPACE";
        case FaultKind::InvalidPc: return "INVALID_PC";
        case FaultKind::LaunchFailed: return "LAUNCH_FAILED";
    }
    return "UNKNOWN";
}

std::string Fault::text() const {
    std::string report = std::string(name(kind)) + ": " + what + "\n";
    report += "  kernel " + kernel + ", " + place("block", block) + ", " + place("thread", thread) + "\n";
    if (line != 0) report += "  PTX line " + std::to_string(line) + ": " + source + "\n";
    return report + details;
}

}  // namespace ridgepoint::emulator
