package dev.sotto.guard;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names without a scheme chat programs take for web addresses. Slack links such a name in
 * whatever a bot posts when its last label is a top-level domain, so that label decides. Two kinds
 * of name are let pass, because technical answers are full of them and neither can carry data to
 * whoever reads a name server's log: a file's, of one label and a domain that is a file ending too
 * ({@code README.md}), and a few well-known names in full ({@code ASP.NET}). With a port or a path,
 * another label before them, or as the target of a link, both are addresses like any other.
 */
final class TopLevel {
  /** The generic domains seen most, and country domains that are no ISO 3166 code. */
  private static final Set<String> DOMAINS = domains();

  /** Country domains that are file endings too. */
  private static final Set<String> ENDINGS =
      Set.of(
          "md", "rs", "sh", "py", "pl", "so", "cc", "pm", "ps", "mk", "ml", "tf", "bz", "zip",
          "mov");

  /** Names of things that have a top-level domain at their end; each is compared as a whole. */
  private static final Set<String> WELL_KNOWN =
      Set.of(
          "ado.net",
          "asp.net",
          "configure.ac",
          "id_ecdsa.pub",
          "id_ed25519.pub",
          "id_rsa.pub",
          "java.io",
          "java.net",
          "json.net",
          "makefile.am",
          "manifest.in",
          "ml.net",
          "socket.io",
          "system.io",
          "system.net",
          "vb.net");

  private static final Pattern EMPHASIS = Pattern.compile("^_+");

  /** How sure it is that a name without a scheme is meant as an address. */
  enum Shape {
    /** It stands alone. */
    NAME,
    /** A port or a path follows. */
    ADDRESS,
    /** It is the target of a link, alone. */
    TARGET
  }

  private TopLevel() {}

  private static Set<String> domains() {
    String generic =
        "ac ai app art asia audio beauty bid bio biz blog bond buzz cam cards care cash casino cat"
            + " center cfd chat christmas church city click cloud club co codes coffee com"
            + " community company cool coop country date deals design dev digital directory download"
            + " edu education email energy eu events exchange expert express family fan fans farm"
            + " fashion finance fit fun fund fyi gallery game games gdn gives global gmbh gold gov"
            + " group guru health help homes host hosting house icu inc info int ink institute"
            + " international jobs kim land law legal life limited link live loan lol love ltd"
            + " makeup market marketing mba media men menu mil mobi moe money monster mov museum"
            + " name net network news ninja nl online onion org page party photo photos pics pink"
            + " place plus porn press pro productions properties pub quest racing realty red rent"
            + " repair report rest review reviews rip rocks run sale sbs school science security"
            + " services sex sexy shop show site social software solar solutions space store stream"
            + " studio style su support surf systems tax team tech technology tel tips today tokyo"
            + " tools top town toys trade trading training travel tube uk university vegas ventures"
            + " video vip wang watch webcam website wedding wiki win work works world wtf xin xxx"
            + " xyz yachts zip zone";
    var domains = new HashSet<>(Arrays.asList(generic.split(" ")));
    for (String country : Locale.getISOCountries()) {
      domains.add(country.toLowerCase(Locale.ROOT));
    }
    return Set.copyOf(domains);
  }

  /**
   * @param host in lower case
   */
  static boolean makesLink(String host, Shape shape) {
    String whole = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String last = whole.substring(whole.lastIndexOf('.') + 1);
    if (last.startsWith("xn--")) {
      return true;
    }
    return DOMAINS.contains(last) && (shape != Shape.NAME || !isHarmless(whole, last));
  }

  private static boolean isHarmless(String host, String last) {
    boolean file = ENDINGS.contains(last) && host.indexOf('.') == host.lastIndexOf('.');
    return file || WELL_KNOWN.contains(EMPHASIS.matcher(host).replaceFirst(""));
  }
}
