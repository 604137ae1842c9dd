// One platform: who one is there, where one is, what is said there, and a thread beside it.

import { act } from "./api.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { Form } from "./form.js";
import { hint } from "./hints.js";
import { Channels, People } from "./places.js";
import { Timeline } from "./timeline.js";

const TITLES = { slack: "Slack", discord: "Discord" };

export class Pane {
  /** side = { name, people }; onPerson() is run when another person has been chosen. */
  constructor(side, onPerson) {
    this.name = side.name;
    this.title = TITLES[side.name] || side.name;
    this.me = this.remembered("person", side.people.map(person => person.id));
    this.onPerson = onPerson;
    this.awaited = null;
    this.thread = null;
    this.people = new People(`Who you are on ${this.title}`, side.people, person => this.be(person));
    this.channels = new Channels(`${this.title} channels`, channel => this.go(channel));
    this.timeline = new Timeline("Messages");
    this.threadTimeline = new Timeline("Thread");
    this.composer = new Composer(() => this.writing(null), id => (this.awaited = id));
    this.threadComposer = new Composer(() => this.writing(this.thread), () => {});
    this.form = new Form(this.name, (modal, values) => act("submit", { ...this.who(), modal, values }));
    this.build();
    this.people.show(this.me);
  }

  build() {
    this.workspace = el("span", { class: "workspace" });
    this.toast = el("p", { class: "toast", role: "alert" });
    this.threadTitle = el("h3", { tabindex: "-1" }, "Thread");
    this.threadNode = el(
      "section",
      { class: "thread", "aria-label": `${this.title} thread`, hidden: true, keydown: event => this.escape(event) },
      el("header", {},
        el("button", { type: "button", class: "back", "aria-label": "Close thread", title: "Close thread (Esc)", click: () => this.closeThread() }, "←"),
        this.threadTitle),
      this.threadTimeline.node,
      this.threadComposer.node,
    );
    this.node = el(
      "section",
      { class: "pane", id: `pane-${this.name}`, "data-side": this.name, "aria-label": this.title },
      el("header", { class: "pane-head" }, el("h2", {}, this.title, this.workspace), this.people.node),
      (this.body = el("div", { class: "pane-body", inert: true },
        this.channels.node,
        el("section", { class: "room", "aria-label": `${this.title} channel` }, this.timeline.node, this.composer.node),
        this.threadNode)),
      this.toast,
    );
  }

  /** As whom one acts: the person whose view is shown, also while the next one's is on its way. */
  who() {
    return { side: this.name, person: this.view.person.id };
  }

  /** Shows { view, sockets, faults } if it is still what this pane is about. */
  update({ view, sockets, faults }) {
    if (view.person.id !== this.me) {
      return;
    }
    this.view = view;
    this.state = { sockets, faults };
    this.body.inert = false;
    this.draw();
  }

  draw() {
    const { view } = this;
    const ids = view.channels.map(channel => channel.id);
    if (!ids.includes(this.channel)) {
      this.channel = this.remembered(`channel ${this.me}`, ids);
    }
    const channel = view.channels.find(candidate => candidate.id === this.channel);
    this.workspace.textContent = view.workspace;
    this.enter();
    this.follow(channel);
    this.channels.show(this.me, view.channels, this.channel);
    this.drawRoom(channel);
    this.drawThread(channel);
    this.form.show(view.modal);
  }

  /** Tells the platform where the person has gone. */
  enter() {
    const place = { channel: this.channel, thread: this.thread };
    const at = JSON.stringify([this.me, place]);
    if (at !== this.entered) {
      this.entered = at;
      act("enter", { ...this.who(), place }).catch(() => {});
    }
  }

  drawRoom(channel) {
    this.timeline.show({
      place: `${this.me} ${channel.id}`,
      label: channel.direct ? `Direct messages with ${channel.name}` : `Messages in ${channel.name}`,
      bubbles: channel.bubbles,
      threads: channel.threads,
      status: this.doing(channel.status),
      room: this.room(),
      hint: () => hint(channel, this.bot(), text => this.composer.suggest(text)),
    });
    this.composer.show();
  }

  drawThread(channel) {
    this.threadNode.hidden = !this.thread;
    this.node.classList.toggle("with-thread", Boolean(this.thread));
    if (!this.thread) {
      return;
    }
    const root = channel.bubbles.find(bubble => bubble.id === this.thread);
    const replies = channel.threads.find(thread => thread.id === this.thread) || { bubbles: [] };
    this.threadTitle.textContent = replies.title || `Thread in ${channel.direct ? "direct messages" : `#${channel.name}`}`;
    this.threadTimeline.show({
      place: `${this.me} ${channel.id} ${this.thread}`,
      label: "Thread",
      bubbles: root ? [root, ...replies.bubbles] : replies.bubbles,
      threads: null,
      status: this.doing(replies.status),
      room: this.room(),
    });
    this.threadComposer.show();
  }

  /** When the bot begins to answer in a thread below what was just written here, that thread opens. */
  follow(channel) {
    const begun = channel.threads.find(thread => thread.id === this.awaited && (thread.status || thread.bubbles.length > 0));
    if (begun && !this.thread && this.composer.field.value === "") {
      const writing = document.activeElement === this.composer.field;
      this.thread = begun.id;
      this.awaited = null;
      if (writing) {
        this.threadNode.hidden = false;
        this.threadComposer.field.focus();
      }
    }
  }

  room() {
    const names = list => new Map(list.map(entry => [entry.id, entry.name]));
    return {
      side: this.name,
      me: this.me,
      markup: { side: this.name, people: names(this.everyone()), channels: names(this.view.channels) },
      act: (kind, details) => this.attempt(act(kind, { ...this.who(), ...details })),
      openThread: id => this.openThread(id),
    };
  }

  /** An act without a field of its own for errors: a line at the foot of the pane. */
  async attempt(promise) {
    try {
      await promise;
    } catch (error) {
      this.toast.textContent = error.message;
      setTimeout(() => (this.toast.textContent = ""), 6000);
    }
  }

  writing(thread) {
    const channel = this.view.channels.find(candidate => candidate.id === this.channel);
    const place = channel.direct ? channel.name : `#${channel.name}`;
    const name = this.view.person.name;
    return {
      ...this.who(),
      channel: this.channel,
      thread,
      label: thread ? `Reply as ${name}` : `Message ${place} as ${name}`,
      people: this.everyone(),
    };
  }

  /** The name under which the bot writes, as its direct messages are called. */
  bot() {
    const known = this.view.channels.find(channel => channel.direct) || this.view.people.find(person => person.bot);
    return known ? known.name : "Sotto";
  }

  /** Slack says "is thinking", Discord "Sotto is typing". */
  doing(status) {
    return status?.startsWith("is ") ? `${this.bot()} ${status}` : status;
  }

  /** Everyone who can be mentioned, the bot among them even where it is not listed as a person. */
  everyone() {
    const name = this.bot();
    const listed = this.view.people.some(person => person.name.toLowerCase() === name.toLowerCase());
    return listed ? this.view.people : [...this.view.people, { id: "", name, bot: true }];
  }

  be(person) {
    if (person !== this.me) {
      this.me = person;
      this.thread = null;
      this.awaited = null;
      sessionStorage.setItem(`${this.name} person`, person);
      this.people.show(person);
      this.onPerson();
    }
  }

  go(channel) {
    this.channel = channel;
    this.thread = null;
    this.awaited = null;
    sessionStorage.setItem(`${this.name} channel ${this.me}`, channel);
    this.draw();
    this.composer.field.focus();
  }

  openThread(id) {
    this.thread = id;
    this.draw();
    this.threadComposer.field.focus();
  }

  closeThread() {
    const id = this.thread;
    this.thread = null;
    this.awaited = null;
    this.draw();
    (this.timeline.log.querySelector(`[data-item="${CSS.escape(id)}"]`) || this.composer.field).focus();
  }

  escape(event) {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      this.closeThread();
    }
  }

  /** What this tab of the browser chose before, if it is still there; else the first. */
  remembered(what, known) {
    const before = sessionStorage.getItem(`${this.name} ${what}`);
    return known.includes(before) ? before : known[0];
  }
}
