#include "decode/types.h"

namespace ridgepoint::emulator {
namespace {

struct Row {
    Type type;
    const char* name;
    uint8_t bits;
    char family;  // p(redicate) b u s f
};

// In the order of Type.
constexpr Row ROWS[] = {
    {Type::Pred, "pred", 1, 'p'},
    {Type::B8, "b8", 8, 'b'},         {Type::U8, "u8", 8, 'u'},         {Type::S8, "s8", 8, 's'},
    {Type::E4M3, "e4m3", 8, 'f'},     {Type::E5M2, "e5m2", 8, 'f'},
    {Type::B16, "b16", 16, 'b'},      {Type::U16, "u16", 16, 'u'},      {Type::S16, "s16", 16, 's'},
    {Type::F16, "f16", 16, 'f'},      {Type::BF16, "bf16", 16, 'f'},
    {Type::E4M3X2, "e4m3x2", 16, 'f'}, {Type::E5M2X2, "e5m2x2", 16, 'f'},
    {Type::B32, "b32", 32, 'b'},      {Type::U32, "u32", 32, 'u'},      {Type::S32, "s32", 32, 's'},
    {Type::F32, "f32", 32, 'f'},      {Type::TF32, "tf32", 32, 'f'},
    {Type::F16X2, "f16x2", 32, 'f'},  {Type::BF16X2, "bf16x2", 32, 'f'},
    {Type::U16X2, "u16x2", 32, 'u'},  {Type::S16X2, "s16x2", 32, 's'},
    {Type::B64, "b64", 64, 'b'},      {Type::U64, "u64", 64, 'u'},      {Type::S64, "s64", 64, 's'},
    {Type::F64, "f64", 64, 'f'},      {Type::B128, "b128", 128, 'b'},
};

constexpr bool in_order() {
    unsigned index = 0;
    for (const Row& row : ROWS) {
        if ((unsigned)row.type != index++) return false;
    }
    return true;
}
static_assert(in_order(), "rows are looked up by type");

const Row& row(Type type) { return ROWS[(unsigned)type]; }

}  // namespace

std::optional<Type> type_named(std::string_view name) {
    for (const Row& candidate : ROWS) {
        if (name == candidate.name) return candidate.type;
    }
    return std::nullopt;
}

const char* name(Type type) { return row(type).name; }
unsigned bits(Type type) { return row(type).bits; }
unsigned bytes(Type type) { return (row(type).bits + 7u) / 8u; }
bool is_signed(Type type) { return row(type).family == 's'; }
bool is_float(Type type) { return row(type).family == 'f'; }
bool is_integer(Type type) { return row(type).family != 'f' && row(type).family != 'p' && row(type).bits <= 64; }
unsigned register_bits(Type type) { return row(type).bits == 8 ? 16 : row(type).bits; }

}  // namespace ridgepoint::emulator
