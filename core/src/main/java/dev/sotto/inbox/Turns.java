package dev.sotto.inbox;

import dev.sotto.chat.Person;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many turns be in flight: in all, of a workspace, of a person. Of those who wait the first
 * that may goes on, so that who is at their own limit holds up nobody else.
 */
@Singleton
class Turns {
  private static final Object ALL = new Object();

  private final Limits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, Integer> flying = new HashMap<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  Turns(Limits limits) {
    this.limits = limits;
  }

  /** A turn in flight, until it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  private record Waiting(Person person, CountDownLatch admitted) {}

  /**
   * Waits until a person may have a turn.
   *
   * @throws CancellationException interrupted
   */
  Turn begin(Person person) {
    Waiting own = new Waiting(person, new CountDownLatch(1));
    lock.lock();
    try {
      waiting.addLast(own);
      admit();
    } finally {
      lock.unlock();
    }
    try {
      own.admitted().await();
    } catch (InterruptedException e) {
      leave(own);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted before a turn began");
    }
    return () -> end(person);
  }

  private void leave(Waiting own) {
    lock.lock();
    try {
      if (!waiting.remove(own)) {
        end(own.person());
      }
    } finally {
      lock.unlock();
    }
  }

  private void end(Person person) {
    lock.lock();
    try {
      count(person, -1);
      admit();
    } finally {
      lock.unlock();
    }
  }

  private void admit() {
    Iterator<Waiting> each = waiting.iterator();
    while (each.hasNext() && of(ALL) < limits.turns()) {
      Waiting next = each.next();
      if (mayFly(next.person())) {
        each.remove();
        count(next.person(), 1);
        next.admitted().countDown();
      }
    }
  }

  private boolean mayFly(Person person) {
    return of(person) < limits.turnsOfPerson()
        && of(person.workspace()) < limits.turnsOfWorkspace();
  }

  private int of(Object whom) {
    return flying.getOrDefault(whom, 0);
  }

  private void count(Person person, int change) {
    for (Object whom : new Object[] {ALL, person.workspace(), person}) {
      int now = of(whom) + change;
      if (now == 0) {
        flying.remove(whom);
      } else {
        flying.put(whom, now);
      }
    }
  }
}
