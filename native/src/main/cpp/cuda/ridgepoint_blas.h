// What Java binds of cublasLt and cuBLAS: one product c[m, n] = a[m, k] b[n, k]^T, all row-major, chosen once and run many
// times. Results are the libraries' own.
#pragma once

#include <cstdint>

namespace ridgepoint::cuda {

// Opens the first of the libraries, names separated by spaces; null, or in one line why none could be.
const char* open_blas(const char* names);
// The name of the one that was opened, and its version (130001 is 13.0.1).
const char* blas_library();
int64_t blas_version();

struct Product;
// `shape` is m, n, k; `types` are cudaDataType of a and b, of c, and cublasComputeType; `addresses` are a, b, c and the
// fp32 scales of a and b, 0 for none. Takes the algorithm the library's own heuristic puts first among those that need
// no more than `most_workspace` bytes.
int product_prepare(const int64_t* shape, const int* types, const int64_t* addresses, int64_t most_workspace,
                    int64_t* product);
// Bytes the algorithm needs, at `product_use_workspace`.
int64_t product_workspace(const Product* product);
void product_use_workspace(Product* product, int64_t address);
// What was chosen, in words; stays until the next call.
const char* product_algorithm(const Product* product);
int product_run(const Product* product, int64_t stream);
void product_destroy(Product* product);

// The same product by cuBLAS, which chooses anew at each call and does not say what. One handle a process, with
// `workspace_bytes` of scratch at `workspace`.
const char* open_cublas(const char* names);
const char* cublas_library();
int64_t cublas_version();
int cublas_use(int64_t stream, int64_t workspace, int64_t workspace_bytes);
int cublas_product(const int64_t* shape, const int* types, const int64_t* addresses);

}  // namespace ridgepoint::cuda
