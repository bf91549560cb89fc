// Attention over a cache that may be paged and quantised: keys pass through the cache tile by tile under a running
// softmax, each tile read and widened once for all queries that share it.
#include <cmath>
#include <limits>

#include "attention_rows.h"
#include "exponential.h"
#include "floats.h"
#include "tasks.h"
#include "visibility.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

// Wider vectors come with larger caches.
constexpr int64_t ROWS = 8 * LANES;
constexpr int64_t KEYS = 64;
constexpr float HIDDEN = -std::numeric_limits<float>::infinity();

int64_t whole_vectors(int64_t extent) { return (extent + LANES - 1) / LANES * LANES; }

struct Type {
    const char* id;
    int64_t bytes;
    FewRows few;
    Widen widen;
    Narrow narrow;
};

const Type& type_named(const std::string& id) {
    static const Type types[] = {
        {"fp32", 4, few_rows<Fp32>(), widen<Fp32>, narrow<Fp32>},
        {"fp16", 2, few_rows<Fp16>(), widen<Fp16>, narrow<Fp16>},
        {"bf16", 2, few_rows<Bf16>(), widen<Bf16>, narrow<Bf16>},
        {"int8", 1, few_rows<Int8>(), widen<Int8>, nullptr},
        {"fp8_e4m3", 1, few_rows<Fp8<E4m3>>(), widen<Fp8<E4m3>>, nullptr},
        {"fp8_e5m2", 1, few_rows<Fp8<E5m2>>(), widen<Fp8<E5m2>>, nullptr},
    };
    for (const Type& type : types) {
        if (id == type.id) return type;
    }
    throw std::invalid_argument("no native attention over " + id);
}

const Type& output_named(const std::string& id) {
    const Type& type = type_named(id);
    if (type.narrow == nullptr) throw std::invalid_argument("no native attention writes " + id);
    return type;
}

// One operand of the cache, keys or values.
struct Cache {
    const uint8_t* base;
    const float* scales;
    int64_t dim;
    int64_t padded;
    Floats tile;

    bool whole() const { return dim == padded; }
};

// Keys that are dealt with together: where they and their values lie, and the scales of these, if there are any.
struct Tile {
    int64_t count;
    const uint8_t* keys[KEYS];
    const uint8_t* values[KEYS];
    float key_scales[KEYS];
    float value_scales[KEYS];
};

class Attention final : public Kernel {
  public:
    Attention(const AttentionTypes& types, const AttentionArgs& args)
        : a_(args),
          group_(args.q_heads / args.kv_heads),
          query_(type_named(types.query)),
          cache_(type_named(types.cache)),
          output_(output_named(types.output)),
          visible_(types.mask, args.window, args.tree_parents, args.longest_q),
          keys_(cache(args.k, args.k_scales, args.head_dim)),
          values_(cache(args.kv_shared ? args.k : args.v, args.kv_shared ? args.k_scales : args.v_scales, args.value_dim)),
          q_(ROWS * keys_.padded),
          out_(ROWS * values_.padded),
          scores_(ROWS * KEYS),
          nothing_(std::max(keys_.padded, values_.padded)),
          columns_(keys_.padded * KEYS) {
        for (int64_t d = 0; d < keys_.padded; d++) column_rows_.push_back(columns_.data() + d * KEYS);
    }

    void run() override {
        visible_.refresh();
        for (int64_t s = 0; s < a_.sequences; s++) {
            sequence_ = s;
            seq_q_ = a_.q_offsets[s + 1] - a_.q_offsets[s];
            seq_kv_ = a_.kv_offsets[s + 1] - a_.kv_offsets[s];
            for (head_ = 0; head_ < a_.kv_heads; head_++) {
                for (int64_t row = 0; row < seq_q_ * group_; row += ROWS) attend(row, std::min(ROWS, seq_q_ * group_ - row));
            }
        }
    }

  private:
    static Cache cache(const void* base, const float* scales, int64_t dim) {
        const int64_t padded = whole_vectors(dim);
        return {static_cast<const uint8_t*>(base), scales, dim, padded, Floats(KEYS * padded)};
    }

    // Rows are queries of this sequence that share a key head: query by query, head by head.
    void attend(int64_t first, int64_t rows) {
        load_queries(first, rows);
        std::fill(out_.data(), out_.data() + rows * values_.padded, 0.0f);
        KeyRange all = {seq_kv_, 0};
        for (int64_t r = 0; r < rows; r++) {
            range_[r] = visible_.range((first + r) / group_, seq_q_, seq_kv_);
            all = {std::min(all.from, range_[r].from), std::max(all.to, range_[r].to)};
            most_[r] = HIDDEN;
            sum_[r] = 0;
        }
        find_rows(all.from, all.to, *tile_);
        for (int64_t key = all.from; key < all.to; key += KEYS) {
            find_rows(key + KEYS, all.to, *next_);
            attend_tile(first, rows, key);
            std::swap(tile_, next_);
        }
        store_outputs(first, rows);
    }

    // A few rows read the cache as it is stored; many share a tile that is widened once.
    void attend_tile(int64_t first, int64_t rows, int64_t key) {
        const int64_t count = tile_->count;
        if (rows <= FEW_ROWS && keys_.whole()) {
            const StoredRows at = {tile_->keys, count, tile_->values, count};
            cache_.few.score[rows - 1](q_.data(), keys_.dim, at, scores_.data(), KEYS);
        } else {
            gather(keys_, tile_->keys, count, true);
            transpose_tile(wide_, whole_vectors(count), keys_.padded, columns_.data(), KEYS);
            weigh_tile(q_.data(), keys_.padded, rows, column_rows_.data(), keys_.padded, scores_.data(), KEYS, true);
        }
        soften(first, rows, key, count);
        if (rows <= FEW_ROWS && values_.whole()) {
            const StoredRows at = {tile_->values, count, next_->keys, next_->count};
            cache_.few.weigh[rows - 1](scores_.data(), KEYS, at, out_.data(), values_.dim);
        } else {
            gather(values_, tile_->values, count, false);
            weigh_tile(scores_.data(), KEYS, rows, wide_, count, out_.data(), values_.padded, false);
        }
    }

    int64_t query_at(int64_t row) const {
        return (a_.q_offsets[sequence_] + row / group_) * a_.q_heads + head_ * group_ + row % group_;
    }

    void load_queries(int64_t first, int64_t rows) {
        const float scale = (a_.q_scale ? *a_.q_scale : 1.0f) / std::sqrt((float)a_.head_dim);
        const auto* q = static_cast<const uint8_t*>(a_.q);
        for (int64_t r = 0; r < rows; r++) {
            query_.widen(q + query_at(first + r) * a_.head_dim * query_.bytes, a_.head_dim, scale, q_.data() + r * keys_.padded);
        }
    }

    void store_outputs(int64_t first, int64_t rows) {
        auto* o = static_cast<uint8_t*>(a_.o);
        for (int64_t r = 0; r < rows; r++) {
            // Of a row that sees no key, both are 0.
            const float inverse = sum_[r] == 0 ? 0 : 1 / sum_[r];
            output_.narrow(out_.data() + r * values_.padded, a_.value_dim, inverse,
                           o + query_at(first + r) * a_.value_dim * output_.bytes);
        }
    }

    // Where the keys from one to before another lie, as many as make a tile.
    void find_rows(int64_t key, int64_t end, Tile& tile) const {
        // Shared values are stored as long as keys.
        const int64_t value_row = (a_.kv_shared ? a_.head_dim : a_.value_dim) * cache_.bytes;
        tile.count = std::max<int64_t>(0, std::min(KEYS, end - key));
        for (int64_t i = 0; i < tile.count; i++) {
            int64_t token = a_.kv_offsets[sequence_] + key + i;
            if (a_.page_size > 0) {
                const int64_t page = a_.block_table[sequence_ * a_.pages_a_row + (key + i) / a_.page_size];
                token = page * a_.page_size + (key + i) % a_.page_size;
            }
            const int64_t row = token * a_.kv_heads + head_;
            tile.keys[i] = keys_.base + row * a_.head_dim * cache_.bytes;
            tile.values[i] = values_.base + row * value_row;
            if (keys_.scales) tile.key_scales[i] = keys_.scales[a_.one_scale ? 0 : row];
            if (values_.scales) tile.value_scales[i] = values_.scales[a_.one_scale ? 0 : row];
        }
    }

    // Points at each row of a tile as fp32; rows beyond the last are zeros. What is read once may stay where it is: what
    // is read again and again must not, because rows so far apart share few sets of the first cache.
    void gather(Cache& c, const uint8_t* const* rows, int64_t count, bool once) {
        const bool as_is = once && cache_.bytes == 4 && c.whole();
        for (int64_t i = 0; i < count; i++) {
            float* wide = c.tile.data() + i * c.padded;
            if (!as_is) cache_.widen(rows[i], c.dim, 1.0f, wide);
            wide_[i] = as_is ? reinterpret_cast<const float*>(rows[i]) : wide;
        }
        for (int64_t i = count; i < whole_vectors(count); i++) wide_[i] = nothing_.data();
    }

    // Turns scores into weights of the values, under each row's largest score so far. That is found for all rows first, so
    // that the next row's exponentials need not wait for this row's maximum.
    void soften(int64_t first, int64_t rows, int64_t key, int64_t count) {
        float top[ROWS];
        for (int64_t r = 0; r < rows; r++) {
            float* s = scores_.data() + r * KEYS;
            if (keys_.scales) scale(s, tile_->key_scales, count);
            hide(s, (first + r) / group_, range_[r], key, count);
            F most = splat(most_[r]);
            for (int64_t i = 0; i < whole_vectors(count); i += LANES) most = max(load<F>(s + i), most);
            top[r] = largest(most);
        }
        for (int64_t r = 0; r < rows; r++) soften_row(r, top[r], count);
    }

    void soften_row(int64_t r, float top, int64_t count) {
        float* s = scores_.data() + r * KEYS;
        if (top == HIDDEN) {
            std::fill(s, s + count, 0.0f);
            return;
        }
        F sum = {};
        for (int64_t i = 0; i < whole_vectors(count); i += LANES) {
            const F p = exp_of_nonpositive(load<F>(s + i) - top);
            sum += p;
            store(s + i, p);
        }
        const float total = sum_of_lanes(sum);
        if (most_[r] == HIDDEN) {
            sum_[r] = total;
        } else {
            fade(r, most_[r] - top);
            sum_[r] += total;
        }
        most_[r] = top;
        if (values_.scales) scale(s, tile_->value_scales, count);
    }

    // Brings what a row has so far under a larger score.
    void fade(int64_t r, float difference) {
        if (difference == 0) return;
        const float faded = std::exp(difference);
        sum_[r] *= faded;
        float* out = out_.data() + r * values_.padded;
        for (int64_t d = 0; d < values_.padded; d += LANES) store(out + d, load<F>(out + d) * faded);
    }

    // What is beyond the last key is hidden afterwards, or 0 already.
    static void scale(float* s, const float* scales, int64_t count) {
        for (int64_t i = 0; i < count; i += LANES) store(s + i, load<F>(s + i) * load<F>(scales + i));
    }

    void hide(float* s, int64_t query, KeyRange range, int64_t key, int64_t count) const {
        for (int64_t i = 0; i < range.from - key && i < count; i++) s[i] = HIDDEN;
        for (int64_t i = std::max<int64_t>(0, range.to - key); i < whole_vectors(count); i++) s[i] = HIDDEN;
        if (!visible_.has_holes()) return;
        for (int64_t i = 0; i < count; i++) {
            if (key + i < range.to && !visible_.sees(query, key + i, seq_q_, seq_kv_)) s[i] = HIDDEN;
        }
    }

    const AttentionArgs a_;
    const int64_t group_;
    const Type& query_;
    const Type& cache_;
    const Type& output_;
    Visibility visible_;
    Cache keys_;
    Cache values_;

    Floats q_;
    Floats out_;
    Floats scores_;
    Floats nothing_;
    // A tile of keys by columns, and where each begins.
    Floats columns_;
    std::vector<const float*> column_rows_;
    const float* wide_[KEYS];
    Tile tiles_[2] = {};
    Tile* tile_ = &tiles_[0];
    Tile* next_ = &tiles_[1];
    KeyRange range_[ROWS];
    float most_[ROWS];
    float sum_[ROWS];

    int64_t sequence_ = 0;
    int64_t seq_q_ = 0;
    int64_t seq_kv_ = 0;
    int64_t head_ = 0;
};

}  // namespace

Task* attention(const AttentionTypes& types, const AttentionArgs& args) { return new Attention(types, args); }

}  // namespace ridgepoint::RIDGEPOINT_ISA
