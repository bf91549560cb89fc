// A PTX text after parsing and decoding: kernels, variables, and code not yet tied to addresses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ridgepoint::emulator {

class Code;

struct Dim3 {
    uint32_t x = 1;
    uint32_t y = 1;
    uint32_t z = 1;
    uint64_t count() const { return (uint64_t)x * y * z; }
};

// One parameter of a kernel, at `offset` in the parameter bytes of a launch.
struct Parameter {
    std::string name;
    uint32_t offset;
    uint32_t size;
    uint32_t align;
};

struct Kernel {
    std::string name;
    std::vector<Parameter> parameters;
    uint32_t parameter_bytes = 0;
    uint32_t static_shared = 0;    // bytes, without what the system reserves
    uint32_t local_bytes = 0;      // of one thread, in the kernel's own frame
    uint32_t max_threads = 1024;   // .maxntid or .reqntid as a product
    Dim3 required_block{0, 0, 0};  // .reqntid; zero where there is none
    Dim3 cluster{0, 0, 0};         // .reqnctapercluster; zero where there is none
    bool explicit_cluster = false; // .explicitcluster: a launch must give the dimensions
    uint32_t function = 0;         // the core's own index
};

enum class VariableSpace { Global, Constant };

// A module-scope .global or .const variable. The driver gives it an address; cuModuleGetGlobal finds it by name.
struct Variable {
    std::string name;
    VariableSpace space;
    uint64_t size;
    uint32_t align;
    bool external;  // .extern: its address is that of another module's definition
};

// Why a text was refused. what() is a line fit for the JIT error log: "line 12, column 5: foo.bar: not supported".
class LoadError : public std::runtime_error {
  public:
    enum class Kind {
        Malformed = 218,           // CUDA_ERROR_INVALID_PTX: syntax, types, unknown names, unsupported opcodes
        UnsupportedVersion = 222,  // CUDA_ERROR_UNSUPPORTED_PTX_VERSION: .version beyond 9.0
        WrongTarget = 209,         // CUDA_ERROR_NO_BINARY_FOR_GPU: .target newer than the architecture played
    };
    LoadError(Kind kind, uint32_t line, uint32_t column, std::string opcode, const std::string& reason);

    const Kind kind;
    const uint32_t line;       // from 1; 0 where the whole text is meant
    const uint32_t column;     // from 1
    const std::string opcode;  // the full spelling, empty if no instruction is to blame
};

struct LoadOptions {
    // The architecture played, as in sm_90a: a .target beyond it is refused.
    int architecture = 90;
    bool architecture_specific = true;
};

class Module {
  public:
    // Parses and decodes the whole text; throws LoadError.
    static std::shared_ptr<const Module> load(std::string_view ptx, const LoadOptions& options);
    ~Module();
    Module(const Module&) = delete;

    const std::vector<Kernel>& kernels() const { return kernels_; }
    const Kernel* kernel(std::string_view name) const;  // null if there is none

    const std::vector<Variable>& variables() const { return variables_; }
    // Index into variables(), or -1.
    int variable(std::string_view name) const;

    // Whether it calls malloc or free.
    bool uses_heap() const { return uses_heap_; }

    const Code& code() const { return *code_; }

  private:
    friend class Loader;
    Module();
    std::vector<Kernel> kernels_;
    std::vector<Variable> variables_;
    bool uses_heap_ = false;
    std::unique_ptr<const Code> code_;
};

}  // namespace ridgepoint::emulator
