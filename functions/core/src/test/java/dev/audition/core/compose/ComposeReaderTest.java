package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.expression.VariableUse;
import dev.audition.core.expression.Variables;
import dev.audition.core.source.SourceFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeReaderTest {
  @Nested
  class Versions {
    @ParameterizedTest
    @ValueSource(strings = {"2", "'2'", "2.4", "\"3.9\"", "3", "'3.0'"})
    void anyVersionIsRead(String version) {
      ComposeResult result =
          ComposeFiles.of("version: %s\nservices: {app: {image: x}}".formatted(version)).read();
      assertThat(ComposeFiles.rendered(result)).isEmpty();
    }

    @Test
    void servicesAtTheTopAreFormatOneAndNeedNoDeclaredVolumes() {
      ComposeResult result =
          ComposeFiles.of(
                  """
                  web:
                    build: .
                    dockerfile: Other
                    links: [db]
                    volumes: ["data:/d"]
                    net: bridge
                  db: {image: db, log_driver: none}
                  """)
              .read();
      assertThat(ComposeFiles.refusals(result)).isEmpty();
      assertThat(ComposeFiles.service(result, "web").find(ServiceKey.BUILD))
          .map(BuildConfig::dockerfile)
          .contains("Other");
      assertThat(result.diagnostics())
          .filteredOn(diagnostic -> diagnostic.category() == Category.EMULATED)
          .hasSize(1);
    }
  }

  @Nested
  class Broken {
    @ParameterizedTest
    @ValueSource(strings = {"", "- a", "text", "services: [", "services:\n", "{}", "services: {}"})
    void aFileWithoutServicesIsRefused(String text) {
      ComposeResult result = ComposeFiles.of(text).read();
      assertThat(result.refused()).isTrue();
      assertThat(ComposeFiles.refusals(result)).isNotEmpty();
    }

    @Test
    void aMissingFileIsNamed() {
      assertThat(
              ComposeFiles.refusals(
                  new ComposeFiles().read(request -> request, List.of("gone.yml"))))
          .containsExactly(
              "gone.yml: compose file gone.yml does not exist. Name a file that is there.");
    }

    @Test
    void anUnreadableFileSaysWhy() {
      ComposeFiles files = new ComposeFiles();
      SourceFiles unreadable =
          new SourceFiles() {
            @Override
            public Content read(String path) {
              return path.endsWith(".yml")
                  ? new Content.Unreadable("larger than 1 MiB")
                  : new Content.Missing();
            }

            @Override
            public Kind kind(String path) {
              return Kind.FILE;
            }

            @Override
            public String display(String path) {
              return files.display(path);
            }
          };
      ComposeResult result =
          ComposeReader.read(
              ComposeRequest.ofFiles(List.of("/work/c.yml"), "/work", new Variables(List.of())),
              unreadable);
      assertThat(ComposeFiles.refusals(result))
          .containsExactly(
              "c.yml: compose file c.yml cannot be read: larger than 1 MiB. It has to be a text"
                  + " file of at most 1 MiB that can be read.");
    }

    @Test
    void aPathThatIsOutsideForWantOfAVariableNamesTheVariable() {
      assertThat(ComposeFiles.refusals(ComposeFiles.app("volumes: ['$GOPATH/bin:/gobin']").read()))
          .containsExactly(
              "compose.yml:4:15: services.app.volumes[0]: this mounts /bin, which is outside of the"
                  + " workspace /work, and GOPATH has no value. Set it to a path of the workspace:"
                  + " --var GOPATH=VALUE.");
    }

    @Test
    void aDockerfileAboveTheWorkspaceIsOutside() {
      assertThat(
              ComposeFiles.refusals(
                  ComposeFiles.of("services: {app: {build: {dockerfile: ../shared/Dockerfile}}}")
                      .read()))
          .containsExactly(
              "compose.yml:1:38: services.app.build.dockerfile: this names the Dockerfile"
                  + " /shared/Dockerfile, which is outside of the workspace /work. Move it into the"
                  + " workspace, or make the folder that holds both a git work tree: then that is"
                  + " the workspace.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"build: .", "build: {context: .}", "build: {dockerfile: Dockerfile}"})
  void aDockerfileThatIsNotThereIsAWarning(String build) {
    String compose = "services: {app: {%s}}".formatted(build);
    assertThat(ComposeFiles.rendered(ComposeFiles.of(compose).read()))
        .singleElement()
        .asString()
        .startsWith("WARNING MISSING_FILE compose.yml:1:")
        .endsWith(
            "Dockerfile does not exist: the build will fail. Check out or make what is to be"
                + " built.");
    assertThat(
            ComposeFiles.rendered(
                ComposeFiles.of(compose).file("Dockerfile", "FROM scratch").read()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"build: 'https://github.com/a/b.git'", "build: {dockerfile_inline: FROM scratch}"})
  void aBuildThatNeedsNoDockerfileHereIsNotWarnedAbout(String build) {
    assertThat(
            ComposeFiles.rendered(ComposeFiles.of("services: {app: {%s}}".formatted(build)).read()))
        .isEmpty();
  }

  @Nested
  class Profiles {
    private final ComposeFiles files =
        ComposeFiles.of(
            """
            services:
              app: {image: x}
              debug: {image: y, profiles: [debug], privileged: true, env_file: gone.env}
              test: {image: z, profiles: [test, ci], depends_on: [debug]}
              wrong: {image: z, profiles: [never], imag: x}
            """);

    @Test
    void whatNoProfileSelectsIsLeftOutAndOnlyItsMistakesAreTold() {
      ComposeResult result = files.read();
      assertThat(ComposeFiles.service(result, "app").name()).isEqualTo("app");
      assertThat(ComposeFiles.refusals(result)).singleElement().asString().contains("\"imag\"");
    }

    @Test
    void anActiveProfileSelects() {
      ComposeResult result = files.read(request -> request.withProfiles(List.of("debug", "ci")));
      assertThat(ComposeFiles.service(result, "test").name()).isEqualTo("test");
      assertThat(ComposeFiles.refusals(result))
          .anyMatch(line -> line.contains("privileged"))
          .anyMatch(line -> line.contains("gone.env"));
    }

    @Test
    void composeProfilesOfTheEnvironmentCounts() {
      ComposeResult result = files.variable("COMPOSE_PROFILES", "test,debug").read();
      assertThat(ComposeFiles.service(result, "test").name()).isEqualTo("test");
    }

    @Test
    void aNamedServiceIsInAndWhatItNeedsIsNamed() {
      ComposeResult result = files.read(request -> request.withSelected(List.of("test")));
      assertThat(ComposeFiles.refusals(result))
          .anyMatch(line -> line.contains("\"debug\" is a service that no active profile selects"));
    }
  }

  @Nested
  class VariablesOfComposeFiles {
    @Test
    void theFlagWinsOverTheDotEnvFile() {
      ComposeResult result =
          ComposeFiles.app("hostname: $NAME\ndomainname: $OTHER")
              .file(".env", "NAME=dot\nOTHER=${NAME}.example")
              .variable("NAME", "flag")
              .read();
      ServiceConfig app = ComposeFiles.service(result, "app");
      assertThat(app.find(ServiceKey.HOSTNAME)).contains("flag");
      assertThat(app.find(ServiceKey.DOMAINNAME)).contains("flag.example");
      assertThat(result.variables())
          .extracting(VariableUse::name, VariableUse::source)
          .contains(tuple("NAME", "--var"), tuple("OTHER", ".env"));
    }

    @Test
    void keysAreNotInterpolated() {
      assertThat(
              ComposeFiles.app("environment: {$A: $A}")
                  .variable("A", "a")
                  .appRead()
                  .get(ServiceKey.ENVIRONMENT, new LinkedHashMap<>()))
          .isEqualTo(Map.of("$A", "a"));
    }

    @Test
    void anUnsetVariableIsWarnedAboutOnceByName() {
      assertThat(ComposeFiles.app("hostname: $NONE\nuser: $NONE").read().diagnostics())
          .singleElement()
          .satisfies(
              diagnostic -> {
                assertThat(diagnostic.severity()).isEqualTo(Severity.WARNING);
                assertThat(diagnostic.message()).contains("NONE");
              });
    }

    @Test
    void anEmptyVariableInAnImageIsRefusedButNotAnEmptyDefault() {
      ComposeResult result =
          ComposeFiles.of(
                  "services: {a: {image: 'x:${SET}'}, b: {image: '${P:-}x:${Q-}1'},"
                      + " c: {image: '${X}'}}")
              .variable("SET", "")
              .read();
      assertThat(result.diagnostics())
          .filteredOn(Diagnostic::refuses)
          .extracting(Diagnostic::category, Diagnostic::path)
          .containsExactly(
              tuple(Category.MISSING_VARIABLE, "services.a.image"),
              tuple(Category.MISSING_VARIABLE, "services.c.image"));
    }

    @Test
    void numbersAndBooleansMayComeFromVariables() {
      ServiceConfig app =
          ComposeFiles.app("tty: ${T}\nscale: ${N}\nports: ['${P}:80']")
              .variable("T", "true")
              .variable("N", "1")
              .variable("P", "8080")
              .appRead();
      assertThat(app.find(ServiceKey.TTY)).contains(true);
      assertThat(app.find(ServiceKey.SCALE)).contains(1);
    }

    @Test
    void inAnEnvFileVariablesWinThenTheEnvironmentThenWhatStandsBefore() {
      assertThat(
              ComposeFiles.app("env_file: x.env\nenvironment: {A: service, B: service}")
                  .file("x.env", "A=file\nB=file\nC=file\nV=$A $B $C ${D:-none}\n")
                  .variable("A", "variable")
                  .appRead()
                  .get(ServiceKey.ENVIRONMENT, new LinkedHashMap<>()))
          .containsEntry("V", "variable service file none");
    }

    @Test
    void anEmptyVariableIsTextAndNotNothing() {
      assertThat(
              ComposeFiles.app("environment: {A: $NONE}")
                  .appRead()
                  .get(ServiceKey.ENVIRONMENT, new LinkedHashMap<>()))
          .isEqualTo(Map.of("A", ""));
    }
  }

  @Nested
  class Pipelines {
    @Test
    void aNameOfTheContainersOwnEnvironmentStaysForItsShell() {
      ComposeResult result =
          new ComposeFiles()
              .file("x.env", "FILE=1")
              .readStep(
                  """
                  composition:
                    services:
                      app: {image: x, environment: [A=1], env_file: x.env, command: [$A, $B, "${FILE}", $$C, $NONE.]}
                  composition_candidates: {app: {environment: {B: 2}}}
                  """);
      assertThat(ComposeFiles.service(result, "app").find(ServiceKey.COMMAND))
          .contains(new Command(List.of("${A}", "${B}", "${FILE}", "$C", ".")));
    }

    @Test
    void givenVolumesAndFoldersNeedNoDeclaration() {
      ComposeFiles files = new ComposeFiles().file("data/x", "");
      ComposeRequest request =
          ComposeRequest.ofFiles(List.of("/work/compose.yml"), "/work", new Variables(List.of()))
              .withGivenVolumes(List.of("given"))
              .withFolders(Map.of("/codefresh/volume/repository", "/work"));
      files.file(
          "compose.yml",
          """
          services:
            app:
              image: x
              volumes: ["given:/g", "given/part:/p", "/codefresh/volume/repository/data:/d"]
          """);
      ComposeResult result = ComposeReader.read(request, files);
      assertThat(ComposeFiles.refusals(result)).isEmpty();
      assertThat(ComposeFiles.service(result, "app").get(ServiceKey.VOLUMES, List.of()))
          .extracting(VolumeMount::source)
          .containsExactly("given", "given/part", "/work/data");
    }
  }

  @Nested
  class Limits {
    @Test
    void moreServicesThanTheLimitAreRefused() {
      StringBuilder services = new StringBuilder("services:\n");
      for (int i = 0; i <= Budget.SERVICES; i++) {
        services.append("  s").append(i).append(": {image: x}\n");
      }
      assertThat(ComposeFiles.of(services.toString()).read().diagnostics())
          .extracting(Diagnostic::category)
          .contains(Category.SIZE);
    }

    @Test
    void hugeRangesOfPortsAreRefused() {
      assertThat(ComposeFiles.app("ports: ['1-65535']").read().diagnostics())
          .extracting(Diagnostic::category)
          .contains(Category.SIZE);
    }

    @Test
    void variablesThatMultiplyAreRefused() {
      String many = "[" + "$A,".repeat(200) + "x]";
      assertThat(
              ComposeFiles.app("command: " + many)
                  .variable("A", "x".repeat(100_000))
                  .read()
                  .diagnostics())
          .extracting(Diagnostic::category)
          .contains(Category.SIZE);
    }

    @Test
    void aLongChainOfExtendsIsRefused() {
      StringBuilder services = new StringBuilder("services:\n");
      for (int i = 0; i < 100; i++) {
        services.append("  s%d: {image: x, extends: s%d}%n".formatted(i, i + 1));
      }
      services.append("  s100: {image: x}\n");
      assertThat(ComposeFiles.of(services.toString()).read().diagnostics())
          .extracting(Diagnostic::category)
          .contains(Category.SIZE);
    }
  }
}
