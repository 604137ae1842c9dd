// The lists of a pane: through whose eyes it is seen, and where that person is.

import { el, reconcile, roving } from "./dom.js";
import { avatar } from "./message.js";

/** The people one can be; one is chosen at any time. */
export class People {
  constructor(label, people, choose) {
    this.choose = choose;
    this.node = el("div", { class: "people", role: "radiogroup", "aria-label": label });
    people.forEach(person => this.node.append(el(
      "button",
      {
        type: "button",
        role: "radio",
        "data-id": person.id,
        title: person.admin ? `Be ${person.name}, an administrator` : `Be ${person.name}`,
        click: () => choose(person.id),
      },
      avatar(person),
      el("span", {}, person.name),
      person.admin ? el("span", { class: "badge" }, "admin") : null,
    )));
    roving(this.node, "button", { onMove: node => choose(node.dataset.id) });
  }

  show(me) {
    [...this.node.children].forEach(node => {
      node.setAttribute("aria-checked", String(node.dataset.id === me));
      node.setAttribute("tabindex", node.dataset.id === me ? "0" : "-1");
    });
  }
}

/** The channels and direct messages of a person, with a sign where something is new. */
export class Channels {
  constructor(label, choose) {
    this.choose = choose;
    this.node = el("nav", { class: "channels", "aria-label": label });
    this.seen = new Map();
    roving(this.node, "button");
  }

  show(me, channels, current) {
    reconcile(this.node, channels.map(channel => {
      const here = channel.id === current;
      const fresh = this.fresh(me, channel, here);
      return { id: channel.id, is: JSON.stringify([channel.name, here, fresh]), build: () => this.entry(channel, here, fresh) };
    }));
  }

  entry(channel, here, fresh) {
    return el(
      "button",
      {
        type: "button",
        class: `channel${fresh ? " fresh" : ""}`,
        tabindex: here ? "0" : "-1",
        "data-name": "channel",
        "aria-current": here ? "page" : null,
        click: () => this.choose(channel.id),
      },
      el("span", { class: "sign", "aria-hidden": "true" }, channel.direct ? "@" : "#"),
      el("span", { class: "name" }, channel.name),
      fresh ? el("span", { class: "dot", role: "img", "aria-label": "new messages" }) : null,
    );
  }

  /** What a person finds at first is not new to them. */
  fresh(me, channel, here) {
    const key = `${me} ${channel.id}`;
    const said = [channel, ...channel.threads].reduce((sum, place) => sum + place.bubbles.length, 0);
    if (here || !this.seen.has(key)) {
      this.seen.set(key, said);
    }
    return said > this.seen.get(key);
  }
}
