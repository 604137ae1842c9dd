package dev.sotto.assistant;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a value in a definition may be. */
sealed interface Shape {

  /** A shape of one plain value. */
  sealed interface Scalar extends Shape {}

  /** Text of 1 to {@code most} characters (code points). */
  record Text(int most, Optional<Form> form) implements Scalar {}

  /** A pattern that the whole text must match, and the same in words for people. */
  record Form(Pattern pattern, String words) {}

  /** One of some words; the constants of an enum, in lower case. */
  record OneOf(List<String> words) implements Scalar {}

  /** One of some words, or one of some heads with a name behind it: {@code everyone, role:it}. */
  record Headed(List<String> words, List<String> heads, String separator, String name)
      implements Scalar {
    static final int LONGEST_NAME = 128;
  }

  /** A whole number. */
  record Whole(long least, long most) implements Scalar {}

  /** A number. */
  record Decimal(double least, double most) implements Scalar {}

  /** {@code true} or {@code false}. */
  record Flag() implements Scalar {}

  /** A length of time: {@code 12h}, {@code 90d}, {@code 2w}, {@code 1y} (of 365 days). */
  record Span(Duration least, Duration most) implements Scalar {}

  /** So many in a period: {@code 50/day}. */
  record Pace(long most) implements Scalar {}

  /**
   * A list.
   *
   * @param single whether one value alone may stand for a list of one
   */
  record Items(Shape item, int least, int most, boolean single) implements Shape {}

  /**
   * A list of tables, or for short a mapping whose keys and values are the two named fields of each
   * table.
   */
  record Entries(Table item, int most, String key, String value) implements Shape {}

  /** A mapping with these keys and no other. */
  record Table(List<Field> fields) implements Shape {
    Optional<Field> field(String name) {
      return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    List<String> names() {
      return fields.stream().map(Field::name).toList();
    }
  }

  /**
   * A key of a table.
   *
   * @param fallback the value, in YAML, that an absent key stands for
   */
  record Field(String name, Shape shape, boolean required, Optional<String> fallback, String doc) {

    static Field required(String name, Shape shape, String doc) {
      return new Field(name, shape, true, Optional.empty(), doc);
    }

    static Field optional(String name, Shape shape, String doc) {
      return new Field(name, shape, false, Optional.empty(), doc);
    }

    static Field with(String name, String fallback, Shape shape, String doc) {
      return new Field(name, shape, false, Optional.of(fallback), doc);
    }
  }
}
