package dev.ridgepoint.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of CONTRIBUTING.md. */
class ArchitectureTest {
    private static JavaClasses ours;

    @BeforeAll
    static void load() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.ridgepoint");
        for (String module : List.of("kernels", "device", "results", "analysis", "benchmarks")) {
            assertTrue(
                    ours.stream().anyMatch(one -> one.getPackageName().startsWith("dev.ridgepoint." + module)),
                    "the rules would hold of nothing: no class of " + module);
        }
    }

    @Test
    void importsPointTowardsKernels() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("kernels")
                .definedBy("dev.ridgepoint.kernels..")
                .layer("native")
                .definedBy("dev.ridgepoint.device..")
                .layer("results")
                .definedBy("dev.ridgepoint.results..")
                .layer("analysis")
                .definedBy("dev.ridgepoint.analysis..")
                .layer("benchmarks")
                .definedBy("dev.ridgepoint.benchmarks..")
                .whereLayer("kernels")
                .mayNotAccessAnyLayer()
                .whereLayer("native")
                .mayOnlyAccessLayers("kernels")
                .whereLayer("results")
                .mayOnlyAccessLayers("kernels")
                .whereLayer("analysis")
                .mayOnlyAccessLayers("results", "kernels")
                .whereLayer("benchmarks")
                .mayNotBeAccessedByAnyLayer()
                .check(ours);
    }

    @Test
    void onlyNativeLoadsNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ridgepoint.device..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "jcuda..")
                .orShould()
                .callMethod(System.class, "load", String.class)
                .orShould()
                .callMethod(System.class, "loadLibrary", String.class)
                .orShould()
                .callMethod(Runtime.class, "load", String.class)
                .orShould()
                .callMethod(Runtime.class, "loadLibrary", String.class)
                .check(ours);
    }

    @Test
    void bindingsToCudaStandEachForItself() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ridgepoint.device.cuda.jcuda..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jcuda..")
                .check(ours);
        noClasses()
                .that()
                .resideInAnyPackage("dev.ridgepoint.device.cuda.jcuda..", "dev.ridgepoint.device.cuda.jni..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ridgepoint.device.cuda")
                .check(ours);
        noClasses()
                .that()
                .resideInAPackage("dev.ridgepoint.device.cuda.jcuda..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ridgepoint.device.cuda.jni..")
                .check(ours);
    }

    @Test
    void onlyBenchmarksKnowsJmhAndTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ridgepoint.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.openjdk.jmh..", "picocli..")
                .check(ours);
    }

    @Test
    void packagesOfBenchmarksFormNoCycle() {
        slices().matching("dev.ridgepoint.benchmarks.(*)..")
                .should()
                .beFreeOfCycles()
                .check(ours);
    }
}
