package dev.audition.handlers.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.dynamo.TableLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the template's table to the names that the store uses. */
class TableTest {
  private final TemplateFile template = TemplateFile.read();

  private static String keys(String hash, String range) {
    return "[{AttributeName: %s, KeyType: HASH}, {AttributeName: %s, KeyType: RANGE}]"
        .formatted(hash, range);
  }

  private static String index(String name, String hash, String range) {
    return "{IndexName: %s, KeySchema: %s, Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [%s]}}"
        .formatted(name, keys(hash, range), TableLayout.STATUS);
  }

  @Test
  void hasTheKeysAndIndexesOfTheStore() {
    assertThat(template.property("Table", "KeySchema"))
        .isEqualTo(keys(TableLayout.PARTITION, TableLayout.SORT));
    assertThat(Nodes.texts(template.properties("Table"), "GlobalSecondaryIndexes"))
        .containsExactly(
            index(TableLayout.DUE_INDEX, TableLayout.DUE_PARTITION, TableLayout.NEXT_CHECK_AT),
            index(TableLayout.NEWEST_INDEX, TableLayout.LIST_PARTITION, TableLayout.CREATED_AT));
    assertThat(template.property("Table", "TimeToLiveSpecification"))
        .isEqualTo("{AttributeName: %s, Enabled: true}".formatted(TableLayout.EXPIRES_AT));
  }

  @Test
  void declaresEveryKeyAsText() {
    assertThat(Nodes.texts(template.properties("Table"), "AttributeDefinitions"))
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                    TableLayout.PARTITION,
                    TableLayout.SORT,
                    TableLayout.DUE_PARTITION,
                    TableLayout.NEXT_CHECK_AT,
                    TableLayout.LIST_PARTITION,
                    TableLayout.CREATED_AT)
                .stream()
                .map(name -> "{AttributeName: %s, AttributeType: S}".formatted(name))
                .toList());
  }

  @Test
  void itsIndexesAreAskedByWhomTheyAreFor() {
    assertThat(template.property("SweepRole", "Policies")).contains(arn(TableLayout.DUE_INDEX));
    assertThat(template.property("SubmitterPolicy", "PolicyDocument"))
        .contains(arn(TableLayout.NEWEST_INDEX));
  }

  private static String arn(String index) {
    return "!Sub ${Table.Arn}/index/" + index;
  }
}
