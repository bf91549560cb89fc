// atom and red. Lanes act one after the other, ascending; on global memory each is atomic among the threads that run
// CTAs, too.
#include <cstring>
#include <mutex>
#include <type_traits>

#include "decode/opcode.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "fp/bits.h"
#include "fp/half.h"
#include "ops/dispatch.h"
#include "ops/memory_form.h"
#include "ops/quad.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Atomic;

struct And { template <class T> static T of(T old, T b, T) { return old & b; } };
struct Or { template <class T> static T of(T old, T b, T) { return old | b; } };
struct Xor { template <class T> static T of(T old, T b, T) { return old ^ b; } };
struct Exchange { template <class T> static T of(T, T b, T) { return b; } };
struct CompareSwap { template <class T> static T of(T old, T b, T c) { return old == b ? c : old; } };
struct Add { template <class T> static T of(T old, T b, T) { return (T)(old + b); } };
struct Increment { template <class T> static T of(T old, T b, T) { return old >= b ? 0 : old + 1; } };
struct Decrement { template <class T> static T of(T old, T b, T) { return old == 0 || old > b ? b : old - 1; } };
template <class S> struct Min { template <class T> static T of(T old, T b, T) { return (T)std::min((S)old, (S)b); } };
template <class S> struct Max { template <class T> static T of(T old, T b, T) { return (T)std::max((S)old, (S)b); } };

struct AddFloat {
    static uint32_t of(uint32_t old, uint32_t b, uint32_t) { return bits_of(canonical(float_of(old) + float_of(b))); }
};
// Global memory flushes subnormal numbers, shared memory does not.
struct AddFlushed {
    static uint32_t of(uint32_t old, uint32_t b, uint32_t) {
        return bits_of(canonical(flushed(flushed(float_of(old)) + flushed(float_of(b)))));
    }
};
struct AddDouble {
    static uint64_t of(uint64_t old, uint64_t b, uint64_t) { return bits_of(double_of(old) + double_of(b)); }
};
template <class Lane>
struct AddHalf {
    static uint16_t of(uint16_t old, uint16_t b, uint16_t) { return Lane::put(Lane::get(old) + Lane::get(b)); }
};
template <class Lane, bool LARGER>
struct ExtremeHalf {
    static uint16_t of(uint16_t old, uint16_t b, uint16_t) { return Lane::put(extreme<LARGER, false>(Lane::get(old), Lane::get(b))); }
};
template <class F>
struct Pair {
    static uint32_t of(uint32_t old, uint32_t b, uint32_t) {
        return (uint32_t)F::of((uint16_t)old, (uint16_t)b, 0) | (uint32_t)F::of((uint16_t)(old >> 16), (uint16_t)(b >> 16), 0) << 16;
    }
};

// One lane's turn; the value before it.
template <class F, class T>
T exchange(T* at, T b, T c, bool& changed) {
    T old = __atomic_load_n(at, __ATOMIC_SEQ_CST);
    while (true) {
        const T fresh = F::of(old, b, c);
        if (fresh == old) return old;
        if (__atomic_compare_exchange_n(at, &old, fresh, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
            changed = true;
            return old;
        }
    }
}

// operands: result, address, b, c. F on shared memory is G.
template <class F, class T, class G = F>
Flow atomic(Warp& warp, const Op& op, LaneMask active) {
    T* to = warp.write<T>(op.operand[0]);
    const T* b = warp.read<T>(op.operand[2]);
    const T* c = warp.read<T>(op.operand[3]);
    bool changed = false;
    T before[LANES];
    on_memory(warp, op, op.operand[1], active, [&](LaneMask lanes, const HostAddresses& host) {
        const bool shared = MemoryForm::of(op).request.space == Space::Shared;
        for_active(lanes, [&](unsigned i) {
            T* const at = reinterpret_cast<T*>(host[i]);
            before[i] = shared ? exchange<G, T>(at, b[i], c[i], changed) : exchange<F, T>(at, b[i], c[i], changed);
        });
    });
    for_active(active, [&](unsigned i) { to[i] = before[i]; });
    if (changed) warp.cta().worker().progress++;
    return Flow::Next;
}

// --- 128 bits ---

// Nothing else changes 16 bytes at once, so a lock is enough.
template <bool COMPARES>
Flow exchange_quad(Warp& warp, const Op& op, LaneMask active) {
    static std::mutex turn;
    const Quad* b = warp.read<Quad>(op.operand[2]);
    const Quad* c = COMPARES ? warp.read<Quad>(op.operand[3]) : nullptr;
    Quad before[LANES];
    bool changed = false;
    on_memory(warp, op, op.operand[1], active, [&](LaneMask lanes, const HostAddresses& host) {
        const std::lock_guard<std::mutex> lock(turn);
        for_active(lanes, [&](unsigned i) {
            std::memcpy(&before[i], host[i], sizeof(Quad));
            if (COMPARES && std::memcmp(&before[i], &b[i], sizeof(Quad)) != 0) return;
            const Quad& fresh = COMPARES ? c[i] : b[i];
            changed |= std::memcmp(&before[i], &fresh, sizeof(Quad)) != 0;
            std::memcpy(host[i], &fresh, sizeof(Quad));
        });
    });
    Quad* to = warp.write<Quad>(op.operand[0]);
    for_active(active, [&](unsigned i) { to[i] = before[i]; });
    if (changed) warp.cta().worker().progress++;
    return Flow::Next;
}

// --- vectors: each element is atomic by itself, the vector is not ---

constexpr size_t MOST_PARTS = 8;

struct VectorForm : MemoryForm {
    size_t parts = 0;
    Ref to[MOST_PARTS], b[MOST_PARTS];
    static const VectorForm& of(const Op& op) { return static_cast<const VectorForm&>(MemoryForm::of(op)); }
};

// operand: address; the registers are in the form.
template <class F, class T>
Flow atomic_vector(Warp& warp, const Op& op, LaneMask active) {
    const VectorForm& form = VectorForm::of(op);
    T before[MOST_PARTS][LANES];
    bool changed = false;
    on_memory(warp, op, op.operand[0], active, [&](LaneMask lanes, const HostAddresses& host) {
        for_active(lanes, [&](unsigned i) {
            T* const at = reinterpret_cast<T*>(host[i]);
            for (size_t part = 0; part < form.parts; part++) {
                before[part][i] = exchange<F, T>(at + part, warp.read<T>(form.b[part])[i], T(), changed);
            }
        });
    });
    for (size_t part = 0; part < form.parts; part++) {
        T* to = warp.write<T>(form.to[part]);
        for_active(active, [&](unsigned i) { to[i] = before[part][i]; });
    }
    if (changed) warp.cta().worker().progress++;
    return Flow::Next;
}

template <class Lane>
Exec half_vector(Decoder& d, bool packed) {
    d.require("noftz");
    if (packed) {
        return d.choose<Exec>({{"add", atomic_vector<Pair<AddHalf<Lane>>, uint32_t>}, {"min", atomic_vector<Pair<ExtremeHalf<Lane, false>>, uint32_t>},
                               {"max", atomic_vector<Pair<ExtremeHalf<Lane, true>>, uint32_t>}}, nullptr);
    }
    return d.choose<Exec>({{"add", atomic_vector<AddHalf<Lane>, uint16_t>}, {"min", atomic_vector<ExtremeHalf<Lane, false>, uint16_t>},
                           {"max", atomic_vector<ExtremeHalf<Lane, true>, uint16_t>}}, nullptr);
}

Exec vector_exec(Decoder& d, Type type) {
    switch (type) {
        case Type::F32: return d.take("add") ? atomic_vector<AddFlushed, uint32_t> : nullptr;
        case Type::F16: return half_vector<F16Lane>(d, false);
        case Type::BF16: return half_vector<Bf16Lane>(d, false);
        case Type::F16X2: return half_vector<F16Lane>(d, true);
        case Type::BF16X2: return half_vector<Bf16Lane>(d, true);
        default: return nullptr;
    }
}

// atom d, [a], b; red [a], b with lists of `parts` registers.
void decode_vector(Decoder& d, size_t first, MemoryForm memory, size_t parts) {
    VectorForm form;
    static_cast<MemoryForm&>(form) = memory;
    form.parts = parts;
    const Type type = d.type();
    form.request.kind = AccessKind::Atomic;
    form.request.size = (uint32_t)(parts * bytes(type));
    if (form.request.size > 16) d.refuse("vectors of more than 16 bytes are not supported");
    const Exec exec = vector_exec(d, type);
    if (exec == nullptr) d.refuse(std::string("this operation on vectors of .") + name(type) + " is not supported");
    const AddressOperand address = form.take_address(d, first);
    const ptx::Operand& values = d.operand(first + 1);
    if (values.elements.size() != parts) d.refuse("the source has another number of parts");
    for (size_t i = 0; i < parts; i++) form.b[i] = d.source(values.elements[i], type);
    take_cache_policy(d, first + 2);
    if (first == 1 && d.operand(0).elements.size() != parts) d.refuse("the destination has another number of parts");
    for (size_t i = 0; i < parts; i++) form.to[i] = first == 1 ? d.destination(d.operand(0).elements[i], type) : d.temporary(type);
    Op& op = d.emit(KIND, exec, {address.base});
    op.immediate = (uint64_t)address.offset;
    op.extra = static_cast<const MemoryForm*>(d.keep(form));
}

template <class T>
Exec bitwise(Decoder& d) {
    return d.choose<Exec>({{"and", atomic<And, T>}, {"or", atomic<Or, T>}, {"xor", atomic<Xor, T>}, {"exch", atomic<Exchange, T>},
                           {"cas", atomic<CompareSwap, T>}}, nullptr);
}

// S is the type as numbers, T the same bits.
template <class S>
Exec integer(Decoder& d) {
    typedef std::make_unsigned_t<S> T;
    const Exec exec = d.choose<Exec>({{"add", atomic<Add, T>}, {"min", atomic<Min<S>, T>}, {"max", atomic<Max<S>, T>}}, nullptr);
    if (exec != nullptr) return exec;
    if (std::is_same_v<S, uint32_t>) {
        if (d.take("inc")) return atomic<Increment, uint32_t>;
        if (d.take("dec")) return atomic<Decrement, uint32_t>;
    }
    return bitwise<T>(d);
}

template <class Lane>
Exec half(Decoder& d, bool packed) {
    d.take("noftz");
    if (packed) {
        return d.choose<Exec>({{"add", atomic<Pair<AddHalf<Lane>>, uint32_t>}, {"min", atomic<Pair<ExtremeHalf<Lane, false>>, uint32_t>},
                               {"max", atomic<Pair<ExtremeHalf<Lane, true>>, uint32_t>}}, nullptr);
    }
    return d.choose<Exec>({{"add", atomic<AddHalf<Lane>, uint16_t>}, {"min", atomic<ExtremeHalf<Lane, false>, uint16_t>},
                           {"max", atomic<ExtremeHalf<Lane, true>, uint16_t>}}, nullptr);
}

Exec exec_of(Decoder& d, Type type) {
    switch (type) {
        case Type::B16: return d.take("cas") ? atomic<CompareSwap, uint16_t> : nullptr;
        case Type::B32: return bitwise<uint32_t>(d);
        case Type::B64: return bitwise<uint64_t>(d);
        case Type::U32: return integer<uint32_t>(d);
        case Type::S32: return integer<int32_t>(d);
        case Type::U64: return integer<uint64_t>(d);
        case Type::S64: return integer<int64_t>(d);
        case Type::F32: return d.take("add") ? atomic<AddFlushed, uint32_t, AddFloat> : nullptr;
        case Type::F64: return d.take("add") ? atomic<AddDouble, uint64_t> : nullptr;
        case Type::F16: return half<F16Lane>(d, false);
        case Type::BF16: return half<Bf16Lane>(d, false);
        case Type::F16X2: return half<F16Lane>(d, true);
        case Type::BF16X2: return half<Bf16Lane>(d, true);
        case Type::B128: return d.choose<Exec>({{"exch", exchange_quad<false>}, {"cas", exchange_quad<true>}}, nullptr);
        default: return nullptr;
    }
}

// atom d, [a], b{, c}; red [a], b. `first` is the index of the address.
void decode_atomic(Decoder& d, size_t first) {
    MemoryForm form;
    form.take_order(d);
    if (form.request.order == Order::Weak) form.request.order = Order::Relaxed;
    form.take_space(d);
    take_cache_hints(d);
    const size_t parts = d.choose<size_t>({{"v2", 2}, {"v4", 4}, {"v8", 8}}, 1);
    if (parts != 1) return decode_vector(d, first, form, parts);
    const Type type = d.type();
    form.request.kind = AccessKind::Atomic;
    form.request.size = bytes(type);
    bool swaps = false;
    for (const std::string_view modifier : d.instruction().modifiers) swaps |= modifier == "cas";
    const Exec exec = exec_of(d, type);
    if (exec == nullptr) d.refuse(std::string("this operation on .") + name(type) + " is not supported");
    const AddressOperand address = form.take_address(d, first);
    const Ref b = d.source(first + 1, type);
    const Ref c = swaps ? d.source(first + 2, type) : b;
    take_cache_policy(d, first + 2 + swaps);
    const Ref to = first == 1 ? d.destination(0, type) : d.temporary(type);
    Op& op = d.emit(KIND, exec, {to, address.base, b, c});
    op.immediate = (uint64_t)address.offset;
    op.extra = d.keep(form);
}

void decode_atom(Decoder& d) { decode_atomic(d, 1); }
void decode_red(Decoder& d) { decode_atomic(d, 0); }

const Opcode atom("atom", decode_atom);
const Opcode red("red", decode_red);

}  // namespace
}  // namespace ridgepoint::emulator
