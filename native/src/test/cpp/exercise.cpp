// exercise INSTRUCTION_SET: runs its kernels on buffers of exactly the bytes they may touch, under sanitizers: whoever reads
// or writes beyond, stops here. Reads one job a line from standard input:
//   quantize|dequantize FORMAT PLAIN ROWS COLS PLAIN_BYTES CODE_BYTES SCALE_BYTES ZERO_BYTES TENSOR_SCALE_BYTES
//   attention QUERY CACHE MASK SEQUENCES Q_HEADS KV_HEADS SEQ_Q SEQ_KV DIM VALUE_DIM PAGE WINDOW TYPE_BYTES CACHE_BYTES
//   convert FROM TO COUNT FROM_BYTES TO_BYTES
//   gemm_int8 M N K
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "kernels/library.h"
#include "ridgepoint_cpu.h"

// All copies come of one source, and building two under sanitizers takes long enough.
const ridgepoint::Library& ridgepoint::baseline::library() { return v3::library(); }

namespace {

using namespace ridgepoint;

uint32_t state = 1;

uint8_t next_byte() {
    state = state * 1664525u + 1013904223u;
    return (uint8_t)(state >> 24);
}

// Exactly so many bytes, none of them a NaN's or an infinity's upper byte; no buffer where there are no bytes.
class Buffer {
  public:
    explicit Buffer(int64_t bytes) : data_(bytes > 0 ? new uint8_t[(size_t)bytes] : nullptr) {
        for (int64_t i = 0; i < bytes; i++) data_[(size_t)i] = next_byte() & 0xBF;
    }

    template <class T = void>
    T* at() {
        return reinterpret_cast<T*>(data_.get());
    }

  private:
    std::unique_ptr<uint8_t[]> data_;
};

void finish(Task* task) {
    const std::unique_ptr<Task> owned(task);
    owned->run();
    owned->run();
}

void quantized(const std::string& job, std::istream& in) {
    std::string format, plain;
    int64_t rows, cols, bytes[5];
    in >> format >> plain >> rows >> cols;
    for (int64_t& b : bytes) in >> b;
    Buffer x(bytes[0]), codes(bytes[1]), scales(bytes[2]), zeros(bytes[3]), tensor(bytes[4]);
    if (job == "quantize") {
        finish(quantize(format.c_str(), plain.c_str(), rows, cols, x.at(), codes.at(), scales.at(), zeros.at(), tensor.at()));
    } else {
        finish(dequantize(format.c_str(), plain.c_str(), rows, cols, 0, rows, codes.at(), scales.at(), zeros.at(), tensor.at(), x.at()));
    }
}

void attended(std::istream& in) {
    std::string query, cache, mask;
    AttentionArgs a{};
    int64_t seq_q, seq_kv, type_bytes, cache_bytes;
    in >> query >> cache >> mask >> a.sequences >> a.q_heads >> a.kv_heads >> seq_q >> seq_kv >> a.head_dim >> a.value_dim >>
        a.page_size >> a.window >> type_bytes >> cache_bytes;
    a.longest_q = seq_q;
    a.longest_kv = seq_kv;
    a.pages_a_row = a.page_size > 0 ? (seq_kv + a.page_size - 1) / a.page_size : 0;
    const int64_t tokens = a.sequences * (a.page_size > 0 ? a.pages_a_row * a.page_size : seq_kv);
    Buffer q(a.sequences * seq_q * a.q_heads * a.head_dim * type_bytes), o(a.sequences * seq_q * a.q_heads * a.value_dim * type_bytes);
    Buffer k(tokens * a.kv_heads * a.head_dim * cache_bytes), v(tokens * a.kv_heads * a.value_dim * cache_bytes);
    Buffer k_scales(tokens * a.kv_heads * 4), v_scales(tokens * a.kv_heads * 4);
    std::vector<int32_t> q_offsets, kv_offsets, pages, parents;
    for (int64_t s = 0; s <= a.sequences; s++) {
        q_offsets.push_back((int32_t)(s * seq_q));
        kv_offsets.push_back((int32_t)(s * seq_kv));
    }
    for (int64_t i = a.sequences * a.pages_a_row; i > 0; i--) pages.push_back((int32_t)(i - 1));
    for (int64_t i = 0; i < seq_q; i++) parents.push_back((int32_t)(i - 1) / 2 - (i == 0));
    a.q_offsets = q_offsets.data();
    a.kv_offsets = kv_offsets.data();
    a.block_table = pages.data();
    a.tree_parents = parents.data();
    a.q = q.at();
    a.k = k.at();
    a.v = v.at();
    a.o = o.at();
    if (cache_bytes == 1) {
        a.k_scales = k_scales.at<float>();
        a.v_scales = v_scales.at<float>();
    }
    finish(attention(query.c_str(), cache.c_str(), query.c_str(), mask.c_str(), a));
}

void converted(std::istream& in) {
    std::string from_type, to_type;
    int64_t count, from_bytes, to_bytes;
    in >> from_type >> to_type >> count >> from_bytes >> to_bytes;
    Buffer from(count * from_bytes), to(count * to_bytes);
    finish(convert(from_type.c_str(), to_type.c_str(), count, from.at(), to.at()));
}

void multiplied(std::istream& in) {
    int64_t m, n, k;
    in >> m >> n >> k;
    Buffer a(m * k), b(n * k), c(m * n * 2), a_scale(4), b_scale(4);
    finish(gemm_int8(m, n, k, a.at(), a_scale.at(), b.at(), b_scale.at(), c.at()));
}

bool perform(std::istream& in) {
    std::string job;
    in >> job;
    if (job == "quantize" || job == "dequantize") {
        quantized(job, in);
    } else if (job == "attention") {
        attended(in);
    } else if (job == "convert") {
        converted(in);
    } else if (job == "gemm_int8") {
        multiplied(in);
    } else {
        return false;
    }
    return !in.fail();
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) return 2;
    use_instruction_set(words[1]);
    int jobs = 0;
    std::string line;
    while (std::getline(std::cin, line)) {
        // The last line begun is the one that failed.
        std::cerr << line << "\n";
        std::istringstream in(line);
        if (!perform(in)) return 2;
        jobs++;
    }
    std::cout << jobs << " jobs on " << instruction_set() << "\n";
    return 0;
}
