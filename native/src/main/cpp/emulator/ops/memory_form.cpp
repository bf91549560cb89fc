#include "ops/memory_form.h"

namespace ridgepoint::emulator {

void MemoryForm::take_order(Decoder& d) {
    request.order = d.choose<Order>({{"weak", Order::Weak}, {"volatile", Order::Volatile}, {"relaxed", Order::Relaxed},
                                     {"acquire", Order::Acquire}, {"release", Order::Release},
                                     {"acq_rel", Order::AcquireRelease}}, Order::Weak);
    d.take("mmio");
    request.scope = d.choose<Scope>({{"cta", Scope::Cta}, {"cluster", Scope::Cluster}, {"gpu", Scope::Gpu},
                                     {"sys", Scope::System}}, Scope::System);
}

void MemoryForm::take_space(Decoder& d) {
    request.space = d.choose<Space>(
        {{"global", Space::Global}, {"shared", Space::Shared}, {"shared::cta", Space::Shared},
         {"shared::cluster", Space::SharedCluster}, {"local", Space::Local}, {"const", Space::Constant},
         {"param", Space::Param}, {"param::entry", Space::Param}, {"param::func", Space::Param}}, Space::Generic);
}

AddressOperand MemoryForm::take_address(Decoder& d, size_t operand) {
    const AddressOperand address = d.address(operand);
    narrow = address.narrow;
    if (address.in_frame) request.space = Space::Local;
    return address;
}

void take_cache_hints(Decoder& d) {
    for (const char* hint : {"ca", "cg", "cs", "lu", "cv", "wb", "wt", "L1::evict_normal", "L1::evict_unchanged",
                             "L1::evict_first", "L1::evict_last", "L1::no_allocate", "L2::evict_normal", "L2::evict_first",
                             "L2::evict_last", "L2::64B", "L2::128B", "L2::256B", "L2::cache_hint"}) {
        d.take(hint);
    }
}

void take_cache_policy(Decoder& d, size_t index) {
    if (d.operands() > index) d.source(index, Type::B64);
}

}  // namespace ridgepoint::emulator
