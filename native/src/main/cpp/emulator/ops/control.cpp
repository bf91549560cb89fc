// Control flow: bra brx call ret exit trap.
#include <algorithm>

#include "decode/function_decoder.h"
#include "decode/opcode.h"
#include "decode/special.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Control;

using ptx::Operand;
using ptx::SymbolRef;

Flow bra(Warp& warp, const Op& op, LaneMask active) {
    return warp.branch(active, (uint32_t)op.immediate);
}

// A branch that depends on a predicate: counted, with how often it split the lanes.
Flow conditional_bra(Warp& warp, const Op& op, LaneMask active) {
    const Flow flow = warp.branch(active, (uint32_t)op.immediate);
    if (flow == Flow::Regroup) warp.cta().worker().counters.divergent_branches++;
    return flow;
}

void decode_bra(Decoder& d) {
    d.take("uni");
    d.expect_operands(1);
    const uint32_t target = d.target(0);
    d.emit(KIND, d.instruction().guarded ? conditional_bra : bra, {}).immediate = target;
    d.ends_flow();
}

Flow brx(Warp& warp, const Op& op, LaneMask active) {
    const auto& list = *static_cast<const std::vector<uint32_t>*>(op.extra);
    const uint32_t* index = warp.read<uint32_t>(op.operand[0]);
    uint32_t targets[LANES];
    for_active(active, [&](unsigned lane) {
        if (index[lane] >= list.size()) warp.fault(FaultKind::InvalidPc, 1u << lane, "branch index is beyond its list");
        targets[lane] = list[index[lane]];
    });
    return warp.scatter(active, targets);
}

void decode_brx(Decoder& d) {
    d.require("idx");
    d.take("uni");
    d.expect_operands(2);
    const Ref index = d.source(0, Type::U32);
    std::vector<uint32_t> targets = d.targets(1);
    d.emit(KIND, brx, {index}).extra = d.keep(std::move(targets));
    d.ends_flow();
}

Flow leave(Warp& warp, const Op&, LaneMask active) { return warp.leave(active); }
Flow exit(Warp& warp, const Op&, LaneMask active) { return warp.exit(active); }
Flow trap(Warp& warp, const Op&, LaneMask active) { warp.fault(FaultKind::LaunchFailed, active, "trap"); }

template <Exec EXEC>
void decode_end(Decoder& d) {
    d.take("uni");
    d.expect_operands(0);
    d.emit(KIND, EXEC, {});
    d.ends_flow();
}

// --- calls ---

Flow call(Warp& warp, const Op& op, LaneMask active) {
    return warp.call(active, *static_cast<const CallSite*>(op.extra), (uint32_t)op.immediate);
}

bool fits(const CallSite& site, const Function& function) {
    const auto same = [](const std::vector<Slice>& a, const std::vector<Slice>& b) {
        if (a.size() != b.size()) return false;
        for (size_t i = 0; i < a.size(); i++) {
            if (a[i].size != b[i].size) return false;
        }
        return true;
    };
    return same(site.arguments, function.parameters) && same(site.results, function.results);
}

bool fits(const CallSite& site, const SystemFunction& function) {
    const auto same = [](const std::vector<Slice>& slices, const std::vector<uint32_t>& sizes) {
        return std::equal(slices.begin(), slices.end(), sizes.begin(), sizes.end(), [](const Slice& s, uint32_t size) { return s.size == size; });
    };
    return same(site.arguments, function.arguments) && (site.results.empty() || same(site.results, function.results));
}

// Lanes may call different functions: those of the lowest lane's go first, the others find themselves here again.
Flow call_pointer(Warp& warp, const Op& op, LaneMask active) {
    const uint64_t* pointer = warp.read<uint64_t>(op.operand[0]);
    const CallSite& site = *static_cast<const CallSite*>(op.extra);
    const uint64_t address = pointer[lowest(active)];
    const Code& code = warp.cta().launch().code;
    const uint64_t function = (address - CODE_ADDRESS) / 16;
    if (address < CODE_ADDRESS || address % 16 != 0 || function >= code.functions.size() ||
        !code.functions[function].defined || !fits(site, code.functions[function])) {
        warp.fault(FaultKind::InvalidPc, 1u << lowest(active), "call of an address that is no such function", address);
    }
    LaneMask together = 0;
    for_active(active, [&](unsigned lane) { together |= (LaneMask)(pointer[lane] == address) << lane; });
    return warp.call(together, site, (uint32_t)function, active & ~together);
}

std::vector<Slice> slices(Decoder& d, const Operand& list) {
    std::vector<Slice> result;
    for (const Operand& element : list.elements) result.push_back(d.slice(element));
    return result;
}

// call{.uni} {(results),} function {, (arguments)} {, prototype}
void decode_call(Decoder& d) {
    d.take("uni");
    size_t next = 0;
    CallSite site;
    if (next < d.operands() && d.operand(0).kind == Operand::Kind::List) site.results = slices(d, d.operand(next++));
    const size_t callee_at = next++;
    const Operand& callee = d.operand(callee_at);
    if (next < d.operands() && d.operand(next).kind == Operand::Kind::List) site.arguments = slices(d, d.operand(next++));
    const bool prototype = next < d.operands();
    if (prototype && (d.operand(next).kind != Operand::Kind::Symbol || d.operand(next).symbol.kind != SymbolRef::Kind::Prototype)) {
        d.refuse("needs a prototype behind the arguments");
    }
    if (callee.kind == Operand::Kind::Register) {
        if (!prototype) d.refuse("a call through a register needs a prototype");
        const Ref pointer = d.source(callee_at, Type::U64);
        d.emit(KIND, call_pointer, {pointer}).extra = d.keep(std::move(site));
        return;
    }
    if (callee.kind != Operand::Kind::Symbol || callee.symbol.kind != SymbolRef::Kind::Function) d.refuse("needs a function");
    const uint32_t index = callee.symbol.index;
    const Function& function = d.function().code().functions[index];
    if (function.defined) {
        if (!fits(site, function)) d.refuse("arguments do not fit " + function.name);
        Op& op = d.emit(KIND, call, {});
        op.immediate = index;
        op.extra = d.keep(std::move(site));
    } else if (const SystemFunction* system = SystemFunction::find(function.name)) {
        if (!fits(site, *system)) d.refuse("arguments do not fit " + function.name);
        d.emit(KIND, system->call, {}).extra = d.keep(std::move(site));
    } else {
        d.refuse("function " + function.name + " is not defined");
    }
}

// Nobody debugs here, so a breakpoint ends the launch as a trap does. What follows it is reached in a debugger only.
Flow breakpoint(Warp& warp, const Op&, LaneMask active) { warp.fault(FaultKind::LaunchFailed, active, "brkpt"); }

void decode_brkpt(Decoder& d) {
    d.expect_operands(0);
    d.emit(KIND, breakpoint, {});
}

Flow nothing(Warp&, const Op&, LaneMask) { return Flow::Next; }

// Triggers a performance monitor: there are none.
void decode_pmevent(Decoder& d) {
    const int64_t most = d.take("mask") ? 0xffff : 15;
    d.expect_operands(1);
    const int64_t event = d.immediate(0);
    if (event < 0 || event > most) d.refuse("there are 16 events");
    d.emit(KIND, nothing, {});
}

const Opcode bra_("bra", decode_bra);
const Opcode brx_("brx", decode_brx);
const Opcode ret_("ret", decode_end<leave>);
const Opcode exit_("exit", decode_end<exit>);
const Opcode trap_("trap", decode_end<trap>);
const Opcode brkpt_("brkpt", decode_brkpt);
const Opcode pmevent_("pmevent", decode_pmevent);
const Opcode call_("call", decode_call);

}  // namespace
}  // namespace ridgepoint::emulator
