// One message as a node, with all that can be done to it.

import { el } from "./dom.js";
import { face } from "./emoji.js";
import { markdown } from "./markdown.js";
import { confirmDelete, editor, reactionPicker } from "./message-tools.js";

const HUES = 8;
/** What only Markdown has: a bot on Slack writes either that or Slack's own markup, and does not say which. */
const MARKDOWN = /\*\*|^#{1,6} |^```\w|\]\(http/m;

/** The round sign of a person: the first letter, and always the same colour. */
export function avatar(person) {
  const hue = [...person.name.toLowerCase()].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % HUES;
  return el("span", { class: "avatar", "data-hue": person.bot ? "bot" : String(hue), "aria-hidden": "true" }, [...person.name][0].toUpperCase());
}

export function time(instant) {
  return new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/**
 * The node of a message.
 * room = { side, me, markup, act, openThread } thread is what hangs on the
 * message, if it may be opened; goesOn means that the author need not be named again.
 */
export function message(bubble, room, thread, goesOn) {
  const mine = bubble.author.id === room.me;
  const node = el("article", {
    class: `message${bubble.ephemeral ? " ephemeral" : ""}${goesOn ? " goes-on" : ""}`,
    tabindex: "-1",
    "data-name": "message",
    "aria-label": `${bubble.author.name}, ${time(bubble.at)}${bubble.ephemeral ? ", only you can see this" : ""}`,
    "aria-busy": bubble.streaming ? "true" : null,
  });
  const parts = { node, bubble, room, mine, thread };
  node.append(avatar(bubble.author), el("div", { class: "content" }, ...content(parts)), toolbar(parts));
  node.addEventListener("keydown", event => keys(event, parts));
  return node;
}

function content(parts) {
  const { bubble } = parts;
  return [
    bubble.ephemeral ? el("p", { class: "only-you" }, "Only you can see this") : null,
    heading(bubble),
    el("div", { class: "text" }, ...words(parts)),
    files(bubble.files),
    buttons(parts),
    reactions(parts),
    threadLink(parts),
  ].filter(part => part);
}

function heading({ author, at, edited }) {
  return el(
    "p",
    { class: "by" },
    el("b", {}, author.name),
    author.bot ? el("span", { class: "badge" }, "app") : null,
    el("time", { datetime: at, title: new Date(at).toLocaleString() }, time(at)),
    edited ? el("span", { class: "edited" }, "(edited)") : null,
  );
}

function words({ bubble, room }) {
  const nodes = markdown(bubble.text, { ...room.markup, common: bubble.author.bot && MARKDOWN.test(bubble.text) });
  if (bubble.streaming) {
    const caret = el("span", { class: "caret", "aria-hidden": "true" });
    const last = nodes.at(-1)?.matches("p, ul, ol") ? nodes.at(-1) : nodes[nodes.push(el("p")) - 1];
    ([...last.querySelectorAll("li")].at(-1) || last).append(caret);
  }
  return nodes;
}

function files(list) {
  return list.length === 0
    ? null
    : el("ul", { class: "files", "aria-label": "Files" }, ...list.map(file => el("li", {}, el("b", {}, file.name), ` ${file.type}, ${size(file.size)}`)));
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function buttons({ bubble, room }) {
  return bubble.buttons.length === 0
    ? null
    : el(
        "div",
        { class: "buttons" },
        ...bubble.buttons.map(button =>
          el("button", {
            type: "button",
            "data-name": `press ${button.action}`,
            disabled: !button.enabled,
            click: event => press(event.currentTarget, bubble, button, room),
          }, button.label),
        ),
      );
}

async function press(node, bubble, button, room) {
  node.setAttribute("aria-busy", "true");
  await room.act("press", { message: bubble.id, action: button.action });
  node.removeAttribute("aria-busy");
}

function reactions({ bubble, room }) {
  return bubble.reactions.length === 0
    ? null
    : el(
        "div",
        { class: "reactions" },
        ...bubble.reactions.map(reaction =>
          el("button", {
            type: "button",
            "data-name": `react ${reaction.emoji}`,
            "aria-pressed": String(reaction.mine),
            "aria-label": `${reaction.emoji}, ${reaction.count}`,
            click: () => room.act("react", { message: bubble.id, emoji: reaction.emoji }),
          }, `${face(reaction.emoji)} ${reaction.count}`),
        ),
      );
}

function threadLink({ bubble, room, thread }) {
  if (!thread || (thread.bubbles.length === 0 && !thread.status && !thread.title)) {
    return null;
  }
  const last = thread.bubbles.at(-1);
  const count = thread.bubbles.length === 1 ? "1 reply" : `${thread.bubbles.length} replies`;
  return el(
    "button",
    { type: "button", class: "thread-link", "data-name": "thread", click: () => room.openThread(bubble.id) },
    el("span", {}, thread.title ? `${thread.title} · ${count}` : count),
    el("span", { class: "preview" }, thread.status || (last ? `${last.author.name}: ${last.text.slice(0, 80).replaceAll("\n", " ")}` : "")),
  );
}

function toolbar(parts) {
  const { bubble, room, mine, thread } = parts;
  const tool = (name, sign, run) => el("button", { type: "button", title: name, "aria-label": name, "data-name": name, click: run }, sign);
  return el(
    "div",
    { class: "toolbar", role: "group", "aria-label": "Message actions" },
    bubble.ephemeral ? null : tool("React (R)", "☺", () => reactionPicker(parts)),
    thread && !bubble.ephemeral ? tool("Reply in thread (T)", "↳", () => room.openThread(bubble.id)) : null,
    mine ? tool("Edit (E)", "✎", () => editor(parts)) : null,
    mine ? tool("Delete (Del)", "✕", () => confirmDelete(parts)) : null,
  );
}

function keys(event, parts) {
  const { bubble, room, mine, thread, node } = parts;
  if (event.target !== node || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const can = !bubble.ephemeral;
  const actions = {
    r: can && (() => reactionPicker(parts)),
    t: can && thread && (() => room.openThread(bubble.id)),
    Enter: can && thread && (() => room.openThread(bubble.id)),
    e: mine && (() => editor(parts)),
    Delete: mine && (() => confirmDelete(parts)),
  };
  if (actions[event.key]) {
    event.preventDefault();
    actions[event.key]();
  }
}
