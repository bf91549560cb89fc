#include "core/loader.h"

#include <cstring>

#include "decode/layout.h"
#include "decode/spelling.h"
#include "ptx/parser.h"

namespace ridgepoint::emulator {
namespace {

constexpr unsigned NEWEST_MAJOR = 9, NEWEST_MINOR = 0;

uint32_t product(const uint32_t (&dimensions)[3]) { return dimensions[0] * dimensions[1] * dimensions[2]; }

Dim3 dim3(const uint32_t (&dimensions)[3]) { return {dimensions[0], dimensions[1], dimensions[2]}; }

// Bytes up to here rounded up, and one parameter behind them.
Parameter placed(const ptx::Variable& variable, uint32_t end) {
    const uint32_t offset = (end + variable.align - 1) / variable.align * variable.align;
    return {std::string(variable.name), offset, (uint32_t)variable.size, variable.align};
}

}  // namespace

Loader::Loader(std::string_view ptx, const LoadOptions& options)
    : options_(options), parsed_(ptx::parse(ptx)), module_(new Module), code_(new Code) {}

void Loader::check_version() const {
    if (parsed_.version_major < NEWEST_MAJOR) return;
    if (parsed_.version_major == NEWEST_MAJOR && parsed_.version_minor <= NEWEST_MINOR) return;
    throw LoadError(LoadError::Kind::UnsupportedVersion, 0, 0, "",
                    ".version " + std::to_string(parsed_.version_major) + "." + std::to_string(parsed_.version_minor) +
                        " is newer than 9.0");
}

// sm_80 runs on anything later; sm_90a only on 90 itself; sm_100f on its family, here the same major version.
void Loader::check_target() const {
    const std::string& target = parsed_.target;
    size_t digits = 0;
    const bool known = target.rfind("sm_", 0) == 0 && target.size() > 4 && target.size() < 10;
    const int number = known ? std::stoi("0" + target.substr(3), &digits) : 0;
    const char suffix = known && digits + 2 < target.size() ? target.back() : '\0';
    if (number == 0 || (suffix != '\0' && suffix != 'a' && suffix != 'f')) {
        throw LoadError(LoadError::Kind::Malformed, 0, 0, "", "target " + target + " is not known");
    }
    const bool fits = suffix == '\0'  ? number <= options_.architecture
                      : suffix == 'a' ? number == options_.architecture && options_.architecture_specific
                                      : number / 10 == options_.architecture / 10 && number <= options_.architecture;
    if (fits) return;
    throw LoadError(LoadError::Kind::WrongTarget, 0, 0, "",
                    "target " + target + " does not run on the sm_" + std::to_string(options_.architecture) + " played");
}

std::shared_ptr<const Module> Loader::load() {
    check_version();
    check_target();
    code_->text = parsed_.text;
    const Layout layout = lay_out_shared(parsed_);
    decode_functions(layout);
    check_spellings(parsed_);  // after the decoders, which know better what is wrong
    copy_variables();
    for (uint32_t i = 0; i < parsed_.functions.size(); i++) {
        module_->uses_heap_ |= !parsed_.functions[i].defined && (parsed_.functions[i].name == "malloc" || parsed_.functions[i].name == "free");
        if (parsed_.functions[i].entry && parsed_.functions[i].defined) module_->kernels_.push_back(kernel(i, layout));
    }
    module_->code_ = std::move(code_);
    return module_;
}

void Loader::decode_functions(const Layout& layout) {
    ConstantPool constants(*code_);
    code_->functions.resize(parsed_.functions.size());
    code_->symbols.resize(parsed_.functions.size());
    std::vector<std::unique_ptr<FunctionDecoder>> decoders;
    // Parameters of every function are known before any call is decoded.
    for (uint32_t i = 0; i < parsed_.functions.size(); i++) {
        Function& function = code_->functions[i];
        function.name = parsed_.functions[i].name;
        function.defined = parsed_.functions[i].defined;
        if (!function.defined) continue;
        decoders.push_back(std::make_unique<FunctionDecoder>(*code_, constants, parsed_, layout, i));
    }
    uint32_t pc = 0;
    size_t next = 0;
    for (Function& function : code_->functions) {
        if (!function.defined) continue;
        decoders[next]->survey();
        function.start = pc;
        pc += decoders[next++]->operations();
    }
    for (const auto& decoder : decoders) decoder->emit();
}

void Loader::copy_variables() {
    for (uint32_t i = 0; i < parsed_.variables.size(); i++) {
        const ptx::Variable& variable = parsed_.variables[i];
        module_->variables_.push_back(
            {std::string(variable.name),
             variable.space == ptx::StateSpace::Global ? VariableSpace::Global : VariableSpace::Constant, variable.size,
             variable.align, variable.external});
        code_->initial.push_back(variable.initial.bytes);
        code_->initial.back().resize(variable.size);
        for (const auto& relocation : variable.initial.relocations) {
            const bool is_function = relocation.symbol.kind == ptx::SymbolRef::Kind::Function;
            if (!is_function && relocation.symbol.kind != ptx::SymbolRef::Kind::Global) {
                throw LoadError(LoadError::Kind::Malformed, variable.at.line, variable.at.column, "",
                                "only global variables and functions have addresses to start with");
            }
            code_->data_relocations.push_back({i, relocation.offset, relocation.size, relocation.shift, is_function,
                                               relocation.symbol.index, relocation.addend});
        }
    }
}

Kernel Loader::kernel(uint32_t function, const Layout& layout) const {
    const ptx::Function& source = parsed_.functions[function];
    Kernel kernel;
    kernel.name = source.name;
    kernel.function = function;
    for (const ptx::Variable& variable : source.parameters) {
        kernel.parameters.push_back(placed(variable, kernel.parameter_bytes));
        kernel.parameter_bytes = kernel.parameters.back().offset + kernel.parameters.back().size;
    }
    kernel.static_shared = layout.static_bytes[function];
    kernel.local_bytes = code_->functions[function].local_bytes;
    if (product(source.max_threads) != 0) kernel.max_threads = product(source.max_threads);
    if (product(source.required_threads) != 0) {
        kernel.required_block = dim3(source.required_threads);
        kernel.max_threads = product(source.required_threads);
    }
    kernel.cluster = dim3(source.required_cluster);
    kernel.explicit_cluster = source.explicit_cluster;
    return kernel;
}

}  // namespace ridgepoint::emulator
