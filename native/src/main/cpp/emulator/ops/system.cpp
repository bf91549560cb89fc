// What device code may call of the system: vprintf and __assertfail.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>

#include "decode/special.h"
#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"
#include "fp/bits.h"
#include "ops/system_call.h"

namespace ridgepoint::emulator {
namespace {

// One byte at a generic address, checked like any load.
char byte_at(Warp& warp, unsigned lane, uint64_t address) {
    uint64_t addresses[LANES];
    HostAddresses host;
    addresses[lane] = address;
    char value = 0;
    split_generic(1u << lane, addresses, [&](Space space, LaneMask lanes) {
        resolve(warp, {space, AccessKind::Load, 1}, lanes, addresses, host);
        value = (char)*host[lane];
    });
    return value;
}

std::string string_at(Warp& warp, unsigned lane, uint64_t address) {
    std::string text;
    while (const char next = byte_at(warp, lane, address + text.size())) text += next;
    return text;
}

// Arguments of printf as the compiler lays them out: each at a multiple of its size, 4 or 8 bytes.
class Arguments {
  public:
    Arguments(Warp& warp, unsigned lane, uint64_t address) : warp_(warp), lane_(lane), address_(address) {}
    uint64_t next(unsigned size) {
        address_ = (address_ + size - 1) / size * size;
        uint64_t value = 0;
        for (unsigned i = 0; i < size; i++) value |= (uint64_t)(uint8_t)byte_at(warp_, lane_, address_ + i) << (8 * i);
        address_ += size;
        taken_++;
        return value;
    }
    int32_t taken() const { return taken_; }

  private:
    Warp& warp_;
    unsigned lane_;
    uint64_t address_;
    int32_t taken_ = 0;
};

template <class T>
std::string as_text(const std::string& spec, T value) {
    const int length = std::snprintf(nullptr, 0, spec.c_str(), value);
    std::string text((size_t)std::max(length, 0) + 1, '\0');
    std::snprintf(text.data(), text.size(), spec.c_str(), value);
    text.pop_back();
    return text;
}

// One conversion specification, for snprintf to do with a value of the right type.
std::string formatted(Warp& warp, unsigned lane, const std::string& spec, Arguments& arguments) {
    const char conversion = spec.back();
    const bool is_long = spec.find_first_of("lzjt") != std::string::npos;
    std::string flags;
    for (const char c : spec.substr(0, spec.size() - 1)) {
        if (c == '*') {
            flags += std::to_string((int32_t)arguments.next(4));
        } else if (std::strchr("hlzjt", c) == nullptr) {
            flags += c;
        }
    }
    if (std::strchr("di", conversion) != nullptr) {
        return as_text(flags + "lld", is_long ? (long long)arguments.next(8) : (int32_t)arguments.next(4));
    }
    if (std::strchr("uxXo", conversion) != nullptr) {
        return as_text(flags + "ll" + conversion, (unsigned long long)arguments.next(is_long ? 8 : 4));
    }
    if (std::strchr("fFeEgGaA", conversion) != nullptr) return as_text(flags + conversion, double_of(arguments.next(8)));
    if (conversion == 'c') return as_text(flags + "c", (int)arguments.next(4));
    if (conversion == 'p') return as_text(flags + "p", (void*)arguments.next(8));
    return as_text(flags + "s", string_at(warp, lane, arguments.next(8)).c_str());
}

std::string print(Warp& warp, unsigned lane, const std::string& format, Arguments& arguments) {
    std::string text;
    for (size_t i = 0; i < format.size(); i++) {
        if (format[i] != '%') {
            text += format[i];
            continue;
        }
        if (i + 1 < format.size() && format[i + 1] == '%') {
            text += '%';
            i++;
            continue;
        }
        const size_t end = format.find_first_of("diuxXofFeEgGaAcps", i + 1);
        if (end == std::string::npos) return text + format.substr(i);
        text += formatted(warp, lane, format.substr(i, end - i + 1), arguments);
        i = end;
    }
    return text;
}

// int vprintf(const char* format, void* arguments), which answers how many arguments it has printed, not how many characters.
Flow vprintf(Warp& warp, const Op& op, LaneMask active) {
    const CallSite& site = call_site(op);
    const LaunchState& launch = warp.cta().launch();
    for_active(active, [&](unsigned lane) {
        const uint64_t format = argument(warp, site, 0, lane);
        if (format == 0) return set_result(warp, site, lane, (int32_t)-1);
        Arguments arguments(warp, lane, argument(warp, site, 1, lane));
        const std::string text = print(warp, lane, string_at(warp, lane, format), arguments);
        if (launch.environment.print) {
            const std::lock_guard<std::mutex> lock(launch.printing);
            launch.environment.print(text);
        }
        set_result(warp, site, lane, arguments.taken());
    });
    return Flow::Next;
}

// void __assertfail(const char* condition, const char* file, unsigned line, const char* function, size_t)
Flow assertfail(Warp& warp, const Op& op, LaneMask active) {
    const CallSite& site = call_site(op);
    const unsigned lane = lowest(active);
    const auto text = [&](size_t index) { return string_at(warp, lane, argument(warp, site, index, lane)); };
    warp.fault(FaultKind::Assert, active,
               text(1) + ":" + std::to_string((uint32_t)argument(warp, site, 2, lane)) + ": " + text(3) + ": assertion `" +
                   text(0) + "` failed");
}

const SystemFunction vprintf_("vprintf", vprintf, {8, 8}, {4});
const SystemFunction assertfail_("__assertfail", assertfail, {8, 8, 4, 8, 8}, {});

}  // namespace
}  // namespace ridgepoint::emulator
