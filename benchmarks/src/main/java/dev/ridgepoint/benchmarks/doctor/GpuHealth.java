package dev.ridgepoint.benchmarks.doctor;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.cuda.CudaSurvey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Judges the CUDA devices of a machine: what there is, what is missing, what to mend before measuring. */
final class GpuHealth {
    private static final double GIB = 1L << 30;
    /** A device that works gets warmer by more than this. */
    private static final double NEAR_C = 5;

    private GpuHealth() {}

    /** Looks at the system's driver and its devices; runs nothing on them. */
    static List<Finding> ofThisMachine(HostFiles files) {
        try {
            return of(CudaSurvey.ofSystem());
        } catch (DeviceException none) {
            return List.of(missing(
                    none.getMessage(), files.read("proc/driver/nvidia/version").isPresent()));
        }
    }

    /** @param kernelModule whether the system has NVIDIA's kernel module, so that a driver ought to be there */
    static Finding missing(String why, boolean kernelModule) {
        return kernelModule
                ? Finding.bad(
                        "CUDA",
                        why,
                        "NVIDIA's kernel module is loaded: install its user library libcuda.so.1 of the same version, or"
                                + " start the container with it")
                : Finding.ok("CUDA", "no GPU can be measured here: " + why);
    }

    static List<Finding> of(CudaSurvey survey) {
        List<Finding> findings = new ArrayList<>();
        String value = "driver " + survey.driverVersion() + ", up to CUDA " + survey.cudaVersion() + ", "
                + survey.devices().size() + (survey.devices().size() == 1 ? " device" : " devices");
        findings.add(
                survey.devices().isEmpty()
                        ? Finding.bad("CUDA", value, "no device answers: look at nvidia-smi and CUDA_VISIBLE_DEVICES")
                        : Finding.ok("CUDA", value));
        survey.telemetry()
                .ifPresent(why -> findings.add(Finding.warning(
                        "telemetry",
                        why,
                        "without NVML nobody can tell who uses a device, nor its clocks, heat and power: install"
                                + " libnvidia-ml.so.1, which comes with the driver")));
        survey.devices().forEach(gpu -> findings.add(judge(gpu)));
        return findings;
    }

    private static Finding judge(CudaSurvey.Gpu gpu) {
        String name = "GPU " + gpu.index();
        String facts = gpu.facts().entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(", "));
        String value = String.format(
                Locale.ROOT,
                "%s, %s, %s, %.1f GiB%s%s",
                gpu.name(),
                gpu.uuid(),
                gpu.arch(),
                gpu.memoryBytes() / GIB,
                facts.isEmpty() ? "" : ", " + facts,
                gpu.occupants().isEmpty() ? "" : ", in use by " + String.join(", ", gpu.occupants()));
        List<String> fixes = fixes(gpu);
        return fixes.isEmpty() ? Finding.ok(name, value) : Finding.warning(name, value, String.join("; ", fixes));
    }

    private static List<String> fixes(CudaSurvey.Gpu gpu) {
        List<String> fixes = new ArrayList<>();
        if (!gpu.occupants().isEmpty()) {
            fixes.add("somebody computes on it: wait, or choose another with --device");
        }
        if ("on".equals(gpu.facts().get("mig"))) {
            fixes.add("it is divided by MIG: a part is measured, and its neighbours share the memory's bandwidth");
        }
        if ("off".equals(gpu.facts().get("persistence"))) {
            fixes.add("persistence mode is off, so each process waits for the driver: nvidia-smi -pm 1 (as root)");
        }
        if ("off".equals(gpu.facts().get("ecc"))) {
            fixes.add("ECC is off, so that flipped bits go unseen: nvidia-smi -e 1 (as root, from the next start on)");
        }
        if (number(gpu, "power limit") < number(gpu, "usual power limit")) {
            fixes.add("its power limit is " + gpu.facts().get("power limit") + " where "
                    + gpu.facts().get("usual power limit") + " is usual: nvidia-smi -pl (as root)");
        }
        if (lanes(gpu, "pcie now") < lanes(gpu, "pcie")) {
            fixes.add("it has fewer lanes of PCIe than it and its slot can do, so copies are slower: seat it anew");
        }
        if (number(gpu, "slows down at") - number(gpu, "temperature") <= NEAR_C) {
            fixes.add("it has " + gpu.facts().get("temperature") + " and slows down at "
                    + gpu.facts().get("slows down at") + ": let it cool, and look at its fans and the air they get");
        }
        String held = gpu.facts().getOrDefault("clocks held by", "");
        if (held.contains("applicationClocks")) {
            fixes.add(
                    "its clocks are set to less than it can do: nvidia-smi -rac (as root), or compare only with runs of"
                            + " these clocks");
        }
        if (held.contains("Thermal") || held.contains("PowerBrake")) {
            fixes.add(
                    "heat or the board hold its clocks back already: let it cool, and look at its fans and its supply");
        }
        return fixes;
    }

    /** The link of a device that has just been at work: only an idle one lowers its generation to save power. */
    static List<Finding> link(CudaDevice device) {
        try {
            return device.uuid().map(uuid -> link(CudaSurvey.facts(uuid))).orElse(List.of());
        } catch (DeviceException untold) {
            return List.of();
        }
    }

    static List<Finding> link(Map<String, String> facts) {
        String now = facts.get("pcie now");
        String most = facts.get("pcie");
        boolean asleep = facts.getOrDefault("clocks held by", "").contains("idle");
        if (now == null || most == null || asleep) {
            return List.of();
        }
        return List.of(
                generation(now) < generation(most)
                        ? Finding.warning(
                                "PCIe at work",
                                now + " of " + most,
                                "its link is of a lower generation than it and its slot can do, so copies are slower:"
                                        + " look at the slot's setting in the firmware, at risers and at its seat")
                        : Finding.ok("PCIe at work", now));
    }

    /** Of {@code generation 5 x16}. */
    private static int generation(String link) {
        return Integer.parseInt(link.split(" ")[1]);
    }

    /** What is not told is as it should be. */
    private static double number(CudaSurvey.Gpu gpu, String fact) {
        String told = gpu.facts().get(fact);
        return told == null ? Double.NaN : Double.parseDouble(told.substring(0, told.indexOf(' ')));
    }

    private static double lanes(CudaSurvey.Gpu gpu, String fact) {
        String told = gpu.facts().get(fact);
        return told == null ? Double.NaN : Double.parseDouble(told.substring(told.lastIndexOf('x') + 1));
    }

    /** Whether there is something to hold our products against. */
    static Finding baseline(CudaDevice device) {
        try {
            return Finding.ok("baseline", device.vendorLibrary());
        } catch (DeviceException none) {
            return Finding.warning(
                    "baseline", none.getMessage(), "until then products have no baseline, nor multipliers a ceiling");
        }
    }
}
