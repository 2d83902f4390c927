package dev.audition.aws.dynamo;

/**
 * Names of the table's attributes and indexes, as the template declares them.
 *
 * <p>Every item has {@link #PARTITION}, {@link #SORT} and {@link #SCHEMA}; those of runs and task
 * definitions have {@link #EXPIRES_AT}, those of projects and of admission stay.
 */
public final class TableLayout {
  /** Partition key, text: {@code run#<id>}, {@code definition#<hash>}, ... */
  public static final String PARTITION = "pk";

  /** Sort key, text. */
  public static final String SORT = "sk";

  /** The version of an item's form, a number; the release before reads what this one writes. */
  public static final String SCHEMA = "schema";

  /** When the item is removed: seconds since 1970. */
  public static final String EXPIRES_AT = "expiresAt";

  /** What indexes show beside their keys. */
  public static final String STATUS = "status";

  /** When a run was created: {@link IndexTime}. */
  public static final String CREATED_AT = "createdAt";

  /** Runs that somebody must look after at some time, by that time. */
  public static final String DUE_INDEX = "due";

  /** Partition key of {@link #DUE_INDEX}. */
  public static final String DUE_PARTITION = "duePartition";

  /** Sort key of {@link #DUE_INDEX}: {@link IndexTime}. */
  public static final String NEXT_CHECK_AT = "nextCheckAt";

  /** All runs by the time they were created. */
  public static final String NEWEST_INDEX = "newest";

  /** Partition key of {@link #NEWEST_INDEX}. */
  public static final String LIST_PARTITION = "listPartition";

  private TableLayout() {}
}
