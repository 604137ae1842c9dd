// What opens at a message: the picker of reactions, the editor, and the question before deleting.

import { el, roving } from "./dom.js";
import { choices } from "./emoji.js";

/** A row of emoji below the message; Esc closes it. */
export function reactionPicker({ node, bubble, room }) {
  const react = value => {
    close();
    room.act("react", { message: bubble.id, emoji: value });
  };
  const close = panel(node, el(
    "div",
    { class: "picker", role: "toolbar", "aria-label": "React with" },
    ...choices(room.side).map((choice, i) =>
      el("button", { type: "button", tabindex: i ? "-1" : "0", "aria-label": choice.name, click: () => react(choice.value) }, choice.face)),
  ));
  roving(node.querySelector(".picker"), "button");
}

/** The text of the message in a field; Enter saves, Esc leaves it as it was. */
export function editor({ node, bubble, room }) {
  const field = el("textarea", { rows: String(Math.min(8, bubble.text.split("\n").length + 1)), "aria-label": "Edit message" });
  field.value = bubble.text;
  const save = async () => {
    close();
    if (field.value.trim() !== "" && field.value !== bubble.text) {
      await room.act("edit", { message: bubble.id, text: field.value });
    }
  };
  field.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
  const close = panel(node, el(
    "div",
    { class: "editor" },
    field,
    el("div", { class: "row" },
      el("button", { type: "button", class: "primary", click: save }, "Save"),
      el("button", { type: "button", click: () => close() }, "Cancel"),
      el("span", { class: "hint" }, "Enter saves, Esc cancels")),
  ), "editing");
  field.setSelectionRange(field.value.length, field.value.length);
}

export function confirmDelete({ node, bubble, room }) {
  const remove = () => {
    close();
    room.act("delete", { message: bubble.id });
  };
  const close = panel(node, el(
    "div",
    { class: "confirm", role: "alertdialog", "aria-label": "Delete this message?" },
    el("span", {}, "Delete this message?"),
    el("button", { type: "button", class: "danger", click: remove }, "Delete"),
    el("button", { type: "button", click: () => close() }, "Keep"),
  ));
}

/** Opens something in the message and keeps the message as it is until that is closed. */
function panel(node, content, mode = "") {
  node.querySelector(".panel")?.remove();
  const holder = el("div", { class: "panel" }, content);
  const close = () => {
    holder.remove();
    node.classList.remove("editing");
    delete node.dataset.busy;
    node.shows = undefined;
    node.focus();
  };
  holder.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  node.querySelector(".content").append(holder);
  node.dataset.busy = "true";
  if (mode) {
    node.classList.add(mode);
  }
  holder.querySelector("textarea, button").focus();
  return close;
}
