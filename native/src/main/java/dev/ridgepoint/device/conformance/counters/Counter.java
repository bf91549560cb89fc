package dev.ridgepoint.device.conformance.counters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What both sides count: a metric of the profiler, and where the emulated driver's counters of a launch have the same. */
public enum Counter {
    GLOBAL_LOAD_SECTORS(
            "l1tex__t_sectors_pipe_lsu_mem_global_op_ld.sum",
            launch -> launch.at("/globalLoads/sectors").asLong()),
    GLOBAL_STORE_SECTORS(
            "l1tex__t_sectors_pipe_lsu_mem_global_op_st.sum",
            launch -> launch.at("/globalStores/sectors").asLong()),
    SHARED_LOAD_WAVEFRONTS(
            "l1tex__data_pipe_lsu_wavefronts_mem_shared_op_ld.sum",
            launch -> launch.at("/sharedLoads/wavefronts").asLong()),
    SHARED_STORE_WAVEFRONTS(
            "l1tex__data_pipe_lsu_wavefronts_mem_shared_op_st.sum",
            launch -> launch.at("/sharedStores/wavefronts").asLong()),
    /** Each {@code mma.sync} is one instruction of the tensor pipe, but those of fp8, which Hopper takes apart. */
    TENSOR_INSTRUCTIONS("sm__inst_executed_pipe_tensor.sum", Counter::products);

    private static final Pattern PRODUCT = Pattern.compile("mma\\.m(\\d+)n(\\d+)k(\\d+)\\.(.*)\\.flops");

    private final String metric;
    private final ToLongFunction<JsonNode> emulated;

    Counter(String metric, ToLongFunction<JsonNode> emulated) {
        this.metric = metric;
        this.emulated = emulated;
    }

    /** The profiler's name. */
    public String metric() {
        return metric;
    }

    /** All metrics, as the profiler wants them listed. */
    public static String metrics() {
        return Arrays.stream(values()).map(Counter::metric).collect(Collectors.joining(","));
    }

    /** What the emulated driver counted in these launches. */
    public long emulated(List<JsonNode> launches) {
        return launches.stream().mapToLong(emulated).sum();
    }

    private static long products(JsonNode launch) {
        long products = 0;
        for (var named : launch.path("named").properties()) {
            Matcher product = PRODUCT.matcher(named.getKey());
            if (product.matches()) {
                long each = 2L;
                for (int extent = 1; extent <= 3; extent++) {
                    each *= Long.parseLong(product.group(extent));
                }
                products += named.getValue().asLong() / each;
            }
        }
        return products;
    }
}
