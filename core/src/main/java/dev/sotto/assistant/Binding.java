package dev.sotto.assistant;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.chat.Platform;
import java.util.Optional;

/**
 * The rule that an assistant answers in a channel.
 *
 * @param channel its name without {@code #}, or its id
 * @param guild the name or id of the workspace or guild; empty: any
 */
public record Binding(Platform platform, String channel, Optional<String> guild) {
  /** What {@link #fit} says of a place that the binding does not mean. */
  static final int NONE = 0;

  /**
   * How exactly this binding means that place: an id fits better than a name, a named guild better
   * than any. A direct message belongs to no channel and is never meant.
   *
   * @return {@link #NONE}, or more the better it fits
   */
  int fit(Address address, Optional<PlaceName> place) {
    boolean elsewhere =
        address.workspace().platform() != platform || address.kind() != Address.Kind.CHANNEL;
    boolean foreign = guild.isPresent() && !isGuild(address, place);
    if (elsewhere || foreign) {
      return NONE;
    }
    int exactness = guild.isPresent() ? 1 : 0;
    if (channel.equals(address.channel())) {
      return 3 + exactness;
    }
    boolean named =
        place.filter(name -> bare(name.channel()).equalsIgnoreCase(channel)).isPresent();
    return named ? 1 + exactness : NONE;
  }

  private boolean isGuild(Address address, Optional<PlaceName> place) {
    String wanted = guild.orElse("");
    return wanted.equals(address.workspace().id())
        || place.filter(name -> name.workspace().equalsIgnoreCase(wanted)).isPresent();
  }

  static String bare(String channel) {
    return channel.startsWith("#") ? channel.substring(1) : channel;
  }

  @Override
  public String toString() {
    return "Binding[" + platform.key() + "]";
  }
}
