package dev.audition.core.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.source.SourceFiles.Content;
import dev.audition.core.source.SourceFiles.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceArchiveTest {
  private static final String ROOT = "/workspace/shop";

  private final Diagnostics diagnostics = new Diagnostics();

  private Optional<SourceArchive> read(byte[] zip) {
    return SourceArchive.read(zip, ROOT, "source.zip", diagnostics);
  }

  private SourceArchive archive(byte[] zip) {
    return read(zip).orElseThrow(() -> new AssertionError(diagnostics.sorted()));
  }

  private String refusal(byte[] zip) {
    assertThat(read(zip)).isEmpty();
    return diagnostics.sorted().getFirst().render();
  }

  private static byte[] zip(SequencedMap<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String name, byte[] content) {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(name, content);
    return zip(entries);
  }

  @Nested
  class Reading {
    @Test
    void whatWasPackedIsThereAtTheRoot() {
      SourceArchiveWriter writer = new SourceArchiveWriter();
      assertThat(writer.add("compose.yml", "services:\n".getBytes(UTF_8))).isTrue();
      assertThat(writer.add("conf/app.env", "A=ü\n".getBytes(UTF_8))).isTrue();
      SourceArchive archive = archive(writer.zip());
      assertThat(archive.read(ROOT + "/compose.yml")).isEqualTo(new Content.Text("services:\n"));
      assertThat(archive.read(ROOT + "/conf/app.env")).isEqualTo(new Content.Text("A=ü\n"));
      assertThat(archive.kind(ROOT)).isEqualTo(Kind.FOLDER);
      assertThat(archive.kind(ROOT + "/conf")).isEqualTo(Kind.FOLDER);
      assertThat(archive.kind(ROOT + "/conf/app.env")).isEqualTo(Kind.FILE);
      assertThat(archive.display(ROOT + "/conf/app.env")).isEqualTo("conf/app.env");
    }

    @Test
    void whatIsOnlyListedIsThereAndSaysThatItWasNotSent() {
      SourceArchiveWriter writer = new SourceArchiveWriter();
      assertThat(writer.list("db/init.sql", Kind.FILE)).isTrue();
      assertThat(writer.list("data", Kind.FOLDER)).isTrue();
      assertThat(writer.list("nowhere", Kind.ABSENT)).isTrue();
      SourceArchive archive = archive(writer.zip());
      assertThat(archive.kind(ROOT + "/db/init.sql")).isEqualTo(Kind.FILE);
      assertThat(archive.kind(ROOT + "/db")).isEqualTo(Kind.FOLDER);
      assertThat(archive.kind(ROOT + "/data")).isEqualTo(Kind.FOLDER);
      assertThat(archive.kind(ROOT + "/nowhere")).isEqualTo(Kind.ABSENT);
      assertThat(archive.read(ROOT + "/db/init.sql")).isInstanceOf(Content.Unreadable.class);
      assertThat(archive.read(ROOT + "/nowhere")).isEqualTo(new Content.Missing());
    }

    @Test
    void whatLiesElsewhereIsNotThere() {
      SourceArchive archive = archive(zip("a.yml", "a".getBytes(UTF_8)));
      assertThat(archive.read("/etc/passwd")).isEqualTo(new Content.Missing());
      assertThat(archive.kind("/workspace/shop2/a.yml")).isEqualTo(Kind.ABSENT);
    }

    @Test
    void bytesThatAreNoTextAreToldAsOnALaptop() {
      byte[] notText = {(byte) 0xff, (byte) 0xfe};
      assertThat(archive(zip("a.yml", notText)).read(ROOT + "/a.yml"))
          .isEqualTo(new Content.Unreadable("not UTF-8 text"));
    }

    @Test
    void aLargeFileIsTheOnlyOneThatCannotBeRead() {
      SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
      entries.put("large.yml", new byte[SourceFiles.MAXIMUM_BYTES + 1]);
      entries.put("small.yml", "a: 1".getBytes(UTF_8));
      SourceArchive archive = archive(zip(entries));
      assertThat(archive.read(ROOT + "/large.yml"))
          .isEqualTo(new Content.Unreadable("larger than 1 MiB"));
      assertThat(archive.read(ROOT + "/small.yml")).isEqualTo(new Content.Text("a: 1"));
    }
  }

  @Nested
  class Refusing {
    @Test
    void aBombIsNotUnpacked() {
      byte[] bomb = zip("bomb.yml", new byte[64 << 20]);
      assertThat(bomb).hasSizeLessThan(1 << 20);
      assertThat(refusal(bomb)).contains("larger than 16 MiB once it is unpacked");
    }

    @Test
    void manySmallFilesAreAsBad() {
      SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
      for (int i = 0; i <= 20_000; i++) {
        entries.put(i + ".yml", new byte[0]);
      }
      assertThat(refusal(zip(entries))).contains("more than 20000 files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.yml", "/a.yml", "a/../../b", "a//b", "a\\b", "./a", "a/\u0001"})
    void pathsThatLeadAwayAreNotFollowed(String path) {
      assertThat(refusal(zip(path, new byte[0]))).contains("could mean anything");
    }

    @Test
    void aListingLeadsNowhereElseEither() {
      assertThat(refusal(zip(ArchiveLimits.LISTING, "ok\n../../x\n".getBytes(UTF_8))))
          .contains("could mean anything: \"../../x\"");
    }

    @Test
    void whatIsNoZipIsToldSo() {
      assertThat(refusal("hello".getBytes(UTF_8))).contains("source.zip: not a zip");
    }

    @Test
    void aZipThatIsCutOffIsToldSo() {
      byte[] noise = new byte[100_000];
      RandomGenerator.of("L64X128MixRandom").nextBytes(noise);
      byte[] whole = zip("a.yml", noise);
      assertThat(refusal(Arrays.copyOf(whole, whole.length / 2))).contains("not a zip");
    }

    @Test
    void somethingHugeIsNotLookedAt() {
      assertThat(refusal(new byte[SourceArchive.MOST_BYTES + 1])).contains("larger than 16 MiB");
    }
  }

  @Nested
  class Writing {
    @Test
    void theSameFilesGiveTheSameBytes() {
      SourceArchiveWriter one = new SourceArchiveWriter();
      one.add("a.yml", new byte[] {1});
      one.add("b.yml", new byte[] {2});
      one.list("c", Kind.FILE);
      SourceArchiveWriter other = new SourceArchiveWriter();
      other.list("c", Kind.FILE);
      other.add("b.yml", new byte[] {2});
      other.add("a.yml", new byte[] {1});
      assertThat(one.zip()).isEqualTo(other.zip());
    }

    @Test
    void whatDoesNotFitIsNotTakenAndTold() {
      SourceArchiveWriter writer = new SourceArchiveWriter();
      assertThat(writer.add("large.yml", new byte[SourceFiles.MAXIMUM_BYTES + 1])).isFalse();
      for (int i = 0; i < 16; i++) {
        assertThat(writer.add(i + ".yml", new byte[SourceFiles.MAXIMUM_BYTES])).isTrue();
      }
      assertThat(writer.add("one-more.yml", new byte[1])).isFalse();
      assertThat(writer.list("one-more", Kind.FILE)).isFalse();
      assertThat(writer.add("../up.yml", new byte[0])).isFalse();
      assertThat(archive(writer.zip()).kind(ROOT + "/15.yml")).isEqualTo(Kind.FILE);
    }
  }

  @Test
  void onlyWhatWasAskedForIsRecorded() {
    SourceArchive files = archive(zip("a.yml", "a".getBytes(UTF_8)));
    RecordedFiles recorded = new RecordedFiles(files);
    assertThat(recorded.read(ROOT + "/a.yml")).isEqualTo(new Content.Text("a"));
    assertThat(recorded.read(ROOT + "/b.yml")).isEqualTo(new Content.Missing());
    assertThat(recorded.kind(ROOT)).isEqualTo(Kind.FOLDER);
    assertThat(recorded.read()).containsOnlyKeys(ROOT + "/a.yml", ROOT + "/b.yml");
    assertThat(recorded.looked()).containsOnlyKeys(ROOT);
  }
}
