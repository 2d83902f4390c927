package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code docs/compose-keys.md} says what the table says. */
class ServiceKeysPageGoldenTest {
  @Test
  void thePageIsWhatTheTableSays() throws IOException {
    Path page = Path.of(System.getProperty("audition.project"), "docs", "compose-keys.md");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(page.resolveSibling(""));
      Files.writeString(page, ServiceKeysPage.markdown());
    }
    assertThat(Files.readString(page)).isEqualTo(ServiceKeysPage.markdown());
  }

  @Test
  void rowsAreInTheOrderOfTheirNames() {
    List<String> names = ServiceKeys.rows().stream().map(ServiceKeyRow::name).toList();
    assertThat(names).isSorted();
  }

  @Test
  void everyTypedKeyHasARow() throws IllegalAccessException {
    for (Field constant : ServiceKey.class.getFields()) {
      ServiceKey<?> key = (ServiceKey<?>) constant.get(null);
      assertThat(ServiceKeys.names()).contains(Objects.requireNonNull(key).name());
    }
  }
}
