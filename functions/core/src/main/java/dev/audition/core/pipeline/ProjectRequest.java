package dev.audition.core.pipeline;

import dev.audition.core.expression.Variables;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the user named, with all that the edge knows about it.
 *
 * @param files absolute paths: one pipeline or compose file, or several compose files to merge in
 *     order
 * @param workspace the folder around them
 * @param variables {@code --var}, {@code --var-file}, the caller's environment (compose files
 *     only), git ({@code CF_*}; pipelines only), strongest first; {@code .env} is read by the
 *     reader
 * @param images {@code --image NAME=REF}: what {@code ${{NAME}}} stands for instead of a build
 * @param candidates {@code --candidate}
 * @param profiles {@code --profile}
 * @param step {@code --step}: the only step wanted; null for all
 * @param skipUnsupported {@code --skip-unsupported}
 * @param branch {@code CF_BRANCH}, for {@code when.branch}; null if unknown
 */
public record ProjectRequest(
    List<String> files,
    Workspace workspace,
    Variables variables,
    SequencedMap<String, String> images,
    List<String> candidates,
    List<String> profiles,
    @Nullable String step,
    boolean skipUnsupported,
    @Nullable String branch) {
  public ProjectRequest {
    files = List.copyOf(files);
    images = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(images));
    candidates = List.copyOf(candidates);
    profiles = List.copyOf(profiles);
  }
}
