package dev.sotto.sandbox.slack;

import dev.sotto.sandbox.side.View;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Between what people type and read, and what Slack puts on the wire. */
final class Mrkdwn {
  private static final Pattern TYPED =
      Pattern.compile("(<[@#!][^<>]{1,80}>)|(https?://[^\\s<>]+)|@(\\w+)|([&<>])");
  private static final Pattern WIRE =
      Pattern.compile("<@(\\w+)(?:\\|[^<>]*)?>|<(https?://[^<>|]+)>|&(amp|lt|gt);");

  private Mrkdwn() {}

  /** Mentions by name become mentions by id, addresses are bracketed, the rest is escaped. */
  static String wire(String typed) {
    return TYPED.matcher(typed).replaceAll(match -> Matcher.quoteReplacement(wire(match)));
  }

  private static String wire(MatchResult match) {
    if (match.group(2) != null) {
      return "<" + match.group(2).replace("&", "&amp;") + ">";
    }
    if (match.group(3) != null) {
      return named(match.group(3)).map(person -> "<@" + person.id() + ">").orElse(match.group());
    }
    return match.group(1) != null
        ? match.group()
        : match.group().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Mentions by id become names again, and nothing is escaped. */
  static String shown(String wire) {
    return WIRE.matcher(wire).replaceAll(match -> Matcher.quoteReplacement(shown(match)));
  }

  private static String shown(MatchResult match) {
    if (match.group(1) != null) {
      return Team.find(match.group(1)).map(person -> "@" + person.name()).orElse(match.group());
    }
    if (match.group(2) != null) {
      return match.group(2).replace("&amp;", "&");
    }
    return switch (match.group()) {
      case "&amp;" -> "&";
      case "&lt;" -> "<";
      default -> ">";
    };
  }

  private static Optional<View.Person> named(String name) {
    return Stream.concat(Team.PEOPLE.stream(), Stream.of(Team.SOTTO))
        .filter(person -> person.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
