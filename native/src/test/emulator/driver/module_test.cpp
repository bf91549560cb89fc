// Modules: what is accepted, what is refused and how that is told.
#include <cstring>
#include <fstream>
#include <iterator>

#include "fatbin_writer.h"
#include "harness.h"
#include "kernels.h"

namespace {

struct Refusal {
    CUresult result;
    std::string log;
};

Refusal load_with_log(const void* image) {
    char log[512] = "untouched";
    CUjit_option options[] = {CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES};
    void* values[] = {log, (void*)(uintptr_t)sizeof log};
    CUmodule module = nullptr;
    CUresult result = cuModuleLoadDataEx(&module, image, 2, options, values);
    if (result == CUDA_SUCCESS) cuModuleUnload(module);
    EQUAL(std::strlen(log), (size_t)(uintptr_t)values[1] - (values[1] ? 1 : 0));
    return {result, log};
}

TEST("module", functions_and_variables_are_found_by_name) {
    test::Session session;
    CUmodule module = nullptr;
    CUfunction function = nullptr, again = nullptr;
    CUdeviceptr address = 0;
    size_t bytes = 0;
    const char* name = nullptr;
    OK(cuModuleLoadData(&module, kernels::ADD));
    OK(cuModuleGetFunction(&function, module, "add"));
    OK(cuModuleGetFunction(&again, module, "add"));
    TRUE(function == again);
    OK(cuFuncGetName(&name, function));
    EQUAL(std::string("add"), std::string(name));
    FAILS(CUDA_ERROR_NOT_FOUND, cuModuleGetFunction(&again, module, "sub"));
    OK(cuModuleGetGlobal_v2(&address, &bytes, module, "table"));
    EQUAL(16u, bytes);
    EQUAL(3u, test::download(address, 4)[2]);
    OK(cuModuleGetGlobal_v2(&address, nullptr, module, "counted"));
    EQUAL(7u, test::download(address, 1)[0]);
    FAILS(CUDA_ERROR_NOT_FOUND, cuModuleGetGlobal_v2(&address, &bytes, module, "tables"));
    OK(cuModuleUnload(module));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuModuleUnload(module));
    FAILS(CUDA_ERROR_INVALID_HANDLE, test::launch(function, 1, 1, {}));
}

TEST("module", a_refused_text_names_its_line_in_the_error_log) {
    test::Session session;
    Refusal refusal = load_with_log(kernels::UNKNOWN_OPCODE);
    EQUAL((int)CUDA_ERROR_INVALID_PTX, (int)refusal.result);
    TRUE(test::contains(refusal.log, "line 7"));
    TRUE(test::contains(refusal.log, "frobnicate"));
    EQUAL((int)CUDA_SUCCESS, (int)load_with_log(kernels::ADD).result);
    EQUAL(std::string(), load_with_log(kernels::ADD).log);
}

TEST("module", the_error_log_is_cut_to_its_buffer) {
    test::Session session;
    char log[16];
    std::memset(log, 'x', sizeof log);
    CUjit_option options[] = {CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, CU_JIT_ERROR_LOG_BUFFER};
    void* values[] = {(void*)8, log};
    CUmodule module = nullptr;
    FAILS(CUDA_ERROR_INVALID_PTX, cuModuleLoadDataEx(&module, kernels::UNKNOWN_OPCODE, 2, options, values));
    EQUAL('\0', log[7]);
    EQUAL('x', log[8]);
    EQUAL(8u, (size_t)(uintptr_t)values[0]);
}

TEST("module", targets_and_versions_beyond_the_device_are_refused) {
    test::Session session;
    EQUAL((int)CUDA_ERROR_NO_BINARY_FOR_GPU, (int)load_with_log(".version 8.0\n.target sm_121\n").result);
    EQUAL((int)CUDA_ERROR_UNSUPPORTED_PTX_VERSION, (int)load_with_log(".version 9.9\n.target sm_80\n").result);
    EQUAL((int)CUDA_ERROR_INVALID_IMAGE, (int)load_with_log("\1\2\3\4").result);
}

TEST("module", the_best_text_of_a_fatbin_is_taken) {
    test::Session session;  // plays sm_90a
    fatbin::Writer writer;
    writer.add({fatbin::PTX, 75, false, fatbin::Packing::None, "nonsense"});
    writer.add({fatbin::PTX, 80, false, fatbin::Packing::None, kernels::ADD});
    writer.add({fatbin::PTX, 100, true, fatbin::Packing::None, "nonsense"});
    writer.add({fatbin::PTX, 120, false, fatbin::Packing::None, "nonsense"});
    std::string image = writer.bytes();
    EQUAL((int)CUDA_SUCCESS, (int)load_with_log(image.data()).result);
    writer.add({fatbin::PTX, 90, true, fatbin::Packing::None, kernels::UNKNOWN_OPCODE});
    image = writer.bytes();
    EQUAL((int)CUDA_ERROR_INVALID_PTX, (int)load_with_log(image.data()).result);
}

TEST("module", what_cannot_be_executed_is_refused_with_what_there_is) {
    test::Session session;
    fatbin::Writer writer;
    writer.add({fatbin::CUBIN, 90, true, fatbin::Packing::None, "\177ELF"});
    writer.add({fatbin::PTX, 120, false, fatbin::Packing::Zstd, kernels::ADD});
    Refusal refusal = load_with_log(writer.bytes().data());
    EQUAL((int)CUDA_ERROR_NO_BINARY_FOR_GPU, (int)refusal.result);
    TRUE(test::contains(refusal.log, "a cubin for sm_90a; PTX for compute_120"));
    refusal = load_with_log("\177ELF\2\1\1");
    EQUAL((int)CUDA_ERROR_NO_BINARY_FOR_GPU, (int)refusal.result);
    TRUE(test::contains(refusal.log, "cubin"));
}

TEST("module", a_packed_text_is_unpacked) {
    test::Session session;
    for (const fatbin::Packing packing : {fatbin::Packing::Lz4, fatbin::Packing::Zstd}) {
        fatbin::Writer writer;
        writer.add({fatbin::PTX, 80, false, packing, kernels::ADD});
        std::string image = writer.bytes();
        const Refusal loaded = load_with_log(image.data());
        if (test::contains(loaded.log, "is not here")) throw test::Skip(loaded.log);
        EQUAL((int)CUDA_SUCCESS, (int)loaded.result);
        image[16 + 56]++;  // one byte more than there is
        EQUAL((int)CUDA_ERROR_INVALID_IMAGE, (int)load_with_log(image.data()).result);
        image[16 + 63] = 1;  // far more
        EQUAL((int)CUDA_ERROR_INVALID_IMAGE, (int)load_with_log(image.data()).result);
    }
}

TEST("module", a_damaged_fatbin_is_refused) {
    test::Session session;
    fatbin::Writer writer;
    writer.add({fatbin::PTX, 80, false, fatbin::Packing::None, kernels::ADD});
    std::string image = writer.bytes();
    image[16 + 8 + 6] = 1;  // the entry claims more than there is
    EQUAL((int)CUDA_ERROR_INVALID_IMAGE, (int)load_with_log(image.data()).result);
}

TEST("module", modules_are_read_from_files) {
    test::Session session;
    std::string name = "module_test.ptx";
    std::ofstream(name) << kernels::ADD;
    CUmodule module = nullptr;
    OK(cuModuleLoad(&module, name.c_str()));
    OK(cuModuleUnload(module));
    FAILS(CUDA_ERROR_FILE_NOT_FOUND, cuModuleLoad(&module, "no such file"));
    std::remove(name.c_str());
}

TEST("module", attributes_and_occupancy_without_a_cubin) {
    test::Session session;
    CUfunction add = test::load(kernels::ADD, "add");
    int value = -1, blocks = 0, grid = 0, block = 0;
    size_t bytes = 0;
    OK(cuFuncGetAttribute(&value, CU_FUNC_ATTRIBUTE_NUM_REGS, add));
    EQUAL(0, value);
    OK(cuFuncGetAttribute(&value, CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK, add));
    EQUAL(1024, value);
    OK(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, add, 256, 0));
    EQUAL(8, blocks);
    OK(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, add, 32, 0));
    EQUAL(32, blocks);
    OK(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, add, 128, 48 * 1024));
    EQUAL(4, blocks);
    OK(cuOccupancyMaxPotentialBlockSize(&grid, &block, add, nullptr, 0, 0));
    EQUAL(1024, block);
    EQUAL(2 * 132, grid);
    OK(cuOccupancyAvailableDynamicSMemPerBlock(&bytes, add, 2, 256));
    EQUAL(228u * 1024 / 2 - 1024, bytes);
    FAILS(CUDA_ERROR_INVALID_VALUE,
          cuFuncSetAttribute(add, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, 232449));
    OK(cuFuncSetAttribute(add, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, 232448));
}

// As nvcc writes it: the text for sm_90a is executed, and the cubin for sm_90a tells the registers.
void check_fatbin_of_nvcc(const char* path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw test::Skip(std::string("built without nvcc: there is no ") + path);
    std::string image{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    test::Session session;
    CUmodule module = nullptr;
    CUfunction scale = test::load(image.data(), "scale", &module);
    int registers = 0, threads = 0, blocks = 0;
    OK(cuFuncGetAttribute(&registers, CU_FUNC_ATTRIBUTE_NUM_REGS, scale));
    OK(cuFuncGetAttribute(&threads, CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK, scale));
    OK(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, scale, 512, 0));
    TRUE(registers >= 4 && registers <= 32);
    EQUAL(512, threads);
    EQUAL(4, blocks);
    std::vector<float> values(1000, 1.5f);
    float factor = 3;
    int n = 1000;
    CUdeviceptr from = 0, to = 0;
    OK(cuMemAlloc_v2(&from, 4000));
    OK(cuMemAlloc_v2(&to, 4000));
    OK(cuMemcpyHtoD_v2(from, values.data(), 4000));
    OK(test::launch(scale, 2, 512, {&to, &from, &factor, &n}));
    OK(cuMemcpyDtoH_v2(values.data(), to, 4000));
    EQUAL(4.5f, values[0]);
    EQUAL(4.5f, values[999]);
    OK(cuMemFree_v2(from));
    OK(cuMemFree_v2(to));
    OK(cuModuleUnload(module));
}

TEST("module", a_fatbin_of_nvcc) { check_fatbin_of_nvcc(RIDGEPOINT_FATBIN); }

TEST("module", a_fatbin_of_nvcc_that_is_packed) { check_fatbin_of_nvcc(RIDGEPOINT_PACKED_FATBIN); }

}  // namespace
