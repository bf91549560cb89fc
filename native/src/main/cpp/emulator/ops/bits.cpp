// Bits and bytes: bfe bfi bfind bmsk szext brev popc clz fns prmt dp4a dp2a.
#include "decode/opcode.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Integer;

template <class T>
constexpr uint32_t WIDTH = 8 * sizeof(T);

struct FieldExtract {
    template <class T> T operator()(T a, uint32_t position, uint32_t length) const {
        const uint32_t pos = position & 255, len = length & 255;
        if (len == 0) return 0;
        typedef std::make_unsigned_t<T> U;
        const uint32_t last = std::min(pos + len - 1, WIDTH<T> - 1);
        const bool negative = std::is_signed_v<T> && (((U)a >> last) & 1);
        const U field = (U)(pos < WIDTH<T> ? (U)a >> pos : 0);
        const U kept = (U)(len < WIDTH<T> ? ((U)1 << len) - 1 : ~(U)0);
        // Above the field, and above the value, stand copies of the sign.
        const uint32_t valid = pos < WIDTH<T> ? std::min(len, WIDTH<T> - pos) : 0;
        const U sign = (U)(valid >= WIDTH<T> ? 0 : (U)~(U)0 << valid);
        return (T)((field & kept) | (negative ? sign : 0));
    }
};

struct FieldInsert {
    template <class T> T operator()(T a, T b, uint32_t position, uint32_t length) const {
        const uint32_t pos = position & 255, len = length & 255;
        if (pos >= WIDTH<T> || len == 0) return b;
        const T ones = len < WIDTH<T> ? (T)(((T)1 << len) - 1) : (T)~(T)0;
        const T mask = (T)(ones << pos);
        return (T)((b & ~mask) | ((T)(a << pos) & mask));
    }
};

struct CountOnes { template <class T> uint32_t operator()(T a) const { return (uint32_t)__builtin_popcountll(a); } };
struct LeadingZeros {
    uint32_t operator()(uint32_t a) const { return a == 0 ? 32 : (uint32_t)__builtin_clz(a); }
    uint32_t operator()(uint64_t a) const { return a == 0 ? 64 : (uint32_t)__builtin_clzll(a); }
};
// The highest bit that differs from the sign; all ones if there is none.
struct FindHighest {
    template <class T> uint32_t operator()(T a) const {
        typedef std::make_unsigned_t<T> U;
        const U bits = (U)(a < 0 ? ~a : a);
        return bits == 0 ? ~0u : WIDTH<T> - 1 - LeadingZeros()(bits);
    }
};
struct ShiftToHighest {
    template <class T> uint32_t operator()(T a) const {
        const uint32_t at = FindHighest()(a);
        return at == ~0u ? at : WIDTH<T> - 1 - at;
    }
};
struct Reverse {
    template <class T> T operator()(T a) const {
        T result = 0;
        for (uint32_t i = 0; i < WIDTH<T>; i++) result = (T)(result | (((a >> i) & 1) << (WIDTH<T> - 1 - i)));
        return result;
    }
};

struct BitMask {
    template <bool WRAPS> static uint32_t of(uint32_t from, uint32_t many) {
        if (WRAPS) from &= 31, many &= 31;
        if (from >= 32 || many == 0) return 0;
        return (many >= 32 ? ~0u : (1u << many) - 1) << from;
    }
};
struct BitMaskClamp { uint32_t operator()(uint32_t a, uint32_t b) const { return BitMask::of<false>(a, b); } };
struct BitMaskWrap { uint32_t operator()(uint32_t a, uint32_t b) const { return BitMask::of<true>(a, b); } };

template <bool WRAPS>
struct SignExtend {
    template <class T> T operator()(T a, uint32_t b) const {
        const uint32_t many = WRAPS ? b & 31 : b;
        if (many == 0) return 0;
        if (many >= 32) return a;
        return (T)((T)((uint32_t)a << (32 - many)) >> (32 - many));
    }
};

// The n-th bit set, from `base` upwards (n > 0) or downwards (n < 0); n = 0 asks about `base` itself.
struct FindNth {
    uint32_t operator()(uint32_t mask, uint32_t base, int32_t n) const {
        if (base > 31) return ~0u;
        const int step = n < 0 ? -1 : 1;
        if (n == 0) return (mask >> base) & 1 ? base : ~0u;
        for (int at = (int)base; at >= 0 && at < 32; at += step) {
            if (!((mask >> at) & 1)) continue;
            n -= step;
            if (n == 0) return (uint32_t)at;
        }
        return ~0u;
    }
};

// --- prmt ---

uint32_t pick_byte(uint64_t bytes, uint32_t selector) {
    const uint32_t byte = (uint32_t)(bytes >> (8 * (selector & 7))) & 0xff;
    if (!(selector & 8)) return byte;
    return byte & 0x80 ? 0xff : 0;
}

struct Permute {
    uint32_t operator()(uint32_t a, uint32_t b, uint32_t c) const {
        const uint64_t bytes = (uint64_t)b << 32 | a;
        uint32_t result = 0;
        for (uint32_t i = 0; i < 4; i++) result |= pick_byte(bytes, (c >> (4 * i)) & 15) << (8 * i);
        return result;
    }
};

// The modes choose among four rows of selectors by the two low bits of c.
template <const uint16_t (&ROWS)[4]>
struct PermuteMode {
    uint32_t operator()(uint32_t a, uint32_t b, uint32_t c) const { return Permute()(a, b, ROWS[c & 3]); }
};
constexpr uint16_t F4E[4] = {0x3210, 0x4321, 0x5432, 0x6543};
constexpr uint16_t B4E[4] = {0x5670, 0x6701, 0x7012, 0x0123};
constexpr uint16_t RC8[4] = {0x0000, 0x1111, 0x2222, 0x3333};
constexpr uint16_t ECL[4] = {0x3210, 0x3211, 0x3222, 0x3333};
constexpr uint16_t ECR[4] = {0x0000, 0x1110, 0x2210, 0x3210};
constexpr uint16_t RC16[4] = {0x1010, 0x3232, 0x1010, 0x3232};

// --- dot products ---

template <class T>
int32_t byte_of(uint32_t word, unsigned i) { return (int32_t)(T)(word >> (8 * i)); }
template <class T>
int32_t half_of(uint32_t word, unsigned i) { return (int32_t)(T)(word >> (16 * i)); }

template <class A, class B>
struct Dot4 {
    uint32_t operator()(uint32_t a, uint32_t b, uint32_t c) const {
        int32_t sum = (int32_t)c;
        for (unsigned i = 0; i < 4; i++) sum += byte_of<A>(a, i) * byte_of<B>(b, i);
        return (uint32_t)sum;
    }
};
template <class A, class B, unsigned FIRST>
struct Dot2 {
    uint32_t operator()(uint32_t a, uint32_t b, uint32_t c) const {
        int32_t sum = (int32_t)c;
        for (unsigned i = 0; i < 2; i++) sum += half_of<A>(a, i) * byte_of<B>(b, FIRST + i);
        return (uint32_t)sum;
    }
};

// --- decoders ---

template <class F>
Exec word(const Decoder& d, Type type) {
    return bits(type) == 32   ? (Exec)elementwise<F, uint32_t, uint32_t>
           : bits(type) == 64 ? (Exec)elementwise<F, uint32_t, uint64_t>
                              : (d.refuse("needs 32 or 64 bits"), nullptr);
}

template <class F>
void decode_count(Decoder& d) {
    const Type type = d.type();
    d.expect_operands(2);
    const Exec exec = word<F>(d, type);
    const Ref a = d.source(1, type);
    d.emit(KIND, exec, {d.destination(0, Type::U32), a});
}

template <class F>
Exec find_exec(const Decoder& d, Type type) {
    switch (type) {
        case Type::U32: return elementwise<F, uint32_t, uint32_t>;
        case Type::S32: return elementwise<F, uint32_t, int32_t>;
        case Type::U64: return elementwise<F, uint32_t, uint64_t>;
        case Type::S64: return elementwise<F, uint32_t, int64_t>;
        default: d.refuse("needs .u32, .s32, .u64 or .s64");
    }
}

void decode_bfind(Decoder& d) {
    const bool shift = d.take("shiftamt");
    const Type type = d.type();
    d.expect_operands(2);
    const Exec exec = shift ? find_exec<ShiftToHighest>(d, type) : find_exec<FindHighest>(d, type);
    const Ref a = d.source(1, type);
    d.emit(KIND, exec, {d.destination(0, Type::U32), a});
}

void decode_brev(Decoder& d) {
    const Type type = d.type();
    emit_uniform(d, KIND, bits(type) == 32 ? (Exec)elementwise<Reverse, uint32_t, uint32_t> : (Exec)elementwise<Reverse, uint64_t, uint64_t>, type, 1);
}

void decode_bfe(Decoder& d) {
    const Type type = d.type();
    d.expect_operands(4);
    if (bits(type) < 32) d.refuse("needs 32 or 64 bits");
    const Exec exec = for_integer(d, type, [](auto t) -> Exec { return elementwise<FieldExtract, decltype(t), decltype(t), uint32_t, uint32_t>; });
    const Ref a = d.source(1, type), position = d.source(2, Type::U32), length = d.source(3, Type::U32);
    d.emit(KIND, exec, {d.destination(0, type), a, position, length});
}

void decode_bfi(Decoder& d) {
    const Type type = d.type();
    d.expect_operands(5);
    const Exec exec = bits(type) == 32 ? (Exec)elementwise<FieldInsert, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t>
                                       : (Exec)elementwise<FieldInsert, uint64_t, uint64_t, uint64_t, uint32_t, uint32_t>;
    const Ref a = d.source(1, type), b = d.source(2, type), position = d.source(3, Type::U32), length = d.source(4, Type::U32);
    d.emit(KIND, exec, {d.destination(0, type), a, b, position, length});
}

void decode_bmsk(Decoder& d) {
    const bool clamp = d.take("clamp");
    if (!clamp) d.require("wrap");
    d.require("b32");
    emit_uniform(d, KIND, clamp ? (Exec)elementwise<BitMaskClamp, uint32_t, uint32_t, uint32_t> : (Exec)elementwise<BitMaskWrap, uint32_t, uint32_t, uint32_t>, Type::B32, 2);
}

template <class T>
Exec szext_exec(bool clamp) {
    return clamp ? (Exec)elementwise<SignExtend<false>, T, T, uint32_t> : (Exec)elementwise<SignExtend<true>, T, T, uint32_t>;
}

void decode_szext(Decoder& d) {
    const bool clamp = d.take("clamp");
    if (!clamp) d.require("wrap");
    const Type type = d.type();
    emit_uniform(d, KIND, is_signed(type) ? szext_exec<int32_t>(clamp) : szext_exec<uint32_t>(clamp), type, 2);
}

void decode_fns(Decoder& d) {
    d.require("b32");
    emit_uniform(d, KIND, elementwise<FindNth, uint32_t, uint32_t, uint32_t, int32_t>, Type::B32, 3);
}

void decode_prmt(Decoder& d) {
    d.require("b32");
    typedef uint32_t W;
    const Exec exec = d.choose<Exec>(
        {{"f4e", elementwise<PermuteMode<F4E>, W, W, W, W>}, {"b4e", elementwise<PermuteMode<B4E>, W, W, W, W>},
         {"rc8", elementwise<PermuteMode<RC8>, W, W, W, W>}, {"ecl", elementwise<PermuteMode<ECL>, W, W, W, W>},
         {"ecr", elementwise<PermuteMode<ECR>, W, W, W, W>}, {"rc16", elementwise<PermuteMode<RC16>, W, W, W, W>}},
        elementwise<Permute, W, W, W, W>);
    emit_uniform(d, KIND, exec, Type::B32, 3);
}

template <template <class, class> class F>
Exec dot_exec(bool a_signed, bool b_signed) {
    typedef uint32_t W;
    if (a_signed) return b_signed ? (Exec)elementwise<F<int16_t, int8_t>, W, W, W, W> : (Exec)elementwise<F<int16_t, uint8_t>, W, W, W, W>;
    return b_signed ? (Exec)elementwise<F<uint16_t, int8_t>, W, W, W, W> : (Exec)elementwise<F<uint16_t, uint8_t>, W, W, W, W>;
}

// Dot4 has bytes on both sides; the 16-bit names of the first choose their 8-bit ones.
template <class A, class B>
struct DotBytes : Dot4<std::conditional_t<std::is_signed_v<A>, int8_t, uint8_t>, B> {};
template <class A, class B>
using DotLow = Dot2<A, B, 0>;
template <class A, class B>
using DotHigh = Dot2<A, B, 2>;

Type dot_type(Decoder& d) {
    const Type type = d.type();
    if (type != Type::U32 && type != Type::S32) d.refuse("needs .u32 or .s32");
    return type;
}

void decode_dp4a(Decoder& d) {
    const bool a = is_signed(dot_type(d)), b = is_signed(dot_type(d));
    emit_uniform(d, KIND, dot_exec<DotBytes>(a, b), Type::B32, 3);
}

void decode_dp2a(Decoder& d) {
    const bool low = d.take("lo");
    if (!low) d.require("hi");
    const bool a = is_signed(dot_type(d)), b = is_signed(dot_type(d));
    emit_uniform(d, KIND, low ? dot_exec<DotLow>(a, b) : dot_exec<DotHigh>(a, b), Type::B32, 3);
}

const Opcode bfe("bfe", decode_bfe);
const Opcode bfi("bfi", decode_bfi);
const Opcode bfind("bfind", decode_bfind);
const Opcode bmsk("bmsk", decode_bmsk);
const Opcode szext("szext", decode_szext);
const Opcode brev("brev", decode_brev);
const Opcode popc("popc", decode_count<CountOnes>);
const Opcode clz("clz", decode_count<LeadingZeros>);
const Opcode fns("fns", decode_fns);
const Opcode prmt("prmt", decode_prmt);
const Opcode dp4a("dp4a", decode_dp4a);
const Opcode dp2a("dp2a", decode_dp2a);

}  // namespace
}  // namespace ridgepoint::emulator
