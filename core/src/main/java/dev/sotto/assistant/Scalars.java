package dev.sotto.assistant;

import dev.sotto.assistant.Shape.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads one plain value, and says in words what it should have been. */
final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([hdwy])");
  private static final Pattern PACE = Pattern.compile("([0-9]{1,15})/(minute|hour|day|month)");

  private Scalars() {}

  /** The value, as the type that belongs to the shape; empty when it does not fit. */
  static Optional<?> read(ScalarNode node, Scalar shape) {
    String value = node.getValue();
    boolean text = node.getTag().equals(Tag.STR);
    return switch (shape) {
      case Shape.Text it -> Optional.of(value.strip()).filter(all -> text && fits(all, it));
      case Shape.OneOf it -> Optional.of(value).filter(it.words()::contains);
      case Shape.Headed it -> Optional.of(value).filter(_ -> text && fits(value, it));
      case Shape.Whole it -> whole(node).filter(n -> n >= it.least() && n <= it.most());
      case Shape.Decimal it -> decimal(node).filter(n -> n >= it.least() && n <= it.most());
      case Shape.Flag _ -> flag(node);
      case Shape.Span it ->
          span(value).filter(d -> d.compareTo(it.least()) >= 0 && d.compareTo(it.most()) <= 0);
      case Shape.Pace it -> pace(value).filter(p -> p.amount() >= 1 && p.amount() <= it.most());
    };
  }

  /** What is wrong with a value of that name that did not fit, and the mend. */
  static String mistake(String name, ScalarNode node, Scalar shape) {
    String value = node.getValue();
    return switch (shape) {
      case Shape.OneOf it -> unknown(name, value, it.words(), it.words());
      case Shape.Headed it when !headed(value, it) ->
          unknown(name, head(value, it), both(it.words(), it.heads()), both(it.words(), heads(it)));
      case Shape.Text it when !node.getTag().equals(Tag.STR) ->
          "'" + name + "' must be " + words(it) + "; a number or true needs quotes";
      default -> "'" + name + "' must be " + words(shape);
    };
  }

  /** What a value must be, to end a sentence. */
  static String words(Scalar shape) {
    return switch (shape) {
      case Shape.Text it ->
          it.form().map(Shape.Form::words).orElse("text")
              + ", at most %,d characters".formatted(it.most());
      case Shape.OneOf it -> "one of " + String.join(", ", it.words());
      case Shape.Headed it -> "one of " + String.join(", ", both(it.words(), heads(it)));
      case Shape.Whole it -> "a whole number from %d to %d".formatted(it.least(), it.most());
      case Shape.Decimal it ->
          "a number from %s to %s".formatted(tidy(it.least()), tidy(it.most()));
      case Shape.Flag _ -> "true or false";
      case Shape.Span it ->
          "a time such as 12h, 90d, 2w or 1y, from %dh to %dd"
              .formatted(it.least().toHours(), it.most().toDays());
      case Shape.Pace it ->
          "a number per minute, hour, day or month, such as 50/day, at most %d"
              .formatted(it.most());
    };
  }

  private static boolean fits(String value, Shape.Text shape) {
    int length = value.codePointCount(0, value.length());
    return !value.isBlank()
        && length <= shape.most()
        && shape.form().map(form -> form.pattern().matcher(value).matches()).orElse(true);
  }

  private static boolean fits(String value, Shape.Headed shape) {
    return shape.words().contains(value)
        || (headed(value, shape)
            && value.length() - value.indexOf(shape.separator()) <= Shape.Headed.LONGEST_NAME
            && value.chars().noneMatch(Character::isISOControl));
  }

  private static boolean headed(String value, Shape.Headed shape) {
    return shape.heads().stream()
        .anyMatch(head ->
            value.startsWith(head + shape.separator()) && value.length() > head.length() + 1);
  }

  private static String head(String value, Shape.Headed shape) {
    int end = value.indexOf(shape.separator());
    return end < 0 ? value : value.substring(0, end);
  }

  private static List<String> heads(Shape.Headed shape) {
    return shape.heads().stream().map(head -> head + shape.separator() + shape.name()).toList();
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static String unknown(
      String name, String value, List<String> candidates, List<String> known) {
    String hint = Nearest.hint(value, candidates, known);
    return "unknown " + name + " '" + Nearest.shown(value) + "'" + hint;
  }

  private static Optional<Long> whole(ScalarNode node) {
    return Optional.of(node.getValue())
        .filter(value -> node.getTag().equals(Tag.INT) && WHOLE.matcher(value).matches())
        .map(Long::valueOf);
  }

  private static Optional<Double> decimal(ScalarNode node) {
    boolean number = node.getTag().equals(Tag.FLOAT) || node.getTag().equals(Tag.INT);
    return Optional.of(node.getValue())
        .filter(value -> number && value.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?"))
        .map(Double::valueOf);
  }

  private static Optional<Boolean> flag(ScalarNode node) {
    return Optional.of(node.getValue())
        .filter(_ -> node.getTag().equals(Tag.BOOL))
        .map(Boolean::valueOf);
  }

  private static Optional<Duration> span(String value) {
    Matcher parts = SPAN.matcher(value);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long hours =
        switch (parts.group(2)) {
          case "h" -> 1;
          case "d" -> 24;
          case "w" -> 7 * 24;
          default -> 365 * 24;
        };
    return Optional.of(Duration.ofHours(Long.parseLong(parts.group(1)) * hours));
  }

  private static Optional<Assistant.Rate> pace(String value) {
    return Optional.of(PACE.matcher(value))
        .filter(Matcher::matches)
        .map(parts ->
            new Assistant.Rate(
                Long.parseLong(parts.group(1)),
                Assistant.Period.valueOf(parts.group(2).toUpperCase(Locale.ROOT))));
  }

  private static String tidy(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
