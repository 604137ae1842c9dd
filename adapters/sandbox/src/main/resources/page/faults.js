// The drawer in which people make things go wrong, to see that the bot recovers.

import { act } from "./api.js";
import { el } from "./dom.js";

const SOCKET = [
  ["drop", "Drop the connection", "ends it without a goodbye"],
  ["freeze", "Freeze it", "stays open, and nothing passes any more"],
  ["hold", "Hold events back", "until they are released"],
  ["release", "Release events", "in order"],
  ["redeliver", "Deliver the last event again", "with the id it had"],
];
const HTTP = [
  ["too_many", "429 Too many requests", "retry after 2 s"],
  ["broken", "500 Server error", "nothing happens"],
  ["slow", "Slow", "5 s"],
  ["unanswered", "No answer", "it happens, and the answer never comes"],
  ["cut", "Cut off", "it happens, and the connection ends"],
];

export class FaultDrawer {
  /** panes have name, title and state = { sockets, faults }. */
  constructor(panes) {
    this.panes = panes;
    this.notice = el("p", { class: "notice", role: "status" });
    this.states = new Map(panes.map(pane => [pane.name, el("p", { class: "state" })]));
    this.dialog = el(
      "dialog",
      { class: "faults", "aria-labelledby": "faults-title" },
      el("header", {}, el("h2", { id: "faults-title" }, "Faults"), el("button", { type: "button", "aria-label": "Close", click: () => this.dialog.close() }, "✕")),
      el("p", {}, "What a network does to a bot. Nothing said may be lost or answered twice."),
      ...panes.map(pane => this.section(pane)),
      this.notice,
    );
  }

  section(pane) {
    const times = el("input", { type: "number", min: "1", max: "100", value: "1", id: `times-${pane.name}` });
    const route = el("input", { type: "text", placeholder: "any", id: `route-${pane.name}`, autocomplete: "off", spellcheck: "false" });
    const button = ([trouble, name, effect], planned) => el(
      "button",
      { type: "button", title: effect, click: () => this.disturb(pane, trouble, name, planned ? route.value.trim() : "", planned ? Number(times.value) : 1) },
      name,
    );
    return el(
      "fieldset",
      { "data-side": pane.name },
      el("legend", {}, pane.title),
      this.states.get(pane.name),
      el("div", { class: "row" }, ...SOCKET.map(entry => button(entry, false))),
      el("p", { class: "row" },
        el("label", { for: times.id }, "The next"), times, el("label", { for: route.id }, "calls of"), route, el("span", {}, "are answered with")),
      el("div", { class: "row" }, ...HTTP.map(entry => button(entry, true)), button(["none", "Call off what is planned", "no more faults"], false)),
    );
  }

  async disturb(pane, trouble, name, route, times) {
    try {
      await act("disturb", { side: pane.name, trouble: trouble.toUpperCase(), route: route || null, times });
      this.notice.textContent = `${pane.title}: ${name}.`;
    } catch (error) {
      this.notice.textContent = error.message;
    }
  }

  draw() {
    for (const { name, state } of this.panes) {
      if (state) {
        const links = state.sockets === 1 ? "1 connection" : `${state.sockets} connections`;
        this.states.get(name).textContent = `${links} of the bot; ${state.faults} faults planned.`;
      }
    }
  }

  open() {
    this.draw();
    this.notice.textContent = "";
    this.dialog.showModal();
  }
}
