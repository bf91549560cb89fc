// cvt between integers.
#include <limits>
#include <type_traits>

#include "exec/lanes.h"
#include "ops/convert_form.h"

namespace ridgepoint::emulator {
namespace {

// 8-bit values live in lanes of 16.
template <class V>
using Lane = std::conditional_t<sizeof(V) == 1, std::conditional_t<std::is_signed_v<V>, int16_t, uint16_t>, V>;

template <class To, class From>
To clamped(From value) {
    constexpr uint64_t top = (uint64_t)std::numeric_limits<To>::max();
    if (std::is_signed_v<From> && value < 0) {
        if (!std::is_signed_v<To>) return 0;
        return (int64_t)value < (int64_t)std::numeric_limits<To>::min() ? std::numeric_limits<To>::min() : (To)value;
    }
    return (uint64_t)value > top ? (To)top : (To)value;
}

template <class To, class From, bool SATURATE>
struct Convert {
    Lane<To> operator()(Lane<From> lane) const {
        const From value = (From)lane;
        return (Lane<To>)(SATURATE ? clamped<To, From>(value) : (To)value);
    }
};

template <class F>
Exec for_value(const Decoder& d, Type type, F f) {
    switch (type) {
        case Type::U8: case Type::B8: return f(uint8_t());
        case Type::S8: return f(int8_t());
        case Type::U16: return f(uint16_t());
        case Type::S16: return f(int16_t());
        case Type::U32: return f(uint32_t());
        case Type::S32: return f(int32_t());
        case Type::U64: return f(uint64_t());
        case Type::S64: return f(int64_t());
        default: d.refuse(std::string("type .") + name(type) + " is not supported here");
    }
}

}  // namespace

Exec integer_conversion(const Decoder& d, const ConvertForm& form) {
    return for_value(d, form.to, [&](auto to) {
        return for_value(d, form.from, [&](auto from) -> Exec {
            typedef decltype(to) To;
            typedef decltype(from) From;
            return form.saturate ? (Exec)elementwise<Convert<To, From, true>, Lane<To>, Lane<From>>
                                 : (Exec)elementwise<Convert<To, From, false>, Lane<To>, Lane<From>>;
        });
    });
}

}  // namespace ridgepoint::emulator
