package dev.audition.local.workspace;

import dev.audition.local.process.Program;
import dev.audition.local.process.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What git says of a work tree; empty text where it says nothing.
 *
 * @param branch null where HEAD is on none
 * @param tag a tag of the commit checked out; null if it has none
 */
record GitState(
    String owner,
    String repository,
    @Nullable String branch,
    @Nullable String tag,
    String revision,
    String author,
    String message) {
  /** Nothing is known. */
  static final GitState NONE = new GitState("", "", null, null, "", "", "");

  /** git answers within milliseconds; a file system that hangs must not hang us. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final Pattern ON_BRANCH = Pattern.compile("HEAD -> refs/heads/([^,]+)");
  private static final Pattern ON_TAG = Pattern.compile("tag: refs/tags/([^,]+)");

  /** Owner and name at the end of {@code git@host:owner/name.git} and of every kind of URL. */
  private static final Pattern REMOTE =
      Pattern.compile("(?:.*?[/:])?([^/:]+)/([^/:]+?)(?:\\.git)?/?");

  /** Return the branch checked out, else the tag; {@code CF_BRANCH} is either. */
  @Nullable String branchOrTag() {
    return branch == null ? tag : branch;
  }

  /** Ask git; two processes at once, nothing is written. */
  static GitState read(Path root) {
    CompletableFuture<String> remote = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> remote.complete(ask(root, "config", "--get", "remote.origin.url").strip()));
    String[] commit =
        ask(
                root,
                "log",
                "-1",
                // Signatures would start a program that the repository's own settings name.
                "--no-show-signature",
                "--no-color",
                "--decorate=full",
                "--format=%H%x00%an%x00%D%x00%B")
            .split("\0", 4);
    Matcher origin = REMOTE.matcher(remote.join());
    boolean known = origin.matches();
    String owner = known ? origin.group(1) : "";
    String repository = known ? origin.group(2) : "";
    if (commit.length < 4 || commit[0].length() < 7) {
      return new GitState(owner, repository, headFile(root), null, "", "", "");
    }
    return new GitState(
        owner,
        repository,
        first(ON_BRANCH, commit[2]),
        first(ON_TAG, commit[2]),
        commit[0],
        commit[1],
        commit[3].strip());
  }

  private static String ask(Path root, String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "git";
    all[1] = "--no-pager";
    System.arraycopy(words, 0, all, 2, words.length);
    Answer answer =
        Program.of(all)
            .in(root)
            .with("GIT_OPTIONAL_LOCKS", "0")
            .with("GIT_TERMINAL_PROMPT", "0")
            .with("LC_ALL", "C.UTF-8")
            // A git hook that calls us has these set, for its own repository.
            .without("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
            .ask(LIMIT);
    return answer instanceof Answer.Ended(int exitCode, String output, _) && exitCode == 0
        ? output
        : "";
  }

  private static @Nullable String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** Without a commit, or without git, HEAD still names the branch. */
  private static @Nullable String headFile(Path root) {
    try {
      Path git = root.resolve(".git");
      if (Files.isRegularFile(git)) {
        git = root.resolve(Files.readString(git).strip().replaceFirst("^gitdir: ", ""));
      }
      String head = Files.readString(git.resolve("HEAD")).strip();
      return head.startsWith("ref: refs/heads/") ? head.substring(16) : null;
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }
}
