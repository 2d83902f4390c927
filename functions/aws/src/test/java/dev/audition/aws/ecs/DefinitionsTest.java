package dev.audition.aws.ecs;

/** The fake of the other tests keeps the promises as well. */
final class DefinitionsTest implements DefinitionRegistryContract {
  @Override
  public DefinitionRegistry definitions() {
    return new Definitions();
  }
}
