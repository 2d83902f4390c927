package dev.audition.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The arrows between packages: app and handlers to local and aws to core, and the core touches
 * nothing but values.
 */
class DependencyDirectionTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.audition");

  @Test
  void theCoreKnowsNoAdapter() {
    noClasses()
        .that()
        .resideInAPackage("dev.audition.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.audition.aws..",
            "dev.audition.handlers..",
            "dev.audition.local..",
            "dev.audition.cli..",
            "software.amazon.awssdk..",
            "com.github.dockerjava..")
        .check(MAIN);
  }

  @Test
  void localKnowsNoCommand() {
    noClasses()
        .that()
        .resideInAPackage("dev.audition.local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.audition.cli..",
            "dev.audition.handlers..",
            "dev.audition.aws..",
            "software.amazon.awssdk..",
            "picocli..")
        .check(MAIN);
  }

  @Test
  void awsKnowsOnlyTheCore() {
    noClasses()
        .that()
        .resideInAPackage("dev.audition.aws..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.audition.cli..", "dev.audition.handlers..", "dev.audition.local..")
        .check(MAIN);
  }

  @Test
  void functionsKnowNothingOfTheLaptop() {
    noClasses()
        .that()
        .resideInAPackage("dev.audition.handlers..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.audition.cli..", "dev.audition.local..", "com.github.dockerjava..", "picocli..")
        .check(MAIN);
  }

  @Test
  void typesOfTheSdkStayInsideOfAws() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.audition.aws..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk..")
        .check(MAIN);
  }

  @Test
  void onlyTheTreeReadsYamlAndJsonTokens() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.audition.core.tree..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.yaml..", "com.fasterxml.jackson.core..")
        .check(MAIN);
  }

  @Test
  void dockerStaysInsideOfLocal() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.audition.local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.github.dockerjava..")
        .check(MAIN);
  }

  @Test
  void theCoreHasNoClockNoRandomnessNoEnvironmentNoFilesNoNetwork() {
    noClasses()
        .that()
        .resideInAPackage("dev.audition.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.channels..", "java.net.http..", "java.util.logging..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.file.Files")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.UUID")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(MAIN);
  }

  @Test
  void packagesOfTheCoreFormNoCircle() {
    slices().matching("dev.audition.core.(*)..").should().beFreeOfCycles().check(MAIN);
  }
}
