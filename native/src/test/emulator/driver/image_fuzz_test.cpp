// Damaged fatbins and cubins: they are read or refused, and no byte outside them is touched (which the address
// sanitizer sees: each lies in a buffer of exactly its size). Seeded, bounded.
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>

#include "driver/cubin.h"
#include "driver/errors.h"
#include "driver/fatbin.h"
#include "fatbin_writer.h"

using namespace ridgepoint::emulator::driver;

namespace {

constexpr unsigned ROUNDS = 20000;

// Of 64 bits, with the sections that the reader looks for: one kernel "k" of 40 registers.
std::string small_cubin() {
    constexpr size_t HEADER = 64, SECTION = 64;
    const std::string names("\0.shstrtab\0.nv.info\0.symtab\0.strtab\0", 37), strings("\0k\0", 3);
    std::string info(12, '\0'), symbols(48, '\0');
    const auto put = [](std::string& to, size_t at, auto value) { std::memcpy(to.data() + at, &value, sizeof value); };
    put(info, 0, (uint32_t)(4 | 0x2f << 8 | 8 << 16));
    put(info, 4, (uint32_t)1);
    put(info, 8, (uint32_t)40);
    put(symbols, 24, (uint32_t)1);
    const std::string* const parts[] = {&names, &info, &symbols, &strings};
    const uint32_t name_at[] = {1, 11, 20, 28};
    std::string body, table;
    for (size_t i = 0; i < 4; i++) {
        std::string section(SECTION, '\0');
        put(section, 0, name_at[i]);
        put(section, 0x18, (uint64_t)(HEADER + body.size()));
        put(section, 0x20, (uint64_t)parts[i]->size());
        table += section;
        body += *parts[i];
    }
    std::string header(HEADER, '\0');
    header.replace(0, 4, "\177ELF");
    put(header, 0x28, (uint64_t)(HEADER + body.size()));
    put(header, 0x3a, (uint16_t)SECTION);
    put(header, 0x3c, (uint16_t)4);
    put(header, 0x3e, (uint16_t)0);
    return header + body + table;
}

std::string small_fatbin() {
    fatbin::Writer writer;
    writer.add({fatbin::PTX, 80, false, fatbin::Packing::None, ".version 8.0\n.target sm_80\n"});
    writer.add({fatbin::CUBIN, 90, true, fatbin::Packing::None, small_cubin()});
    writer.add({fatbin::PTX, 90, true, fatbin::Packing::Lz4, ".version 8.0\n.target sm_90a\n"});
    writer.add({fatbin::CUBIN, 90, true, fatbin::Packing::Zstd, small_cubin()});
    return writer.bytes();
}

// How many entries and kernels the image holds.
size_t read(const std::string& image) {
    const std::unique_ptr<char[]> exact(new char[image.size()]);
    std::memcpy(exact.get(), image.data(), image.size());
    if (!is_fatbin(exact.get(), image.size())) return 0;
    size_t found = 0;
    for (const FatbinEntry& entry : parse_fatbin(exact.get(), image.size())) {
        const std::string content = unpack(entry.content, entry.packing, entry.plain_bytes);
        found++;
        if (entry.kind == FatbinEntry::Kind::Cubin) found += parse_cubin(content).size();
    }
    return found;
}

std::string mutated(std::string image, std::mt19937_64& random) {
    const uint64_t numbers[] = {0, 1, 8, 0xff, 0xffff, 0x80000000, 0xffffffff, ~0ull, ~0ull - 63, 1ull << 63, image.size()};
    for (unsigned changes = 1 + random() % 4; changes > 0; changes--) {
        const size_t at = random() % image.size();
        const uint64_t value = random() % 2 ? numbers[random() % (sizeof numbers / sizeof *numbers)] : random();
        std::memcpy(image.data() + at, &value, std::min<size_t>(1ull << random() % 4, image.size() - at));
    }
    if (random() % 8 == 0) image.resize(1 + random() % image.size());
    return image;
}

}  // namespace

int main(int count, char** files) {
    std::vector<std::string> corpus{small_fatbin()};
    for (int i = 1; i < count; i++) {
        std::ifstream file(files[i], std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    if (read(corpus[0]) != 6) {
        std::printf("the undamaged fatbin has %zu entries and kernels, expected 6\n", read(corpus[0]));
        return 1;
    }
    std::mt19937_64 random(2026);
    unsigned accepted = 0, refused = 0;
    for (unsigned i = 0; i < ROUNDS; i++) {
        try {
            read(mutated(corpus[i % corpus.size()], random));
            accepted++;
        } catch (const DriverError& error) {
            if (error.result() != CUDA_ERROR_INVALID_IMAGE) return 1;
            refused++;
        }
    }
    std::printf("%u accepted, %u refused\n", accepted, refused);
    return accepted > 0 && refused > 0 ? 0 : 1;
}
