// ld ldu st prefetch createpolicy.
#include <algorithm>
#include <cstring>
#include <type_traits>

#include "decode/function_decoder.h"
#include "decode/opcode.h"
#include "decode/spelling.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/memory.h"
#include "ops/memory_form.h"
#include "ops/quad.h"

namespace ridgepoint::emulator {
namespace {

// Tiles are read by rows and by columns: eight lanes at a time point at eight words side by side, or at one.
void load_words(uint32_t* to, HostPlaces places) {
    for (unsigned first = 0; first < LANES; first += 8) {
#if defined(__AVX2__)
        const uint64_t* const offset = places.offset + first;
        const __m256i low = _mm256_loadu_si256((const __m256i*)offset), high = _mm256_loadu_si256((const __m256i*)(offset + 4));
        const __m256i one = _mm256_set1_epi64x((int64_t)offset[0]);
        // Whether the lanes lie so far behind the first.
        const auto lie = [=](__m256i of_low, __m256i of_high) {
            const __m256i wrong = _mm256_or_si256(_mm256_xor_si256(low, _mm256_add_epi64(one, of_low)), _mm256_xor_si256(high, _mm256_add_epi64(one, of_high)));
            return _mm256_testz_si256(wrong, wrong) != 0;
        };
        if (lie(_mm256_setr_epi64x(0, 4, 8, 12), _mm256_setr_epi64x(16, 20, 24, 28))) {
            std::memcpy(to + first, places[first], 8 * sizeof *to);
            continue;
        }
        if (lie(_mm256_setzero_si256(), _mm256_setzero_si256())) {
            std::fill_n(to + first, 8, *reinterpret_cast<const uint32_t*>(places[first]));
            continue;
        }
#endif
        for (unsigned i = first; i < first + 8; i++) to[i] = *reinterpret_cast<const uint32_t*>(places[i]);
    }
}

// M is the type in memory, R the lane of a register, N how many of them lie side by side.
template <class M, class R, unsigned N>
void load_part(R* to, unsigned part, LaneMask lanes, const HostAddresses& host) {
    const HostPlaces places = host.places();
    const auto value = [=](unsigned lane) { return (R)reinterpret_cast<const M*>(places[lane])[part]; };
    if (host.pattern() == Pattern::Consecutive) {
        const M* const from = reinterpret_cast<const M*>(places[0]) + part;
        for (unsigned i = 0; i < LANES; i++) to[i] = (R)from[i * N];
    } else if (host.pattern() == Pattern::Uniform) {
        const R same = value(lowest(lanes));
        each_lane(to, lanes, [=](unsigned) { return same; });
    } else if (std::is_same_v<M, uint32_t> && std::is_same_v<R, uint32_t> && N == 1 && lanes == ALL_LANES) {
        load_words(reinterpret_cast<uint32_t*>(to), places);
    } else if (lanes == ALL_LANES) {
#pragma GCC unroll 8
        for (unsigned i = 0; i < LANES; i++) to[i] = value(i);
    } else {
        for_active(lanes, [&](unsigned i) { to[i] = value(i); });
    }
}

template <class M, class R, unsigned N>
Flow load(Warp& warp, const Op& op, LaneMask active) {
    on_memory(warp, op, op.operand[N], active, [&](LaneMask lanes, const HostAddresses& host) {
        for (unsigned part = 0; part < N; part++) load_part<M, R, N>(warp.write<R>(op.operand[part]), part, lanes, host);
    });
    return Flow::Next;
}

// Shows an observer what is stored, while the store is under way.
class Shown {
  public:
    Shown(WorkerState& worker, const StoredValues& values) : worker_(worker) { worker.storing = &values; }
    ~Shown() { worker_.storing = nullptr; }

  private:
    WorkerState& worker_;
};

template <class M, class R, unsigned N>
Flow store_unseen(Warp& warp, const Op& op, LaneMask active) {
    on_memory(warp, op, op.operand[N], active, [&](LaneMask lanes, const HostAddresses& host) {
        const R* from[N];
        for (unsigned part = 0; part < N; part++) from[part] = warp.read<R>(op.operand[part]);
        if (host.pattern() == Pattern::Consecutive) {
            M* const to = reinterpret_cast<M*>(host[0]);
            for (unsigned i = 0; i < LANES * N; i++) to[i] = (M)from[i % N][i / N];
            return;
        }
        for_active(lanes, [from, places = host.places()](unsigned i) {
            for (unsigned part = 0; part < N; part++) reinterpret_cast<M*>(places[i])[part] = (M)from[part][i];
        });
    });
    return Flow::Next;
}

template <class M, class R, unsigned N>
Flow store(Warp& warp, const Op& op, LaneMask active) {
    WorkerState& worker = warp.cta().worker();
    if (worker.observer == nullptr) return store_unseen<M, R, N>(warp, op, active);
    StoredValues values{{}, N, sizeof(R), sizeof(M)};
    for (unsigned part = 0; part < N; part++) {
        values.part[part] = reinterpret_cast<const std::byte*>(warp.read<R>(op.operand[part]));
    }
    const Shown shown(worker, values);
    return store_unseen<M, R, N>(warp, op, active);
}

// Eight parts are more than an operation has operands.
struct EightParts : MemoryForm {
    Ref part[8];
    static const EightParts& of(const Op& op) { return static_cast<const EightParts&>(MemoryForm::of(op)); }
};

template <class M, class R>
Flow load_eight(Warp& warp, const Op& op, LaneMask active) {
    const EightParts& form = EightParts::of(op);
    on_memory(warp, op, op.operand[0], active, [&](LaneMask lanes, const HostAddresses& host) {
        for (unsigned part = 0; part < 8; part++) load_part<M, R, 8>(warp.write<R>(form.part[part]), part, lanes, host);
    });
    return Flow::Next;
}

template <class M, class R>
Flow store_eight(Warp& warp, const Op& op, LaneMask active) {
    const EightParts& form = EightParts::of(op);
    // Laid out as memory will have them: an observer sees one part, of all the bytes.
    M lanes_of_eight[LANES][8];
    for (unsigned part = 0; part < 8; part++) {
        const R* from = warp.read<R>(form.part[part]);
        for (unsigned i = 0; i < LANES; i++) lanes_of_eight[i][part] = (M)from[i];
    }
    const StoredValues values{{reinterpret_cast<const std::byte*>(lanes_of_eight)}, 1, sizeof *lanes_of_eight, sizeof *lanes_of_eight};
    const Shown shown(warp.cta().worker(), values);
    on_memory(warp, op, op.operand[0], active, [&](LaneMask lanes, const HostAddresses& host) {
        for_active(lanes, [&](unsigned i) { std::memcpy(host[i], lanes_of_eight[i], sizeof lanes_of_eight[i]); });
    });
    return Flow::Next;
}

template <template <class, class> class Family>
Exec instance_of_eight(const Decoder& d, Type type) {
    if (type == Type::S8) return Family<int8_t, int16_t>::EXEC;
    switch (bits(type)) {
        case 8: return Family<uint8_t, uint16_t>::EXEC;
        case 16: return Family<uint16_t, uint16_t>::EXEC;
        case 32: return Family<uint32_t, uint32_t>::EXEC;
        default: d.refuse("eight parts have 32 bits or fewer");
    }
}
template <class M, class R> struct LoadEight { static constexpr Exec EXEC = load_eight<M, R>; };
template <class M, class R> struct StoreEight { static constexpr Exec EXEC = store_eight<M, R>; };

// A parameter of the kernel: the same bytes for all lanes.
template <class M, class R, unsigned N>
Flow load_parameter(Warp& warp, const Op& op, LaneMask active) {
    const std::vector<std::byte>& parameters = warp.cta().launch().config.parameters;
    if (op.immediate + N * sizeof(M) > parameters.size()) {
        warp.fault(FaultKind::IllegalAddress, active, "load beyond the kernel's parameters", op.immediate);
    }
    M value[N];
    std::memcpy(value, parameters.data() + op.immediate, sizeof value);
    for (unsigned part = 0; part < N; part++) {
        each_lane(warp.write<R>(op.operand[part]), active, [&](unsigned) { return (R)value[part]; });
    }
    return Flow::Next;
}

// The instance of one of the three for a type in memory and a number of parts.
template <template <class, class, unsigned> class Family>
Exec instance(const Decoder& d, Type type, size_t parts) {
    const auto by_parts = [&](auto memory, auto reg) -> Exec {
        typedef decltype(memory) M;
        typedef decltype(reg) R;
        switch (parts) {
            case 1: return Family<M, R, 1>::EXEC;
            case 2: return Family<M, R, 2>::EXEC;
            case 4: return Family<M, R, 4>::EXEC;
            default: d.refuse("vectors have 2 or 4 parts");
        }
    };
    if (type == Type::S8) return by_parts(int8_t(), int16_t());
    switch (bits(type)) {
        case 8: return by_parts(uint8_t(), uint16_t());
        case 16: return by_parts(uint16_t(), uint16_t());
        case 32: return by_parts(uint32_t(), uint32_t());
        case 64: return by_parts(uint64_t(), uint64_t());
        case 128: return by_parts(Quad(), Quad());
        default: d.refuse(std::string("type .") + name(type) + " is not supported here");
    }
}
template <class M, class R, unsigned N> struct Load { static constexpr Exec EXEC = load<M, R, N>; };
template <class M, class R, unsigned N> struct Store { static constexpr Exec EXEC = store<M, R, N>; };
template <class M, class R, unsigned N> struct LoadParameter { static constexpr Exec EXEC = load_parameter<M, R, N>; };

InstructionClass load_class(Space space) {
    return space == Space::Global || space == Space::Generic            ? InstructionClass::LoadGlobal
           : space == Space::Shared || space == Space::SharedCluster ? InstructionClass::LoadShared
                                                                         : InstructionClass::LoadOther;
}
InstructionClass store_class(Space space) {
    return space == Space::Global || space == Space::Generic            ? InstructionClass::StoreGlobal
           : space == Space::Shared || space == Space::SharedCluster ? InstructionClass::StoreShared
                                                                         : InstructionClass::StoreOther;
}

struct Keep { uint64_t operator()(uint64_t value) const { return value; } };

// The parts of a scalar or vector operand.
std::vector<ptx::Operand> parts_of(const ptx::Operand& operand) {
    if (operand.kind == ptx::Operand::Kind::Vector) return operand.elements;
    return {operand};
}

struct Access {
    MemoryForm form;
    Type type;
    size_t parts;
};

Access decode_access(Decoder& d, AccessKind kind) {
    Access access;
    access.form.request.kind = kind;
    access.form.take_order(d);
    access.form.take_space(d);
    d.take("nc");
    take_cache_hints(d);
    access.parts = d.choose<size_t>({{"v2", 2}, {"v4", 4}, {"v8", 8}}, 1);
    access.type = d.type();
    access.form.request.size = (uint32_t)(access.parts * bytes(access.type));
    const uint32_t most = access.form.request.space == Space::Global || access.form.request.space == Space::Generic ? 32 : 16;
    if (access.form.request.size > most) d.refuse("accesses of more than " + std::to_string(most) + " bytes are not supported");
    if (access.form.request.size > 16 && target_number(d.function().module()) < 100) d.refuse("32 bytes need .target sm_100 or later");
    if (access.type == Type::B128 && access.parts != 1) d.refuse("a vector of .b128 is too long");
    return access;
}

// The eight registers of an operand, in the order of memory.
template <class Bind>
void emit_eight(Decoder& d, const Access& access, const AddressOperand& address, const ptx::Operand& list, InstructionClass kind, Exec exec, Bind bind) {
    EightParts form;
    static_cast<MemoryForm&>(form) = access.form;
    for (size_t i = 0; i < 8; i++) form.part[i] = bind(list.elements[i]);
    Op& op = d.emit(kind, exec, {address.base});
    op.immediate = (uint64_t)address.offset;
    op.extra = static_cast<const MemoryForm*>(d.keep(form));
}

void decode_ld(Decoder& d) {
    Access access = decode_access(d, AccessKind::Load);
    const AddressOperand address = access.form.take_address(d, 1);
    take_cache_policy(d, 2);
    const std::vector<ptx::Operand> parts = parts_of(d.operand(0));
    if (parts.size() != access.parts) d.refuse("the destination has another number of parts");
    const bool uniform = access.form.request.space == Space::Param && address.is_static;
    if (parts.size() == 8) {
        if (uniform) d.refuse("parameters are read in parts of up to four");
        return emit_eight(d, access, address, d.operand(0), load_class(access.form.request.space), instance_of_eight<LoadEight>(d, access.type),
                          [&](const ptx::Operand& part) { return d.destination(part, access.type); });
    }
    Ref refs[5];
    for (size_t i = 0; i < parts.size(); i++) refs[i] = d.destination(parts[i], access.type);
    refs[parts.size()] = address.base;
    const Exec exec = uniform ? instance<LoadParameter>(d, access.type, parts.size()) : instance<Load>(d, access.type, parts.size());
    Op& op = d.emit(load_class(access.form.request.space), exec, {refs[0], refs[1], refs[2], refs[3], refs[4]});
    op.immediate = (uint64_t)address.offset;
    op.extra = d.keep(access.form);
}

void decode_st(Decoder& d) {
    Access access = decode_access(d, AccessKind::Store);
    const AddressOperand address = access.form.take_address(d, 0);
    take_cache_policy(d, 2);
    const std::vector<ptx::Operand> parts = parts_of(d.operand(1));
    if (parts.size() != access.parts) d.refuse("the source has another number of parts");
    if (parts.size() == 8) {
        return emit_eight(d, access, address, d.operand(1), store_class(access.form.request.space), instance_of_eight<StoreEight>(d, access.type),
                          [&](const ptx::Operand& part) { return d.source(part, access.type); });
    }
    Ref refs[5];
    for (size_t i = 0; i < parts.size(); i++) refs[i] = d.source(parts[i], access.type);
    refs[parts.size()] = address.base;
    Op& op = d.emit(store_class(access.form.request.space), instance<Store>(d, access.type, parts.size()),
                    {refs[0], refs[1], refs[2], refs[3], refs[4]});
    op.immediate = (uint64_t)address.offset;
    op.extra = d.keep(access.form);
}

// --- hints ---

// A policy says nothing here: any value will do where .L2::cache_hint asks for one.
void decode_createpolicy(Decoder& d) {
    const bool range = d.take("range"), from_word = d.take("cvt");
    if (!range && !from_word) d.require("fractional");
    for (const char* priority : {"global", "L2", "L2::evict_last", "L2::evict_normal", "L2::evict_first", "L2::evict_unchanged", "L2::evict_first"}) {
        d.take(priority);
    }
    const Type type = d.type();
    if (range) {
        d.expect_operands(4);
        d.address(1);
        d.source(2, Type::B32);
        d.source(3, Type::B32);
    } else if (d.operands() == 2) {
        d.source(1, from_word ? Type::B64 : Type::F32);
    } else {
        d.expect_operands(1);
    }
    const Ref policy = d.constant(0, type);
    d.emit(InstructionClass::Move, elementwise<Keep, uint64_t, uint64_t>, {d.destination(0, type), policy});
}

// A hint: nothing to do, and no fault for a bad address.
Flow nothing(Warp&, const Op&, LaneMask) { return Flow::Next; }

void decode_prefetch(Decoder& d) {
    for (const char* hint : {"global", "local", "const", "param", "tensormap", "L1", "L2", "L2::evict_last", "L2::evict_normal",
                             "L2::128B", "L2::cache_hint"}) {
        d.take(hint);
    }
    const ptx::Operand& address = d.operand(0);
    if (address.kind != ptx::Operand::Kind::Address) d.refuse("needs an address");
    for (size_t i = 1; i < d.operands(); i++) d.source(i, i == 1 && d.operands() == 3 ? Type::B32 : Type::B64);
    d.emit(InstructionClass::LoadOther, nothing, {});
}

// Of one line of the cache.
void decode_of_line(Decoder& d) {
    d.expect_operands(2);
    if (d.immediate(1) != 128) d.refuse("is for 128 bytes");
    decode_prefetch(d);
}

const Opcode ld("ld", decode_ld);
const Opcode ldu("ldu", decode_ld);
const Opcode createpolicy("createpolicy", decode_createpolicy);
const Opcode st("st", decode_st);
const Opcode prefetch("prefetch", decode_prefetch);
const Opcode prefetchu("prefetchu", decode_prefetch);
const Opcode applypriority("applypriority", decode_of_line);
const Opcode discard("discard", decode_of_line);

}  // namespace
}  // namespace ridgepoint::emulator
