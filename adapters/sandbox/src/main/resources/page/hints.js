// What to try in a place where nothing has been said yet.

import { el } from "./dom.js";

const TRIES = [
  ["Memory", "My name is Ada, and I work on the third floor."],
  ["The handbook", "How do I reset my password?"],
  ["A quiz", "/sotto assistant use quiz"],
];

/** The empty state of a place; pick(text) puts a proposal where the person writes. */
export function hint(channel, bot, pick) {
  const address = channel.direct ? "" : `@${bot} `;
  const own = channel.prompts.map(prompt => [prompt.title, prompt.message]);
  const tries = own.length > 0 ? own : TRIES.map(([title, text]) => [title, text.startsWith("/") ? text : address + text]);
  return el(
    "section",
    { class: "hint-box", "aria-label": "Things to try" },
    el("h3", {}, channel.direct ? `Say something to ${bot}` : `Nothing has been said in #${channel.name} yet`),
    el("p", {}, channel.direct ? "Only you and the assistant see this. Try:" : `In a channel the assistant answers when it is mentioned. Write to @${bot}:`),
    el("ul", {}, ...tries.map(([title, text]) => el("li", {},
      el("button", { type: "button", click: () => pick(text) }, el("b", {}, title), el("span", {}, text))))),
  );
}
