package dev.sotto.command;

import dev.sotto.chat.Address;
import dev.sotto.chat.Person;
import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.crypto.KeyTarget;
import dev.sotto.crypto.Keys;
import dev.sotto.crypto.NoSuchKeysException;
import dev.sotto.crypto.Progress;
import dev.sotto.crypto.Rotation;
import dev.sotto.crypto.root.RootKeyException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Does what is said about keys. Whether the person may is asked before. Of the commands that
 * replace keys a process runs one at a time, and says so to who wants another.
 */
@Singleton
final class KeyCommands {
  private final Keys keys;
  private final Confirmations confirmations;
  private final Semaphore free = new Semaphore(1);

  KeyCommands(Keys keys, Confirmations confirmations) {
    this.keys = keys;
    this.confirmations = confirmations;
  }

  Done run(BotCommand.OfKeys command, Address here, Person person, Doing.Watcher watcher) {
    try {
      return switch (command) {
        case BotCommand.KeysStatus _ -> Done.well(KeyReport.of(keys.status()));
        case BotCommand.KeysProgress _ -> Done.well(KeyReport.of(keys.progress()));
        case BotCommand.KeysInventory _ -> Done.well(KeyReport.of(keys.inventory()));
        case BotCommand.KeysRotate it ->
            meant(it.words(), here, to -> replaced(to, Work.ROTATION, keys::rotate, watcher));
        case BotCommand.KeysRetire _ -> alone(Work.RETIREMENT, watcher, keys::retire);
        case BotCommand.KeysEmergency it -> meant(it.words(), here, to -> plan(it, to, person));
        case BotCommand.KeysConfirm it -> confirmed(it.once(), here, person, watcher);
      };
    } catch (NoSuchKeysException | RootKeyException e) {
      return Done.badly(KeyReport.refused(e));
    }
  }

  private static Done meant(KeyWords words, Address here, Function<KeyTarget, Done> then) {
    return switch (words.meaning(here)) {
      case KeyWords.Meaning.None(String line) -> Done.badly(line);
      case KeyWords.Meaning.Target(KeyTarget target) -> then.apply(target);
    };
  }

  private Done plan(BotCommand.KeysEmergency command, KeyTarget target, Person person) {
    String plan = KeyReport.of(keys.plan(target), command.words().what());
    if (command.dryRun()) {
      return Done.well(plan + KeyReport.UNCHANGED);
    }
    String once = confirmations.ask(person, command.words());
    Choice yes = new Choice("Replace these keys now", "keys confirm " + once);
    return new Done(new Reply(plan + KeyReport.ASKED, List.of(yes)), true);
  }

  private Done confirmed(String once, Address here, Person person, Doing.Watcher watcher) {
    return switch (confirmations.take(person, once)) {
      case Confirmations.Answer.Yes(KeyWords words) ->
          meant(words, here, to -> replaced(to, Work.EMERGENCY, keys::emergency, watcher));
      case Confirmations.Answer.NotAsked _ -> Done.badly(KeyReport.NOT_ASKED);
      case Confirmations.Answer.Gone _ -> Done.badly(KeyReport.gone(keys.progress()));
    };
  }

  private Done replaced(
      KeyTarget target, Work work, Replacement replacement, Doing.Watcher watcher) {
    Done done = alone(work, watcher, progress -> replacement.run(target, progress));
    return target instanceof KeyTarget.Root && done.well()
        ? Done.well(done.reply().text() + KeyReport.backup(keys.rootKey()))
        : done;
  }

  private Done alone(Work what, Doing.Watcher watcher, Function<Progress, Rotation> work) {
    if (!free.tryAcquire()) {
      return Done.badly(KeyReport.BUSY + KeyReport.of(keys.progress()));
    }
    try {
      watcher.advance(new Doing(what.title(), 0, 0));
      Rotation rotation =
          work.apply((done, total) -> watcher.advance(new Doing(what.title(), done, total)));
      return KeyReport.done(what, rotation);
    } finally {
      free.release();
    }
  }

  @FunctionalInterface
  private interface Replacement {
    Rotation run(KeyTarget target, Progress progress);
  }
}
