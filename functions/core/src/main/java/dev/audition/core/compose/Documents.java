package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.Variables;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.YamlReader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads compose documents: parse, interpolate, include, extends, merge; the tree stays untyped. */
final class Documents {
  /** Top-level keys of the compose specification. */
  static final Set<String> KEYS =
      Set.of(
          "version",
          "name",
          "include",
          "services",
          "models",
          "networks",
          "volumes",
          "secrets",
          "configs");

  /** Keys that tell a service of format 1, which had services at the top level. */
  private static final Set<String> SIGNS_OF_A_SERVICE = Set.of("image", "build", "extends");

  private final Reading reading;
  private final OwnEnvironment ownEnvironment;

  Documents(Reading reading) {
    this.reading = reading;
    this.ownEnvironment = new OwnEnvironment(reading);
  }

  Reading reading() {
    return reading;
  }

  /** Load and merge all sources of the request; null if one of them could not be loaded. */
  @Nullable Mapping project() {
    Scope scope = new Scope(reading.request().directory(), reading.variables(), List.of());
    Mapping merged = null;
    boolean complete = true;
    for (ComposeSource source : reading.request().sources()) {
      Mapping document =
          switch (source) {
            case ComposeSource.File(String path) -> load(path, null, "compose file", scope);
            case ComposeSource.Inline(TreeNode tree) -> {
              Mapping root = mapping(tree, "composition");
              yield root == null ? null : complete(interpolated(root, scope), scope);
            }
          };
      complete &= document != null;
      if (document != null) {
        merged = merged == null ? document : TreeMerge.documents(merged, document);
      }
    }
    return complete && merged != null && TreeMerge.cleaned(merged) instanceof Mapping cleaned
        ? cleaned
        : null;
  }

  /** Interpolate the request's candidates; null if there are none or they are no mapping. */
  @Nullable Mapping candidates() {
    TreeNode candidates = reading.request().candidates();
    if (candidates == null) {
      return null;
    }
    if (interpolation(reading.variables()).services(candidates) instanceof Mapping services) {
      return new Extensions(this, reading)
          .resolved(
              services, new Scope(reading.request().directory(), reading.variables(), List.of()));
    }
    reading
        .diagnostics()
        .refuse(
            Category.INVALID,
            candidates.location(),
            "",
            "candidates are %s (expected: a mapping of names to services)"
                .formatted(candidates.kind()),
            "");
    return null;
  }

  /** Load a file with all that it includes and extends; null after a refusal. */
  @Nullable Mapping load(String path, @Nullable Field asking, String what, Scope scope) {
    Mapping root = parse(path, asking, what, scope);
    return root == null ? null : complete(root, scope);
  }

  private Mapping complete(Mapping root, Scope scope) {
    Mapping included = new Includes(this, reading).resolved(root, scope);
    Entry services = included.entry("services").orElse(null);
    if (services == null || !(services.value() instanceof Mapping mapping)) {
      return included;
    }
    return included.with(
        new Entry(
            "services",
            services.keyLocation(),
            new Extensions(this, reading).resolved(mapping, scope)));
  }

  /** Parse and interpolate a file; null after a refusal. */
  @Nullable Mapping parse(String path, @Nullable Field asking, String what, Scope scope) {
    String shown = reading.files().display(path);
    if (!reading.budget().file()) {
      refuse(
          Category.SIZE,
          asking,
          shown,
          "more than %d files are read".formatted(Budget.FILES),
          "Include or extend fewer files.");
      return null;
    }
    return switch (reading.files().read(path)) {
      case SourceFiles.Content.Text(String text) -> {
        String name = reading.register(shown, scope.directory());
        TreeNode tree = YamlReader.read(text, name, reading.diagnostics());
        Mapping root = tree == null ? null : mapping(tree, what);
        yield root == null ? null : interpolated(root, scope);
      }
      case SourceFiles.Content.Missing() -> {
        refuse(
            Category.MISSING_FILE,
            asking,
            shown,
            "%s %s does not exist".formatted(what, shown),
            asking == null ? "Name a file that is there." : "Put it there, or correct the path.");
        yield null;
      }
      case SourceFiles.Content.Unreadable(String reason) -> {
        refuse(
            Category.MISSING_FILE,
            asking,
            shown,
            "%s %s cannot be read: %s".formatted(what, shown, reason),
            "It has to be a text file of at most 1 MiB that can be read.");
        yield null;
      }
    };
  }

  private void refuse(
      Category category, @Nullable Field asking, String shown, String message, String remedy) {
    if (asking == null) {
      reading.diagnostics().refuse(category, SourceLocation.of(shown), "", message, remedy);
    } else {
      asking.refuse(category, message, remedy);
    }
  }

  private @Nullable Mapping mapping(TreeNode tree, String what) {
    if (tree instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      // a tag at the top has nothing to reset or override
      return withServices(new Mapping(mapping.entries(), null, mapping.location()));
    }
    reading
        .diagnostics()
        .refuse(
            Category.INVALID,
            tree.location(),
            "",
            "a %s is a mapping with services; this is %s"
                .formatted(what, tree instanceof Mapping ? "an empty one" : tree.kind()),
            "");
    return null;
  }

  private Mapping interpolated(Mapping root, Scope scope) {
    return interpolation(scope.variables()).document(root);
  }

  private TreeInterpolation interpolation(Variables variables) {
    return new TreeInterpolation(
        variables, reading, reading.request().pipeline(), ownEnvironment::names);
  }

  /** Format 1 had its services at the top level. */
  private Mapping withServices(Mapping root) {
    List<Entry> own =
        root.entries().stream().filter(entry -> !entry.key().startsWith("x-")).toList();
    boolean formatOne =
        !own.isEmpty()
            && own.stream().allMatch(entry -> entry.value() instanceof Mapping)
            && own.stream().noneMatch(entry -> KEYS.contains(entry.key()))
            && own.stream().anyMatch(Documents::looksLikeAService);
    if (!formatOne) {
      return root;
    }
    reading
        .diagnostics()
        .note(
            Category.EMULATED,
            root.location(),
            "",
            "without a key services the entries at the top are read as services, as format 1 had"
                + " them",
            "Put them under services.");
    reading.formatOne();
    return new Mapping(
        List.of(new Entry("services", root.location(), new Mapping(own, null, root.location()))),
        null,
        root.location());
  }

  private static boolean looksLikeAService(Entry entry) {
    return entry.value() instanceof Mapping service
        && service.keys().stream().anyMatch(SIGNS_OF_A_SERVICE::contains);
  }
}
