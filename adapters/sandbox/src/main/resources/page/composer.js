// Where a person writes: Enter sends, Shift+Enter breaks the line, / and @ propose.

import { act } from "./api.js";
import { el } from "./dom.js";
import { Proposals } from "./proposals.js";

const LARGEST = 10 * 1024 * 1024;
let made = 0;

export class Composer {
  /** where() tells { side, person, channel, thread, label, people }; onSent(id) hears of a message. */
  constructor(where, onSent) {
    this.where = where;
    this.onSent = onSent;
    this.drafts = new Map();
    this.chosen = null;
    this.place = "";
    this.proposals = new Proposals(`proposals-${++made}`, line => this.ask(line), text => this.put(text));
    this.field = el("textarea", {
      rows: "1",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.proposals.list.id,
      "aria-multiline": "true",
      spellcheck: "false",
      input: () => this.typed(),
      keydown: event => this.key(event),
      blur: () => this.proposals.close(),
    });
    this.proposals.belongTo(this.field);
    this.picker = el("input", { type: "file", hidden: true, tabindex: "-1", "aria-label": "File to attach", change: () => this.attach(this.picker.files[0]) });
    this.file = el("p", { class: "attached", hidden: true });
    this.notice = el("p", { class: "notice", role: "alert" });
    this.sendButton = el("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)" }, "➤");
    this.node = el(
      "form",
      { class: "composer", submit: event => this.submit(event) },
      this.proposals.list,
      this.notice,
      this.file,
      el("div", { class: "line" },
        el("button", { type: "button", class: "attach", "aria-label": "Attach a file", title: "Attach a file", click: () => this.picker.click() }, "+"),
        this.picker, this.field, this.sendButton),
    );
  }

  /** Keeps what was written at the place left, and brings back what was begun here. */
  show() {
    const { person, channel, thread, label } = this.where();
    const place = `${person} ${channel} ${thread || ""}`;
    this.field.setAttribute("placeholder", label);
    this.field.setAttribute("aria-label", label);
    if (place !== this.place) {
      this.drafts.set(this.place, this.field.value);
      this.place = place;
      this.put(this.drafts.get(place) || "");
      this.say("");
    }
  }

  put(text) {
    this.field.value = text;
    this.grow();
  }

  suggest(text) {
    this.put(text);
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
  }

  grow() {
    this.field.rows = Math.min(8, this.field.value.split("\n").length);
  }

  typed() {
    this.grow();
    this.say("");
    const { people } = this.where();
    this.proposals.update(this.field.value, this.field.selectionStart, people);
  }

  async ask(line) {
    const answer = await act("complete", { ...this.who(), line });
    return answer.proposals;
  }

  who() {
    const { side, person, channel, thread } = this.where();
    return { side, person, place: { channel, thread } };
  }

  key(event) {
    if (event.isComposing || this.proposals.key(event)) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit(event);
    }
  }

  /** The field is free at once; what could not be sent comes back, unless something new stands there. */
  async submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    const file = this.chosen;
    if (text === "" && !file) {
      return;
    }
    this.put("");
    this.choose(null);
    this.proposals.close();
    const late = setTimeout(() => this.say("Sending…"), 400);
    try {
      const done = await this.send(text, file);
      this.say("");
      this.onSent(done.id);
    } catch (error) {
      this.say(error.message);
      if (this.field.value === "") {
        this.put(text);
        this.choose(file);
      }
    } finally {
      clearTimeout(late);
    }
  }

  send(text, file) {
    if (file) {
      return act("attach", { ...this.who(), text, name: file.name, type: file.type || "application/octet-stream" }, file);
    }
    return text.startsWith("/") ? act("command", { ...this.who(), line: text }) : act("say", { ...this.who(), text: this.addressed(text) });
  }

  /** Names of people become mentions, as in the platforms' own programs. */
  addressed(text) {
    const names = this.where().people.filter(person => person.id && /^[\w .-]{1,40}$/.test(person.name));
    return names.reduce(
      (all, person) => all.replace(new RegExp(`(?<![\\w@<])@${person.name.replaceAll(".", "\\.")}(?!\\w)`, "gi"), () => `<@${person.id}>`),
      text,
    );
  }

  attach(file) {
    this.picker.value = "";
    if (file && file.size > LARGEST) {
      this.say("A file has at most 10 MiB.");
    } else if (file) {
      this.choose(file);
      this.field.focus();
    }
  }

  choose(file) {
    this.chosen = file;
    this.file.hidden = !file;
    this.file.replaceChildren(...(file ? [`📎 ${file.name} `, el("button", { type: "button", "aria-label": `Remove ${file.name}`, click: () => this.choose(null) }, "✕")] : []));
  }

  say(line) {
    this.notice.textContent = line;
  }
}
