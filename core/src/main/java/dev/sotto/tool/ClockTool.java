package dev.sotto.tool;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code clock}: what time it is, anywhere. */
@Singleton
final class ClockTool implements Tool {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);
  private static final String ZONE = "zone";
  private static final String UTC = "UTC";

  private final Clock clock;

  ClockTool(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public String description() {
    return "Tells the present date and time in a time zone.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter(
            ZONE, "The IANA name of the time zone, such as Europe/Oslo; without it, UTC", false));
  }

  @Override
  public boolean harmless() {
    return true;
  }

  @Override
  public String call(Map<String, String> arguments) {
    String zone = arguments.getOrDefault(ZONE, UTC).strip();
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      return "There is no time zone of that name: give an IANA name such as Europe/Oslo, or UTC.";
    }
    return TIME.format(ZonedDateTime.ofInstant(clock.instant(), ZoneId.of(zone))) + " in " + zone;
  }
}
