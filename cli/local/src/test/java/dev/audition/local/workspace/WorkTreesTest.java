package dev.audition.local.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.audition.local.process.Program;
import dev.audition.local.process.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTreesTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

  @TempDir private Path folder;

  @Test
  void withoutGitTheWorkspaceIsTheFilesFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("compose.yml"), "");

    WorkTree tree = WorkTrees.find(file, "a-run", NOW);

    assertThat(tree.workspace().root()).isEqualTo(folder.toString());
    assertThat(tree.workspace().repository()).isEqualTo(folder.getFileName().toString());
    assertThat(tree.branch()).isNull();
    assertThat(tree.variables())
        .containsEntry("CI", "true")
        .containsEntry("CF_BUILD_ID", "a-run")
        .containsEntry("CF_BUILD_TIMESTAMP", "1700000000123")
        .containsEntry("CF_PIPELINE_NAME", folder.getFileName() + "/compose")
        .doesNotContainKeys("CF_BRANCH", "CF_REVISION", "CF_REPO_OWNER");
  }

  @Test
  void theWorkTreeAroundTheFileGivesCodefreshsVariables() throws IOException {
    git("init", "-q", "-b", "Feature/Login");
    git("remote", "add", "origin", "git@example.com:acme/shop.git");
    commit("Say \"hello\" to Zoë's app\n\nAnd more.");
    Path file = Files.createDirectories(folder.resolve("ci/deep")).resolve("codefresh.yml");

    WorkTree tree = WorkTrees.find(file, "a-run", NOW);

    String revision = git("rev-parse", "HEAD").strip();
    assertThat(tree.workspace().root()).isEqualTo(folder.toString());
    assertThat(tree.workspace().repository()).isEqualTo("shop");
    assertThat(tree.branch()).isEqualTo("Feature/Login");
    assertThat(tree.variables())
        .containsEntry("CF_REPO_OWNER", "acme")
        .containsEntry("CF_REPO_NAME", "shop")
        .containsEntry("CF_BRANCH", "Feature/Login")
        .containsEntry("CF_BRANCH_TAG_NORMALIZED", "Feature_Login")
        .containsEntry("CF_BRANCH_TAG_NORMALIZED_LOWER_CASE", "feature_login")
        .containsEntry("CF_REVISION", revision)
        .containsEntry("CF_SHORT_REVISION", revision.substring(0, 7))
        .containsEntry("CF_COMMIT_AUTHOR", "Zoë")
        .containsEntry("CF_COMMIT_MESSAGE", "Say \\\"hello\\\" to Zoë\\'s app\n\nAnd more.")
        .containsEntry("CF_PIPELINE_NAME", "shop/codefresh");
  }

  @Test
  void aDetachedHeadOnATagIsThatTag() {
    git("init", "-q", "-b", "main");
    commit("First");
    git("tag", "v1.0");
    git("checkout", "-q", "--detach");

    assertThat(WorkTrees.find(folder, "a-run", NOW).branch()).isEqualTo("v1.0");
  }

  @Test
  void aDetachedHeadWithoutATagIsOnNoBranch() {
    git("init", "-q", "-b", "main");
    commit("First");
    commit("Second");
    git("checkout", "-q", "HEAD~1");

    WorkTree tree = WorkTrees.find(folder, "a-run", NOW);

    assertThat(tree.branch()).isNull();
    assertThat(tree.variables()).containsKey("CF_REVISION").doesNotContainKey("CF_BRANCH");
  }

  @Test
  void beforeTheFirstCommitTheBranchIsKnownAlready() {
    git("init", "-q", "-b", "trunk");

    WorkTree tree = WorkTrees.find(folder, "a-run", NOW);

    assertThat(tree.branch()).isEqualTo("trunk");
    assertThat(tree.variables()).doesNotContainKey("CF_REVISION");
  }

  @Test
  void aLinkedWorkTreeIsAWorkTreeOfItsOwn() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    gitIn(first, "init", "-q", "-b", "main");
    gitIn(
        first,
        "-c",
        "user.name=Z",
        "-c",
        "user.email=z@example.com",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "First");
    Path second = folder.resolve("second");
    gitIn(first, "worktree", "add", "-q", "-b", "side", second.toString());

    WorkTree tree = WorkTrees.find(second, "a-run", NOW);

    assertThat(tree.workspace().root()).isEqualTo(second.toString());
    assertThat(tree.branch()).isEqualTo("side");
  }

  @Test
  void everyWayToWriteARemoteNamesTheRepository() {
    for (String remote :
        new String[] {
          "https://example.com/acme/shop.git",
          "https://example.com/acme/shop",
          "https://example.com/deep/acme/shop/",
          "ssh://git@example.com:22/acme/shop.git",
          "git@example.com:acme/shop",
          "/srv/git/acme/shop.git"
        }) {
      git("init", "-q", "-b", "main");
      git("config", "remote.origin.url", remote);

      assertThat(WorkTrees.find(folder, "a-run", NOW).variables())
          .as(remote)
          .containsEntry("CF_REPO_OWNER", "acme")
          .containsEntry("CF_REPO_NAME", "shop");
    }
  }

  @Test
  void aBranchBecomesATagDockerTakes() {
    assertThat(WorkTrees.normalized("dependabot/npm_and_yarn/@types/node-20.1.0"))
        .isEqualTo("dependabot_npm_and_yarn__types_node-20.1.0");
    assertThat(WorkTrees.normalized(".hidden")).isEqualTo("_hidden");
    assertThat(WorkTrees.normalized("x".repeat(200))).hasSize(128);
  }

  private void commit(String message) {
    git(
        "-c",
        "user.name=Zoë",
        "-c",
        "user.email=zoe@example.com",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        message);
  }

  private String git(String... words) {
    return gitIn(folder, words);
  }

  private static String gitIn(Path where, String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "git";
    System.arraycopy(words, 0, all, 1, words.length);
    Answer answer =
        Program.of(all)
            .in(where)
            .with("GIT_CONFIG_GLOBAL", "/dev/null")
            .ask(Duration.ofSeconds(20));
    assumeThat(answer).as("git").isNotInstanceOf(Answer.NotStarted.class);
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Ended.class, ended -> assertThat(ended.exitCode()).as(ended.errors()).isZero());
    return answer instanceof Answer.Ended ended ? ended.output() : "";
  }
}
