#include "one_instruction.h"

namespace testing {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

// Registers 1 to 4 of each width hold the result and the operands.
std::string reg(unsigned bits, unsigned number) {
    const char* const prefix = bits == 16 ? "%rs" : bits == 32 ? "%r" : bits == 64 ? "%rd" : "%p";
    return prefix + std::to_string(number);
}

std::vector<Operands> combined(const std::vector<uint64_t>& special, uint64_t mask, size_t random_rows) {
    std::vector<Operands> rows;
    std::mt19937_64 random(42);
    for (size_t i = 0; i < special.size(); i++) {
        for (size_t j = 0; j < special.size(); j++) {
            rows.push_back({special[i] & mask, special[j] & mask, special[(i * 7 + j * 3) % special.size()] & mask});
        }
    }
    for (size_t i = 0; i < random_rows; i++) {
        Operands row{random() & mask, random() & mask, random() & mask};
        // Half of them near each other or small, where carries, ties and cancellation happen.
        if (i % 4 == 1) row[1] = row[0] ^ (random() & 7);
        if (i % 4 == 2) row[1] = random() & 63;
        rows.push_back(row);
    }
    return rows;
}

}  // namespace

std::vector<uint64_t> execute(const std::string& instruction, unsigned result_bits, std::array<unsigned, 3> operand_bits,
                              const std::vector<Operands>& rows) {
    std::string body = "mul.wide.u32 %rd50, %r63, 24;\nadd.u64 %rd51, %rd60, %rd50;\nmul.wide.u32 %rd52, %r63, 8;\nadd.u64 %rd53, %rd61, %rd52;\n";
    std::string code = instruction;
    const char* const names[] = {"$a", "$b", "$c"};
    for (unsigned i = 0; i < 3; i++) {
        if (operand_bits[i] == 0) continue;
        const std::string name = reg(operand_bits[i], i + 2);
        body += "ld.global.b" + std::to_string(operand_bits[i]) + " " + name + ", [%rd51+" + std::to_string(8 * i) + "];\n";
        code = replaced(code, names[i], name);
    }
    code = replaced(code, "$d", reg(result_bits, 1));
    body += code + "\n";
    if (result_bits == 1) {
        body += "selp.b64 %rd1, 1, 0, %p1;\nst.global.b64 [%rd53], %rd1;\n";
    } else {
        body += "st.global.b" + std::to_string(result_bits) + " [%rd53], " + reg(result_bits, 1) + ";\n";
    }
    Device device;
    device.load(kernel_around(body));
    // A few lanes more than there are rows would read beyond; the last rows are repeated instead.
    std::vector<Operands> padded = rows;
    while (padded.size() % 128 != 0) padded.push_back(rows.back());
    const uint64_t in = device.upload(padded), out = device.upload(std::vector<uint64_t>(padded.size()));
    const LaunchResult result = device.launch("k", {(uint32_t)(padded.size() / 128), 1, 1}, {128, 1, 1}, in, out);
    if (result.fault) harness::report("instruction", 0, result.fault->text());
    return device.download<uint64_t>(out, rows.size());
}

std::vector<Operands> integer_rows(unsigned bits, size_t random_rows) {
    const uint64_t top = 1ull << (bits - 1);
    return combined({0, 1, 2, 3, 7, 31, 32, 33, 63, 64, 255, top - 1, top, top + 1, top >> 1, 0xffff, ~0ull, ~0ull - 1, 0x5555555555555555,
                     0xaaaaaaaaaaaaaaaa, 0x0123456789abcdef},
                    bits == 64 ? ~0ull : (1ull << bits) - 1, random_rows);
}

std::vector<Operands> f32_rows(size_t random_rows) {
    return combined({0, 0x80000000, 1, 0x80000001, 0x7fffff, 0x800000, 0x80800000, 0x3f800000, 0xbf800000, 0x3f800001, 0x3f7fffff, 0x40000000,
                     0x3f000000, 0x40490fdb, 0x7f7fffff, 0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0x4b000000, 0x33800000},
                    0xffffffff, random_rows);
}

std::vector<Operands> f64_rows(size_t random_rows) {
    return combined({0, 1ull << 63, 1, 0x10000000000000, 0x3ff0000000000000, 0xbff0000000000000, 0x3ff0000000000001, 0x4000000000000000,
                     0x7fefffffffffffff, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000000, 0x4330000000000000, 0x41dfffffffc00000},
                    ~0ull, random_rows);
}

std::vector<Operands> half_rows(bool brain, size_t random_rows) {
    const std::vector<uint64_t> f16{0, 0x8000, 1, 0x3ff, 0x400, 0x3c00, 0xbc00, 0x3c01, 0x7bff, 0xfbff, 0x7c00, 0xfc00, 0x7e00, 0x4000, 0x3555, 0x1400};
    const std::vector<uint64_t> bf16{0, 0x8000, 1, 0x7f, 0x80, 0x3f80, 0xbf80, 0x3f81, 0x7f7f, 0xff7f, 0x7f80, 0xff80, 0x7fc0, 0x4000, 0x3eaa, 0x3b80};
    return combined(brain ? bf16 : f16, 0xffff, random_rows);
}

}  // namespace testing
