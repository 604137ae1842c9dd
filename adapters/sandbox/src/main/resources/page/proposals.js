// What could be typed next: slash commands from the platform, and people after an @.

import { el } from "./dom.js";

const MOST = 25;

export class Proposals {
  /** ask(line) promises what the platform proposes; put(text) replaces the text of the field. */
  constructor(id, ask, put) {
    this.ask = ask;
    this.put = put;
    this.list = el("ul", { id, class: "proposals", role: "listbox", "aria-label": "Proposals", hidden: true });
    this.options = [];
    this.at = -1;
    this.round = 0;
  }

  belongTo(field) {
    this.field = field;
  }

  /** Until the platform answers, those are shown that still fit. */
  async update(text, caret, people) {
    const round = ++this.round;
    this.open(this.options.filter(option => option.text.startsWith(text)), text);
    const found = text.startsWith("/") ? await this.commands(text) : named(text, caret, people);
    if (round === this.round) {
      this.open(found, text);
    }
  }

  /** A proposal with a slash is the whole line; any other stands for the word that is being typed. */
  async commands(text) {
    const proposed = await this.ask(text).catch(() => []);
    const before = text.slice(0, text.search(/\S*$/));
    return proposed.slice(0, MOST).map(value => ({ label: value, text: value.startsWith("/") ? value : before + value }));
  }

  /** None is chosen when the line could be sent as it stands. */
  open(options, text) {
    this.options = options;
    this.text = text;
    this.list.replaceChildren(...this.options.map((option, i) => el("li", {
      id: `${this.list.id}-${i}`,
      role: "option",
      "aria-selected": "false",
      mousedown: event => event.preventDefault(),
      click: () => this.take(i),
    }, option.label)));
    this.list.hidden = this.options.length === 0;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.select(this.list.hidden || options.some(option => option.text.trim() === text.trim()) ? -1 : 0);
  }

  close() {
    this.round++;
    this.open([], "");
  }

  select(at) {
    this.at = at;
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at < 0) {
      this.field.removeAttribute("aria-activedescendant");
    } else {
      this.field.setAttribute("aria-activedescendant", this.list.children[at].id);
      this.list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  take(at) {
    const { text } = this.options[at];
    this.put(`${text} `.replace(/ {2}$/, " "));
    this.field.focus();
    this.field.dispatchEvent(new Event("input"));
  }

  /** Whether the key was meant for the list. */
  key(event) {
    if (this.list.hidden || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) {
      return false;
    }
    const count = this.options.length;
    const take = this.at >= 0 && this.text === this.field.value ? () => this.take(this.at) : null;
    const keys = {
      ArrowDown: () => this.select((this.at + 1) % count),
      ArrowUp: () => this.select((Math.max(this.at, 0) + count - 1) % count),
      Tab: take,
      Enter: take,
      Escape: () => this.close(),
    };
    if (!keys[event.key]) {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
    return true;
  }
}

/** The people whose names begin with what stands between an @ and the caret at the end. */
function named(text, caret, people) {
  const typed = /(?:^|\s)@([\p{L}\p{N}_.-]{0,30})$/u.exec(text.slice(0, caret));
  if (!typed || caret !== text.length) {
    return [];
  }
  const before = text.slice(0, caret - typed[1].length - 1);
  return people
    .filter(person => person.name.toLowerCase().startsWith(typed[1].toLowerCase()))
    .sort((a, b) => Number(b.bot) - Number(a.bot))
    .map(person => ({ label: `@${person.name}`, text: `${before}@${person.name}` }));
}
