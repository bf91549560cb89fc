#include "decode/special.h"

#include <map>
#include <string>
#include <utility>

namespace ridgepoint::emulator {
namespace {

template <class T>
std::map<std::string, const T*, std::less<>>& table() {
    static std::map<std::string, const T*, std::less<>> entries;
    return entries;
}

template <class T>
const T* look_up(std::string_view name) {
    const auto found = table<T>().find(name);
    return found == table<T>().end() ? nullptr : found->second;
}

}  // namespace

SpecialRegister::SpecialRegister(std::string_view name, Type its_type, Exec its_fill, uint64_t its_argument)
    : type(its_type), fill(its_fill), argument(its_argument) {
    table<SpecialRegister>().emplace(name, this);
}

const SpecialRegister* SpecialRegister::find(std::string_view name) { return look_up<SpecialRegister>(name); }

SystemFunction::SystemFunction(std::string_view name, Exec its_call, std::vector<uint32_t> its_arguments, std::vector<uint32_t> its_results)
    : call(its_call), arguments(std::move(its_arguments)), results(std::move(its_results)) {
    table<SystemFunction>().emplace(name, this);
}

const SystemFunction* SystemFunction::find(std::string_view name) { return look_up<SystemFunction>(name); }

}  // namespace ridgepoint::emulator
