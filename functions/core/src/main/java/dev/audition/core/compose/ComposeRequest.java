package dev.audition.core.compose;

import dev.audition.core.expression.Variables;
import dev.audition.core.tree.TreeNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to read as one composition.
 *
 * @param sources at least one; later ones are merged over earlier ones
 * @param candidates a mapping of service name to service, each merged over the service of its name
 *     by {@link CandidateMerge} or added to the services; null if there are none
 * @param directory absolute path that relative paths of the sources are resolved against
 * @param workspaceRoot absolute path of the folder that bind mounts and builds may not leave
 * @param variables what {@code ${NAME}} is looked up in, strongest first
 * @param profiles the active profiles; {@code *} activates all
 * @param selected names of services that belong to the composition whatever their profiles say
 * @param givenVolumes names of volumes that exist without being declared
 * @param folders absolute paths that stand for other absolute paths, such as the workspace's path
 *     in containers for its place on this machine
 * @param dotEnv whether {@code .env} in the directory is read as the weakest source of variables
 * @param pipeline whether the sources stand in a pipeline: then {@code $NAME} in a command stays as
 *     it is where only the container's own environment sets it
 * @param planOnly whether nothing is to be run, so that what only a run needs is {@link
 *     dev.audition.core.diagnostic.Severity#NEEDED} instead of refused
 */
public record ComposeRequest(
    List<ComposeSource> sources,
    @Nullable TreeNode candidates,
    String directory,
    String workspaceRoot,
    Variables variables,
    List<String> profiles,
    List<String> selected,
    List<String> givenVolumes,
    Map<String, String> folders,
    boolean dotEnv,
    boolean pipeline,
    boolean planOnly) {
  public ComposeRequest {
    sources = List.copyOf(sources);
    profiles = List.copyOf(profiles);
    selected = List.copyOf(selected);
    givenVolumes = List.copyOf(givenVolumes);
    folders = Map.copyOf(folders);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources: none (expected: at least one)");
    }
  }

  /**
   * Ask for compose files, merged in order, with {@code .env} beside the first.
   *
   * @param files absolute and normalised paths, at least one
   */
  public static ComposeRequest ofFiles(
      List<String> files, String workspaceRoot, Variables variables) {
    return new ComposeRequest(
        files.stream().<ComposeSource>map(ComposeSource.File::new).toList(),
        null,
        Paths.parent(files.getFirst()),
        workspaceRoot,
        variables,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        true,
        false,
        false);
  }

  /**
   * Ask for a composition that stands in a pipeline; <code>${{NAME}}</code> is already substituted.
   *
   * @param candidates a mapping of service name to service; null if there are none
   * @param directory the step's working directory
   * @param variables {@code composition_variables}
   */
  public static ComposeRequest ofPipeline(
      TreeNode composition,
      @Nullable TreeNode candidates,
      String directory,
      String workspaceRoot,
      Variables variables) {
    return new ComposeRequest(
        List.of(new ComposeSource.Inline(composition)),
        candidates,
        directory,
        workspaceRoot,
        variables,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        false,
        true,
        false);
  }

  /** Return this request with these profiles active. */
  public ComposeRequest withProfiles(List<String> active) {
    return with(active, selected, givenVolumes, folders, planOnly);
  }

  /** Return this request with these services part of it whatever their profiles say. */
  public ComposeRequest withSelected(List<String> services) {
    return with(profiles, services, givenVolumes, folders, planOnly);
  }

  /** Return this request with these volumes there without being declared. */
  public ComposeRequest withGivenVolumes(List<String> volumes) {
    return with(profiles, selected, volumes, folders, planOnly);
  }

  /** Return this request with these absolute paths standing for others. */
  public ComposeRequest withFolders(Map<String, String> standIns) {
    return with(profiles, selected, givenVolumes, standIns, planOnly);
  }

  /** Return this request for a plan, or for a run. */
  public ComposeRequest withPlanOnly(boolean only) {
    return with(profiles, selected, givenVolumes, folders, only);
  }

  private ComposeRequest with(
      List<String> active,
      List<String> services,
      List<String> volumes,
      Map<String, String> standIns,
      boolean only) {
    return new ComposeRequest(
        sources,
        candidates,
        directory,
        workspaceRoot,
        variables,
        active,
        services,
        volumes,
        standIns,
        dotEnv,
        pipeline,
        only);
  }
}
