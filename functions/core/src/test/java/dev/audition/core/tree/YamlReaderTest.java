package dev.audition.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  static TreeNode read(String text) {
    Diagnostics diagnostics = new Diagnostics();
    TreeNode tree = YamlReader.read(text, "f.yml", diagnostics);
    assertThat(diagnostics.sorted()).isEmpty();
    assertThat(tree).isNotNull();
    return tree;
  }

  static List<Diagnostic> refusals(String text) {
    Diagnostics diagnostics = new Diagnostics();
    TreeNode tree = YamlReader.read(text, "f.yml", diagnostics);
    assertThat(tree).isNull();
    assertThat(diagnostics.sorted()).isNotEmpty().allMatch(Diagnostic::refuses);
    return diagnostics.sorted();
  }

  private static String refusal(String text) {
    List<Diagnostic> refusals = refusals(text);
    assertThat(refusals).hasSize(1);
    return refusals.getFirst().render();
  }

  private static Scalar scalar(String text) {
    return (Scalar) read(text);
  }

  private static TreeNode at(TreeNode node, String... keys) {
    TreeNode current = node;
    for (String key : keys) {
      current = ((Mapping) current).find(key).orElseThrow();
    }
    return current;
  }

  private static String text(TreeNode node, String... keys) {
    return ((Scalar) at(node, keys)).text();
  }

  @Nested
  class Scalars {
    @ParameterizedTest
    @ValueSource(strings = {"22:22", "on", "no", "0777", "2026-01-01", "1_000", "0x1F", "1e3", "~"})
    void keepTheirRawText(String text) {
      assertThat(scalar(text).text()).isEqualTo(text);
      assertThat(scalar(text).plain()).isTrue();
      assertThat(scalar(text).tag()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'no'", "\"no\"", "|-\n  no", ">-\n  no", "!!str no"})
    void thatAreQuotedAreNotPlain(String text) {
      assertThat(scalar(text).text()).isEqualTo("no");
      assertThat(scalar(text).plain()).isFalse();
    }

    @Test
    void ofNothingAreNull() {
      Mapping mapping = (Mapping) read("a:\nb: ~\nc: null\nd: 'null'\ne: ''");
      assertThat(mapping.entries())
          .extracting(entry -> ((Scalar) entry.value()).isNull())
          .containsExactly(true, true, true, false, false);
    }

    @Test
    void unescapeDoubleQuotes() {
      assertThat(scalar("\"a\\tb\\u00e9\"").text()).isEqualTo("a\tb\u00e9");
    }

    @Test
    void keepPlaceholdersAsTheyStand() {
      assertThat(text(read("image: ${{BUILD}}\ntag: ${TAG:-1}"), "image")).isEqualTo("${{BUILD}}");
    }

    @Test
    void keepEmojiAndCountThemAsOneColumn() {
      Mapping mapping = (Mapping) read("{\"\uD83D\uDE00\": a, b: c}");
      assertThat(mapping.entries().getFirst().key()).isEqualTo("\uD83D\uDE00");
      assertThat(mapping.entries().getLast().keyLocation())
          .isEqualTo(new SourceLocation("f.yml", 1, 10));
    }
  }

  @Nested
  class Documents {
    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# a comment\n", "---\n", "---\n...\n", "\uFEFF"})
    void ofNothingAreANullScalar(String text) {
      assertThat(scalar(text).isNull()).isTrue();
    }

    @Test
    void mayBeginWithAByteOrderMark() {
      TreeNode tree = read("\uFEFFa: 1");
      assertThat(tree.location()).isEqualTo(new SourceLocation("f.yml", 1, 1));
      assertThat(text(tree, "a")).isEqualTo("1");
    }

    @Test
    void mayBeginWithAMarkerAndEndWithOne() {
      assertThat(text(read("%YAML 1.2\n---\na: 1\n...\n"), "a")).isEqualTo("1");
      assertThat(text(read("---\na: 1\n---\n"), "a")).isEqualTo("1");
    }

    @Test
    void haveOnePerFile() {
      assertThat(refusal("a: 1\n---\nb: 2\n"))
          .isEqualTo(
              "f.yml:3:1: a second document begins here, after \"---\"; one file holds one"
                  + " document. Remove the \"---\", or put this part into a file of its own.");
    }

    @Test
    void acceptCarriageReturns() {
      assertThat(text(read("a: 1\r\nb: 2\r\n"), "b")).isEqualTo("2");
    }
  }

  @Nested
  class Places {
    @Test
    void countLinesAndColumnsFromOne() {
      Mapping root = (Mapping) read("a:\n  - x\n  - {k: v}\n");
      assertThat(root.location()).isEqualTo(new SourceLocation("f.yml", 1, 1));
      Sequence list = (Sequence) at(root, "a");
      assertThat(list.location()).isEqualTo(new SourceLocation("f.yml", 2, 3));
      assertThat(list.items().get(0).location()).isEqualTo(new SourceLocation("f.yml", 2, 5));
      Entry entry = ((Mapping) list.items().get(1)).entries().getFirst();
      assertThat(entry.keyLocation()).isEqualTo(new SourceLocation("f.yml", 3, 6));
      assertThat(entry.value().location()).isEqualTo(new SourceLocation("f.yml", 3, 9));
    }

    @Test
    void ofAliasesAreThoseOfTheAnchor() {
      TreeNode root = read("a: &x\n  k: v\nb: *x\n");
      assertThat(at(root, "b")).isEqualTo(at(root, "a"));
      assertThat(at(root, "b", "k").location()).isEqualTo(new SourceLocation("f.yml", 2, 6));
    }
  }

  @Nested
  class Tags {
    @ParameterizedTest
    @CsvSource({"a: !reset null", "a: !reset [b]", "a: !reset {b: c}", "a: !reset"})
    void thatAreCustomAreKept(String text) {
      assertThat(at(read(text), "a").tag()).isEqualTo("!reset");
    }

    @Test
    void areKeptOnOverriddenMappings() {
      TreeNode node = at(read("ports: !override\n  - 80:80\n"), "ports");
      assertThat(node.tag()).isEqualTo("!override");
      assertThat(node).isInstanceOf(Sequence.class);
    }

    @Test
    void ofTheStandardAreNot() {
      assertThat(at(read("a: !!map {}"), "a").tag()).isNull();
      assertThat(at(read("a: !!int 3"), "a").tag()).isNull();
    }
  }

  @Nested
  class Keys {
    @Test
    void becomeText() {
      Mapping mapping = (Mapping) read("1: a\non: b\n~: c\n2.5: d\n22:22: e\n");
      assertThat(mapping.keys()).containsExactly("1", "on", "~", "2.5", "22:22");
    }

    @Test
    void givenTwiceAreRefusedWithBothPlaces() {
      assertThat(refusal("services:\n  db: 1\n  web: 2\n  db: 3\n"))
          .isEqualTo(
              "f.yml:4:3: the key \"db\" is given twice in one mapping, first at f.yml:2:3."
                  + " Keep one of them.");
    }

    @Test
    void givenTwiceAreAllNamed() {
      assertThat(refusals("a: 1\na: 2\nb: {c: 1, 'c': 2}\n")).hasSize(2);
    }

    @Test
    void thatAreCollectionsAreRefused() {
      assertThat(refusal("image: {{IMAGE}}\n"))
          .startsWith("f.yml:1:9: a key is text, here it is a mapping or a list.")
          .contains("quotes");
    }
  }

  @Nested
  class MergeKeys {
    @Test
    void bringInAMapping() {
      TreeNode root = read("x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\n");
      assertThat(((Mapping) at(root, "y")).keys()).containsExactly("a", "b");
      assertThat(text(root, "y", "b")).isEqualTo("3");
    }

    @Test
    void loseToExplicitKeysWrittenBefore() {
      TreeNode root = read("x: &x {a: 1, b: 2}\ny:\n  b: 3\n  <<: *x\n");
      assertThat(text(root, "y", "b")).isEqualTo("3");
      assertThat(text(root, "y", "a")).isEqualTo("1");
    }

    @Test
    void ofAListGiveTheFirstThatHasTheKey() {
      TreeNode root = read("x: &x {a: 1}\ny: &y {a: 2, b: 2}\nz:\n  <<: [*x, *y]\n");
      assertThat(text(root, "z", "a")).isEqualTo("1");
      assertThat(text(root, "z", "b")).isEqualTo("2");
    }

    @Test
    void chain() {
      TreeNode root = read("x: &x {a: 1}\ny: &y\n  <<: *x\n  b: 2\nz:\n  <<: *y\n");
      assertThat(((Mapping) at(root, "z")).keys()).containsExactly("a", "b");
    }

    @Test
    void takeAnInlineMapping() {
      assertThat(text(read("<<: {a: 1}\nb: 2\n"), "a")).isEqualTo("1");
    }

    @Test
    void thatAreQuotedAreKeysLikeOthers() {
      assertThat(((Mapping) read("'<<': {a: 1}\n")).keys()).containsExactly("<<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<<: text\n", "<<:\n", "x: &x [1]\n<<: *x\n", "<<: [{a: 1}, b]\n"})
    void thatAreNotMappingsAreRefused(String text) {
      assertThat(refusal(text)).contains("<< takes a mapping or a list of mappings, not ");
    }

    @Test
    void givenTwiceAreRefused() {
      assertThat(refusal("x: &x {a: 1}\ny: &y {b: 1}\nz:\n  <<: *x\n  <<: *y\n"))
          .contains("given twice")
          .contains("<<: [*a, *b]");
    }
  }

  @Nested
  class Limits {
    @Test
    void refuseADocumentThatIsTooLong() {
      assertThat(refusal("a".repeat(YamlReader.MAXIMUM_LENGTH + 1)))
          .startsWith("f.yml: the file has more than 1,048,576 characters");
    }

    @Test
    void acceptTheLongest() {
      assertThat(scalar("a".repeat(YamlReader.MAXIMUM_LENGTH)).text())
          .hasSize(YamlReader.MAXIMUM_LENGTH);
    }

    @Test
    void acceptTheDeepest() {
      read("[".repeat(64) + "x" + "]".repeat(64));
    }

    @Test
    void refuseTheDeeper() {
      assertThat(refusal("[".repeat(65) + "]".repeat(65)))
          .startsWith("f.yml:1:65: mappings and lists stand more than 64 deep");
      assertThat(refusal("[".repeat(500_000))).contains("64 deep");
      assertThat(refusal("- ".repeat(500_000))).contains("64 deep");
    }

    @Test
    void refuseDepthThroughAliases() {
      StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
      for (int i = 1; i < 100; i++) {
        text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
      }
      assertThat(refusal(text.toString())).contains("64 deep");
    }

    @Test
    void refuseDepthThroughAliasesInsideOfKeys() {
      StringBuilder text = new StringBuilder("? &a0 [x]\n: v\n");
      for (int i = 1; i < 20_000; i++) {
        text.append("? &a%d [*a%d]\n: v\n".formatted(i, i - 1));
      }
      text.append("end: *a19999\n");
      assertThat(refusals(text.toString())).anyMatch(d -> d.category() == Category.SIZE);
    }

    @Test
    void refuseAnAliasBomb() {
      StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
      for (int i = 1; i < 40; i++) {
        String alias = "*a" + (i - 1);
        text.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of(alias, alias))));
      }
      assertThat(refusal(text.toString()))
          .contains("the document has more than 100,000 nodes, aliases written out");
    }

    @Test
    void refuseTooManyNodes() {
      assertThat(refusal("[" + "a,".repeat(200_000) + "]")).contains("more than 100,000 nodes");
      assertThat(refusal("{" + "?,".repeat(200_000) + "}")).contains("more than 100,000 nodes");
    }

    @Test
    void acceptManyAliasesOfAnOrdinaryFile() {
      StringBuilder text = new StringBuilder("x: &x {a: 1, b: [1, 2]}\n");
      for (int i = 0; i < 1000; i++) {
        text.append("s").append(i).append(": {<<: *x}\n");
      }
      assertThat(((Mapping) read(text.toString())).entries()).hasSize(1001);
    }

    @Test
    void refuseACycle() {
      assertThat(refusal("a: &a [*a]\n"))
          .startsWith("f.yml:1:4: the anchor here is used inside of itself");
      assertThat(refusal("a: &a\n  b: {<<: *a}\n")).contains("used inside of itself");
    }
  }
}
