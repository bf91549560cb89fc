// alloca stacksave stackrestore: private memory whose size is known only when the thread runs.
#include "decode/opcode.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/local_stack.h"
#include "exec/observer.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Other;
constexpr int64_t LARGEST_ALIGNMENT = 1 << 23;

template <class T>
Flow alloca_(Warp& warp, const Op& op, LaneMask active) {
    LocalStack& stack = warp.extensions().get<LocalStack>();
    Observer* const observer = warp.cta().worker().observer;
    const T* bytes = warp.read<T>(op.operand[1]);
    T* to = warp.write<T>(op.operand[0]);
    for_active(active, [&](unsigned lane) {
        const uint64_t wanted = bytes[lane];
        const uint64_t address = stack.allocate(lane, wanted, op.immediate, warp.frame().depth);
        if (address == 0) {
            warp.fault(FaultKind::HardwareStackError, 1u << lane,
                       "alloca of " + std::to_string(wanted) + " bytes; a thread has " + std::to_string(LocalStack::BYTES));
        }
        if (observer != nullptr) observer->local_made(warp, 1u << lane, address, wanted);
        to[lane] = (T)address;
    });
    return Flow::Next;
}

template <class T>
Flow stacksave(Warp& warp, const Op& op, LaneMask active) {
    const LocalStack& stack = warp.extensions().get<LocalStack>();
    T* to = warp.write<T>(op.operand[0]);
    for_active(active, [&](unsigned lane) { to[lane] = (T)stack.top(lane); });
    return Flow::Next;
}

template <class T>
Flow stackrestore(Warp& warp, const Op& op, LaneMask active) {
    LocalStack& stack = warp.extensions().get<LocalStack>();
    const T* to = warp.read<T>(op.operand[0]);
    for_active(active, [&](unsigned lane) {
        if (stack.restore(lane, to[lane])) return;
        warp.fault(FaultKind::HardwareStackError, 1u << lane, "stackrestore of what no stacksave gave, or of a stack that is gone", to[lane]);
    });
    return Flow::Next;
}

template <template <class> class Family>
Exec instance(const Decoder& d, Type type) {
    if (type == Type::U32) return Family<uint32_t>::EXEC;
    if (type == Type::U64) return Family<uint64_t>::EXEC;
    d.refuse("needs .u32 or .u64");
}
template <class T> struct Alloca { static constexpr Exec EXEC = alloca_<T>; };
template <class T> struct Save { static constexpr Exec EXEC = stacksave<T>; };
template <class T> struct Restore { static constexpr Exec EXEC = stackrestore<T>; };

// alloca.type ptr, size{, align}
void decode_alloca(Decoder& d) {
    const Type type = d.type();
    const Exec exec = instance<Alloca>(d, type);
    if (d.operands() != 2) d.expect_operands(3);
    const int64_t align = d.operands() == 3 ? d.immediate(2) : 8;
    if (align <= 0 || align > LARGEST_ALIGNMENT || (align & (align - 1)) != 0) d.refuse("an alignment is a power of two up to 2^23");
    const Ref size = d.source(1, type);
    d.emit(KIND, exec, {d.destination(0, type), size}).immediate = (uint64_t)align;
}

void decode_stacksave(Decoder& d) {
    const Type type = d.type();
    d.expect_operands(1);
    d.emit(KIND, instance<Save>(d, type), {d.destination(0, type)});
}

void decode_stackrestore(Decoder& d) {
    const Type type = d.type();
    d.expect_operands(1);
    d.emit(KIND, instance<Restore>(d, type), {d.source(0, type)});
}

const Opcode alloca_opcode("alloca", decode_alloca);
const Opcode stacksave_opcode("stacksave", decode_stacksave);
const Opcode stackrestore_opcode("stackrestore", decode_stackrestore);

}  // namespace
}  // namespace ridgepoint::emulator
