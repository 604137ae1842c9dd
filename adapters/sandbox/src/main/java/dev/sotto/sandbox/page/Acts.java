package dev.sotto.sandbox.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Faults;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.Upload;
import java.time.Duration;
import java.util.List;

/** Does what people do in the page. */
final class Acts {
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration SLOW = Duration.ofSeconds(5);

  private final List<Side> sides;

  Acts(List<Side> sides) {
    this.sides = List.copyOf(sides);
  }

  /**
   * Does it and says what came of it.
   *
   * @param file the bytes that followed the act
   * @throws IllegalArgumentException with a line for people
   */
  ObjectNode perform(Act act, byte[] file) {
    Side side = side(act.side());
    ObjectNode result = Json.object();
    switch (act) {
      case Act.Enter a -> side.enter(a.person(), a.place());
      case Act.Say a -> result.put("id", side.say(a.person(), a.place(), a.text()));
      case Act.Attach a -> result.put("id", attach(side, a, file));
      case Act.Command a -> side.command(a.person(), a.place(), a.line());
      case Act.Complete a ->
          side.complete(a.person(), a.place(), a.line()).forEach(result.putArray("proposals")::add);
      case Act.Press a -> side.press(a.person(), a.message(), a.action());
      case Act.Submit a -> side.submit(a.person(), a.modal(), a.values());
      case Act.Edit a -> side.edit(a.person(), a.message(), a.text());
      case Act.Delete a -> side.delete(a.person(), a.message());
      case Act.React a -> side.react(a.person(), a.message(), a.emoji());
      case Act.Disturb a -> disturb(side, a);
    }
    return result;
  }

  private static String attach(Side side, Act.Attach act, byte[] file) {
    Upload upload = new Upload(act.name(), act.type(), file);
    return side.upload(act.person(), act.place(), act.text(), upload);
  }

  Side side(String name) {
    return sides.stream()
        .filter(side -> side.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such platform"));
  }

  private static void disturb(Side side, Act.Disturb act) {
    switch (act.trouble()) {
      case DROP -> side.sockets().drop();
      case FREEZE -> side.sockets().freeze();
      case HOLD -> side.sockets().hold();
      case RELEASE -> side.sockets().release();
      case REDELIVER -> side.sockets().redeliver();
      case TOO_MANY -> plan(side, act, Fault.tooMany(RETRY));
      case BROKEN -> plan(side, act, Fault.broken(500));
      case SLOW -> plan(side, act, Fault.slow(SLOW));
      case UNANSWERED -> plan(side, act, Fault.unanswered());
      case CUT -> plan(side, act, Fault.cut());
      case NONE -> side.faults().clear();
    }
  }

  private static void plan(Side side, Act.Disturb act, Fault fault) {
    side.faults().next(act.route().orElse(Faults.ANY), act.times(), fault);
  }
}
