// The stored rows as they lie on disk, so that people can see that nothing readable is there.

import { el, reconcile, roving } from "./dom.js";

const FIRST = 1;

export class DiskPane {
  constructor() {
    this.tables = [];
    this.list = el("div", { class: "tables", role: "tablist", "aria-label": "Tables", "aria-orientation": "vertical" });
    this.head = el("tr");
    this.body = el("tbody");
    this.caption = el("caption");
    this.empty = el("p", { class: "empty-disk" }, "Nothing is stored yet. Say something to the assistant, and its sealed rows appear here.");
    this.word = el("input", { type: "search", id: "disk-word", placeholder: "a word you wrote", autocomplete: "off", spellcheck: "false", input: () => this.find() });
    this.found = el("output", { for: "disk-word", class: "found" });
    this.grid = el("div", { class: "grid", role: "tabpanel", tabindex: "0", "aria-label": "Rows" },
      el("table", {}, this.caption, el("thead", {}, this.head), this.body));
    this.node = el(
      "section",
      { class: "disk", id: "pane-disk", "aria-label": "On disk", hidden: true },
      el("header", {},
        el("h2", {}, "On disk"),
        el("p", {}, "The database rows as they are stored, newest first."),
        el("div", { class: "search", role: "search" }, el("label", { for: "disk-word" }, "Look for"), this.word, this.found)),
      el("div", { class: "disk-body" }, this.list, this.grid, this.empty),
    );
    roving(this.list, "button", { onMove: node => this.choose(node.dataset.item) });
  }

  update(tables) {
    this.tables = tables;
    if (!tables.some(table => table.name === this.chosen) && tables.length > 0) {
      this.chosen = tables[0].name;
    }
    this.draw();
  }

  choose(name) {
    this.chosen = name;
    this.draw();
  }

  draw() {
    reconcile(this.list, this.tables.map(table => ({
      id: table.name,
      is: `${table.total} ${table.name === this.chosen}`,
      build: () => this.tab(table),
    })));
    const table = this.tables.find(candidate => candidate.name === this.chosen);
    this.empty.hidden = Boolean(table);
    this.grid.hidden = !table;
    if (table) {
      this.drawRows(table);
    }
    this.find();
  }

  tab(table) {
    const here = table.name === this.chosen;
    return el(
      "button",
      { type: "button", role: "tab", "data-name": "table", "aria-selected": String(here), tabindex: here ? "0" : "-1", click: () => this.choose(table.name) },
      el("span", {}, table.name),
      el("span", { class: "count" }, String(table.total)),
    );
  }

  /** Rows that have come since the last time light up for a moment. */
  drawRows(table) {
    const known = this.drawn === table.name;
    const columns = table.columns.join("\n");
    if (this.columns !== columns || !known) {
      this.columns = columns;
      this.head.replaceChildren(...table.columns.map(column => el("th", { scope: "col" }, column)));
      this.body.replaceChildren();
    }
    this.caption.textContent = table.total > table.rows.length ? `${table.name}: the newest ${table.rows.length} of ${table.total} rows` : `${table.name}: ${table.total} rows`;
    const times = new Map();
    reconcile(this.body, table.rows.map(row => {
      const content = row.join("\u0000");
      const repeat = (times.get(content) || 0) + 1;
      times.set(content, repeat);
      return { id: `${content}${repeat > FIRST ? repeat : ""}`, is: "", build: () => el("tr", { class: known ? "new" : null }, ...row.map(cell)) };
    }));
    this.drawn = table.name;
  }

  /** Looks for the word in the cells as they are, and in what hex and Base64 in them decode to. */
  find() {
    const word = this.word.value.trim().toLowerCase();
    const cells = this.tables.flatMap(table => table.rows.flat());
    const hits = word.length < 2 ? 0 : cells.filter(text => readings(text).some(reading => reading.toLowerCase().includes(word))).length;
    this.found.textContent = word.length < 2 ? "" : hits === 0 ? `not in any of ${cells.length} cells` : `in ${hits} of ${cells.length} cells`;
    this.found.classList.toggle("hit", hits > 0);
  }
}

function cell(text) {
  return el("td", { title: text.length > 24 ? text : null }, text);
}

function readings(text) {
  const all = [text];
  if (/^(?:[0-9a-fA-F]{2})+$/.test(text)) {
    all.push(decoded(text.match(/../g).map(pair => parseInt(pair, 16))));
  }
  if (/^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(text)) {
    const raw = text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
    all.push(raw.length % 4 === 1 ? "" : decoded([...atob(raw)].map(letter => letter.codePointAt(0))));
  }
  return all;
}

function decoded(bytes) {
  return new TextDecoder().decode(new Uint8Array(bytes));
}
