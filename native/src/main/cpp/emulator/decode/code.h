// Decoded functions: operations ready to run, but for the addresses of variables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "decode/symbols.h"
#include "exec/op.h"

namespace ridgepoint::emulator {

// Where a parameter or a result lies in a function's thread-private memory.
struct Slice {
    uint32_t offset;
    uint32_t size;
};

struct Function {
    std::string name;
    bool defined = false;
    uint32_t start = 0;            // pc of its first operation
    uint32_t register_bytes = 0;   // of a frame, a multiple of 64
    uint32_t local_bytes = 0;      // of a thread's frame, a multiple of 16
    uint32_t dynamic_shared = 0;   // entries: where dynamic shared memory starts, from the start of static memory
    std::vector<Slice> parameters, results;  // .func only
};

// A call as seen by the caller: its slices go to the callee's parameters, the callee's results come back.
struct CallSite {
    std::vector<Slice> arguments, results;
};

// A constant that holds the address of a variable: lane values of `bytes` each.
struct ConstantRelocation {
    uint32_t offset;
    uint32_t variable;
    uint64_t addend;
    unsigned width;  // bytes of a lane
};

// A function's address, for tables of pointers and indirect calls. Not a device address.
constexpr uint64_t CODE_ADDRESS = 0x10000;
constexpr uint64_t code_address(uint32_t function) { return CODE_ADDRESS + (uint64_t)function * 16; }

class Code {
  public:
    std::vector<Op> ops;
    std::vector<uint32_t> lines;  // of the text, one an operation
    std::vector<Function> functions;
    std::vector<FunctionSymbols> symbols;  // one a function
    std::vector<std::byte> constants;
    std::vector<ConstantRelocation> relocations;
    std::shared_ptr<const std::string> text;
    std::vector<std::shared_ptr<const void>> kept;  // what Op::extra points at
    std::vector<std::vector<uint8_t>> initial;      // one a variable of the module
    struct DataRelocation {
        uint32_t variable;
        uint64_t offset;
        uint32_t size;
        uint32_t shift;
        bool is_function;
        uint32_t target;
        int64_t addend;
    };
    std::vector<DataRelocation> data_relocations;

    uint32_t function_at(uint32_t pc) const;
    // The line as written, without blanks around it.
    std::string_view source(uint32_t line) const;
};

}  // namespace ridgepoint::emulator
