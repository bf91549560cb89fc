#include "driver/kernel_launch.h"

#include <cstdio>
#include <cstring>

#include "driver/counters_json.h"
#include "driver/launches.h"
#include "driver/occupancy.h"
#include "hazard/observers.h"
#include "hazard/races.h"
#include "hazard/uninitialised.h"
#include "hazard/uninitialised_local.h"
#include "hazard/uninitialised_shared.h"
#include "inspect/coverage.h"

namespace ridgepoint::emulator::driver {
namespace {

// Keys of the `extra` array of a launch.
constexpr uintptr_t PARAM_END = 0;
constexpr uintptr_t PARAM_BUFFER = 1;
constexpr uintptr_t PARAM_BUFFER_SIZE = 2;

std::vector<std::byte> from_array(const Kernel& kernel, void** parameters) {
    std::vector<std::byte> bytes(kernel.parameter_bytes);
    for (size_t i = 0; i < kernel.parameters.size(); i++) {
        const Parameter& parameter = kernel.parameters[i];
        if (!parameters[i]) {
            throw DriverError(CUDA_ERROR_INVALID_VALUE,
                              kernel.name + ": parameter " + std::to_string(i) + " is a null pointer");
        }
        std::memcpy(bytes.data() + parameter.offset, parameters[i], parameter.size);
    }
    return bytes;
}

std::vector<std::byte> from_buffer(const Kernel& kernel, void** extra) {
    const std::byte* buffer = nullptr;
    size_t size = 0;
    for (; (uintptr_t)*extra != PARAM_END; extra += 2) {
        if ((uintptr_t)extra[0] == PARAM_BUFFER) {
            buffer = (const std::byte*)extra[1];
        } else if ((uintptr_t)extra[0] == PARAM_BUFFER_SIZE) {
            require(extra[1]);
            size = *(const size_t*)extra[1];
        } else {
            throw DriverError(CUDA_ERROR_INVALID_VALUE, kernel.name + ": unknown key in extra");
        }
    }
    if (!buffer || size < kernel.parameter_bytes) {
        throw DriverError(CUDA_ERROR_INVALID_VALUE, kernel.name + ": extra gives " + std::to_string(size) +
                                                        " bytes of parameters, but the kernel takes " +
                                                        std::to_string(kernel.parameter_bytes));
    }
    return {buffer, buffer + kernel.parameter_bytes};
}

std::vector<std::byte> parameters_of(const Kernel& kernel, const LaunchRequest& request) {
    require(!request.parameters || !request.extra);
    if (request.extra) return from_buffer(kernel, request.extra);
    if (request.parameters) return from_array(kernel, request.parameters);
    if (kernel.parameter_bytes == 0) return {};
    throw DriverError(CUDA_ERROR_INVALID_VALUE, kernel.name + ": takes " + std::to_string(kernel.parameters.size()) +
                                                    " parameters, and none are given");
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

// The zeroed memory that grid-wide synchronisation needs, for one launch.
class GridWorkspace {
  public:
    GridWorkspace(Context& context, LaunchConfig& config) : context_(context) {
        if (!config.cooperative) return;
        allocation_ = context.memory().allocate(GRID_WORKSPACE_BYTES, MemoryKind::Internal, false);
        std::memset(allocation_->host, 0, GRID_WORKSPACE_BYTES);
        config.grid_workspace = allocation_->address;
    }
    ~GridWorkspace() {
        if (allocation_) context_.memory().free(*allocation_);
    }
    GridWorkspace(const GridWorkspace&) = delete;

  private:
    Context& context_;
    std::shared_ptr<Allocation> allocation_;
};

}  // namespace

KernelLaunch::KernelLaunch(std::shared_ptr<const Function> function, const LaunchRequest& request)
    : function_(std::move(function)), options_(options()) {
    config_.grid = request.grid;
    config_.block = request.block;
    config_.cluster = request.cluster;
    config_.dynamic_shared = request.dynamic_shared;
    config_.cooperative = request.cooperative;
    config_.parameters = parameters_of(function_->kernel(), request);
    check(request);
}

void KernelLaunch::check(const LaunchRequest& request) const {
    const Kernel& kernel = function_->kernel();
    if (function_->program().module().uses_heap()) function_->context().heap();  // here, where its caller learns that there is no room
    auto refuse = [&](CUresult result, const std::string& reason) {
        throw DriverError(result, kernel.name + ": " + reason);
    };
    DeviceTraits traits = function_->context().model().traits();
    if (auto against = objection(kernel, config_, traits)) refuse((CUresult)against->result, against->reason);
    if (request.dynamic_shared > (unsigned)function_->max_dynamic_shared) {
        refuse(CUDA_ERROR_INVALID_VALUE, std::to_string(request.dynamic_shared) +
                                             " bytes of dynamic shared memory, but the function allows " +
                                             std::to_string(function_->max_dynamic_shared) +
                                             "; see CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES");
    }
    if (request.block.count() > (uint64_t)function_->max_threads()) {
        refuse(CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES,
               "blocks of " + std::to_string(request.block.count()) + " threads at " +
                   std::to_string(function_->registers()) + " registers each; " +
                   std::to_string(function_->max_threads()) + " threads fit");
    }
    if (!request.cooperative) return;
    int resident = blocks_per_processor(*function_, (int)request.block.count(), request.dynamic_shared);
    uint64_t most = (uint64_t)resident * (uint64_t)function_->context().model().processors;
    if (request.grid.count() > most) {
        refuse(CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE,
               "a cooperative grid of " + std::to_string(request.grid.count()) + " blocks; " + std::to_string(most) +
                   " fit at once");
    }
}

Environment KernelLaunch::environment(Context& context, uint64_t launch_number) const {
    Environment environment;
    if (function_->program().module().uses_heap()) environment.heap = context.heap();
    environment.memory = context.memory().map();
    environment.device = context.model().traits();
    environment.execution = options_.execution;
    environment.print = print;
    environment.steppers = options_.debugging->steppers(function_->kernel().name, launch_number);
    std::vector<MakeObserver> observers;
    if (options_.checks) observers.push_back(make_uninitialised_reads);
    if (options_.strict_checks) {
        observers.push_back(make_uninitialised_shared_reads);
        observers.push_back(make_uninitialised_local_reads);
    }
    if (options_.coverage) observers.push_back(make_coverage);
    if (options_.races) {
        const RaceDetection races = race_detection(*options_.races);
        observers.push_back(races.observer);
        if (races.stepper) environment.steppers.push_back(races.stepper);
        environment.execution.threads = 1;
    }
    environment.observer = all_of(std::move(observers));
    return environment;
}

void KernelLaunch::run(Turn& turn) const {
    uint64_t launch_number = turn.launch++;
    LaunchConfig config = config_;
    GridWorkspace workspace(turn.context, config);
    LaunchResult result = launch(function_->program(), function_->kernel(), config, environment(turn.context, launch_number));
    Launches::instance().record(launch_number, counters_json(launch_number, function_->kernel(), config, result));
    if (result.fault) turn.context.fail(*result.fault);
}

}  // namespace ridgepoint::emulator::driver
