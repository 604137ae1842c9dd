// The messages of one place, oldest first, with what the bot is doing below them.

import { el, reconcile, roving } from "./dom.js";
import { message } from "./message.js";

const NEAR = 80;
const MOST = 200;
const TOGETHER = 5 * 60 * 1000;
const DAY = { weekday: "long", day: "numeric", month: "long" };

export class Timeline {
  constructor(label) {
    this.log = el("div", { class: "log", role: "log", "aria-label": label, "aria-live": "polite", "aria-relevant": "additions" });
    this.status = el("p", { class: "status", role: "status" });
    this.newer = el("button", { type: "button", class: "newer", hidden: true, click: () => this.toEnd() }, "Newer messages ↓");
    this.empty = el("div", { class: "empty" });
    this.scroller = el("div", { class: "scroller" }, this.empty, this.log);
    this.node = el("div", { class: "timeline" }, this.scroller, this.newer, this.status);
    this.scroller.addEventListener("scroll", () => this.atEnd() && (this.newer.hidden = true));
    new ResizeObserver(() => this.sticks && this.toEnd()).observe(this.scroller);
    roving(this.log, ".message", { horizontal: false });
    this.place = "";
    this.sticks = true;
  }

  /** Shows { place, label, bubbles, threads, status, room, hint }; threads is null inside a thread. */
  show({ place, label, bubbles, threads, status, room, hint }) {
    const moved = place !== this.place;
    this.sticks = moved || this.atEnd();
    this.log.setAttribute("aria-label", label);
    this.log.setAttribute("aria-live", moved ? "off" : "polite");
    const count = this.log.childElementCount;
    reconcile(this.log, items(bubbles, threads, room));
    this.place = place;
    this.reachable();
    this.tell(status);
    this.empty.replaceChildren(...(bubbles.length === 0 && hint ? [hint()] : []));
    if (this.sticks) {
      this.toEnd();
    } else if (this.log.childElementCount > count) {
      this.newer.hidden = false;
    }
  }

  tell(status) {
    const shown = status || "";
    if (this.status.dataset.text !== shown) {
      this.status.dataset.text = shown;
      this.status.replaceChildren(...(shown ? [el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), shown] : []));
    }
  }

  /** One message, the last unless another has the focus, is in the tab order. */
  reachable() {
    const messages = [...this.log.querySelectorAll(".message")];
    const current = messages.find(node => node.contains(document.activeElement)) || messages.at(-1);
    messages.forEach(node => node.setAttribute("tabindex", node === current ? "0" : "-1"));
  }

  atEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newer.hidden = true;
  }
}

function items(bubbles, threads, room) {
  const cut = bubbles.length === MOST ? [note("cut", "Earlier messages are not shown.")] : [];
  const known = new Set(bubbles.map(bubble => bubble.id));
  const others = (threads || []).filter(thread => !known.has(thread.id)).map(thread => lost(thread, room));
  let day = "";
  const shown = bubbles.flatMap((bubble, i) => {
    const own = new Date(bubble.at).toLocaleDateString([], DAY);
    const line = own === day ? [] : [note(`day ${own}`, own)];
    day = own;
    const goesOn = line.length === 0 && follows(bubbles[i - 1], bubble);
    return [...line, item(bubble, threads, room, goesOn)];
  });
  return [...cut, ...shown, ...others];
}

/** Whether a message goes on with what the same person said just before. */
function follows(before, bubble) {
  return (
    before.author.id === bubble.author.id &&
    !before.ephemeral &&
    !bubble.ephemeral &&
    new Date(bubble.at) - new Date(before.at) < TOGETHER
  );
}

function item(bubble, threads, room, goesOn) {
  const thread = threads && (threads.find(candidate => candidate.id === bubble.id) || { bubbles: [] });
  return {
    id: bubble.id,
    is: JSON.stringify([bubble, thread && [thread.bubbles.length, thread.bubbles.at(-1)?.text.slice(0, 80), thread.status, thread.title], room.me, goesOn]),
    build: () => message(bubble, room, thread, goesOn),
  };
}

/** A thread whose first message is gone or out of sight. */
function lost(thread, room) {
  return {
    id: `thread ${thread.id}`,
    is: JSON.stringify([thread.title, thread.bubbles.length]),
    build: () => el("p", { class: "note" },
      el("button", { type: "button", class: "thread-link", click: () => room.openThread(thread.id) }, `Thread: ${thread.title || "without its first message"}, ${thread.bubbles.length}`)),
  };
}

function note(id, text) {
  return { id, is: text, build: () => el("p", { class: "note" }, el("span", {}, text)) };
}
