// Special registers join as opcodes do: a name, a type, and an operation that fills its first operand.
#pragma once

#include <string_view>
#include <vector>

#include "decode/types.h"
#include "exec/op.h"

namespace ridgepoint::emulator {

struct SpecialRegister {
    // `name` without %, as in "tid.x"; `argument` becomes Op::immediate.
    SpecialRegister(std::string_view name, Type type, Exec fill, uint64_t argument = 0);
    static const SpecialRegister* find(std::string_view name);

    Type type;
    Exec fill;
    uint64_t argument;
};

// Functions that the system provides to device code (vprintf, __assertfail). Op::extra is the CallSite; slices are in
// the caller's thread-private frame, see ops/system_call.h.
struct SystemFunction {
    // Arguments and results by their sizes in bytes; a caller may leave the result out.
    SystemFunction(std::string_view name, Exec call, std::vector<uint32_t> arguments, std::vector<uint32_t> results);
    static const SystemFunction* find(std::string_view name);

    Exec call;
    std::vector<uint32_t> arguments, results;
};

}  // namespace ridgepoint::emulator
