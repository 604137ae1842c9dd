// Puts the page together: a pane for each platform, the rows on disk, and the line to the sandbox.

import { live, sides } from "./api.js";
import { DiskPane } from "./disk.js";
import { el, roving } from "./dom.js";
import { FaultDrawer } from "./faults.js";
import { Pane } from "./pane.js";

const STATES = { live: "Live", lost: "Connection lost, trying again…" };

start().catch(gate);

async function start() {
  const known = await sides();
  const panes = known.sides.map(side => new Pane(side, () => watch()));
  const disk = new DiskPane();
  const faults = new FaultDrawer(panes);
  const line = live(message => show(message), state => tell(state));
  let shown = known.disk && sessionStorage.getItem("disk") !== "closed";

  function watch() {
    line.watch(Object.fromEntries(panes.map(pane => [pane.name, pane.me])), shown);
  }

  function show(message) {
    if (message.disk) {
      disk.update(message.disk);
    } else {
      panes.find(pane => pane.name === message.side).update(message);
      faults.draw();
    }
  }

  function showDisk(open) {
    shown = open;
    sessionStorage.setItem("disk", open ? "open" : "closed");
    disk.node.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    watch();
  }

  const toggle = el("button", { type: "button", "aria-controls": "pane-disk", click: () => showDisk(!shown) }, "On disk");
  const tools = [el("button", { type: "button", "aria-haspopup": "dialog", click: () => faults.open() }, "Faults"), ...(known.disk ? [toggle] : [])];
  document.querySelector(".tools").append(...tools);
  document.querySelector(".panes").append(...panes.map(pane => pane.node), ...(known.disk ? [disk.node] : []));
  // Outside the panes: a modal dialog in a pane that is not shown would block the page, unseen.
  document.body.append(faults.dialog, ...panes.map(pane => pane.form.dialog));
  showDisk(shown);
  tabs([...panes.map(pane => [pane.name, pane.title]), ...(known.disk ? [["disk", "On disk"]] : [])], () => showDisk(true));
}

/** On a narrow screen one pane is seen at a time. */
function tabs(names, openDisk) {
  const list = document.querySelector(".tabs");
  const choose = name => {
    document.body.dataset.tab = name;
    [...list.children].forEach(tab => {
      tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
      tab.setAttribute("tabindex", tab.dataset.tab === name ? "0" : "-1");
    });
    if (name === "disk") {
      openDisk();
    }
  };
  list.append(...names.map(([name, title]) =>
    el("button", { type: "button", role: "tab", "data-tab": name, "aria-controls": `pane-${name}`, click: () => choose(name) }, title)));
  roving(list, "button", { onMove: tab => choose(tab.dataset.tab) });
  choose(names[0][0]);
}

function tell(state) {
  const line = document.querySelector(".link-state");
  line.textContent = STATES[state];
  line.dataset.state = state;
}

/** Without the key there is nothing to see but how to come by it. */
function gate(error) {
  const lines = error.status === 403
    ? ["This page needs its key.", "Open it by the whole address that the sandbox printed when it started. The key changes with each start."]
    : ["The sandbox cannot be reached.", error.message];
  document.querySelector(".panes").replaceChildren(el("section", { class: "gate", role: "alert" }, el("h2", {}, lines[0]), el("p", {}, lines[1])));
}
