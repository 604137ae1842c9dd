// The spans inside a line of chat markup, as nodes. A mark without its partner stays as it was typed.

import { el } from "./dom.js";
import { face, known } from "./emoji.js";

const DEEPEST = 6;
const LONGEST = 2000;
const NEXT = /[\\`<[*_~|:@]|https?:\/\//g;
const WORD = /[\p{L}\p{N}]/u;

const SLACK_MARKS = [["**", "strong"], ["~~", "s"], ["*", "strong"], ["_", "em"], ["~", "s"]];
const COMMON_MARKS = [["***", "strong"], ["**", "strong"], ["__", "strong"], ["~~", "s"], ["*", "em"], ["_", "em"]];
const DISCORD_MARKS = [["***", "strong"], ["**", "strong"], ["__", "u"], ["~~", "s"], ["||", "spoiler"], ["*", "em"], ["_", "em"]];

/** Nodes for a text; markup = { side, people, channels, common }, common where Slack's text is Markdown. */
export function inline(text, markup, depth = 0) {
  const nodes = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    NEXT.lastIndex = at;
    const next = NEXT.exec(text);
    const stop = next ? next.index : text.length;
    plain += text.slice(at, stop);
    at = stop;
    if (at < text.length) {
      const span = spanAt(text, at, markup, depth);
      if (span && span.node) {
        nodes.push(plain, span.node);
        plain = "";
      } else {
        plain += span ? span.text : text[at];
      }
      at = span ? span.end : at + 1;
    }
  }
  return [...nodes, plain].filter(node => node !== "");
}

function spanAt(text, at, markup, depth) {
  switch (text[at]) {
    case "\\":
      return /[\\`*_~|>#[\]<@:-]/.test(text[at + 1] || "") ? { text: text[at + 1], end: at + 2 } : null;
    case "`":
      return code(text, at);
    case "<":
      return angle(text, at, markup);
    case "[":
      return link(text, at);
    case "h":
      return address(text, at);
    case ":":
      return emoji(text, at);
    case "@":
      return mention(text, at, markup);
    default:
      return depth < DEEPEST ? marked(text, at, markup, depth) : null;
  }
}

function sticky(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function code(text, at) {
  const match = sticky(/(`{1,2})([^`\n]{1,2000})\1(?!`)/y, text, at);
  return match && { node: el("code", {}, match[2].trim() || match[2]), end: at + match[0].length };
}

function angle(text, at, markup) {
  const match = sticky(/<(@!?|@&|#|!|a?:\w{1,40}:|https?:\/\/|mailto:)([^<>|\n]{0,1000})(?:\|([^<>\n]{1,500}))?>/y, text, at);
  if (!match) {
    return null;
  }
  const [all, kind, id, label] = match;
  return { node: reference(kind, id, label, markup), end: at + all.length };
}

function reference(kind, id, label, markup) {
  if (kind.startsWith("http") || kind === "mailto:") {
    return inert(label || kind + id, kind + id);
  }
  if (kind.includes(":")) {
    return face(kind.replace(/^a/, "")) === kind ? kind : document.createTextNode(face(kind));
  }
  const names = kind === "#" ? markup.channels : markup.people;
  return el("span", { class: "mention" }, (kind === "#" ? "#" : "@") + (label || names.get(id) || id));
}

function link(text, at) {
  const match = sticky(/\[([^[\]\n]{1,500})\]\((https?:\/\/[^\s()]{1,1000})\)/y, text, at);
  return match && { node: inert(match[1], match[2]), end: at + match[0].length };
}

function address(text, at) {
  const match = sticky(/https?:\/\/[^\s<>`]{1,1000}/y, text, at);
  if (!match || WORD.test(text[at - 1] || "")) {
    return null;
  }
  const url = match[0].replace(/[.,;:!?)*_~|'"]+$/, "");
  return { node: inert(url, url), end: at + url.length };
}

/** An address is shown, never followed. */
function inert(label, url) {
  const shown = label === url ? [label] : [label, el("span", { class: "target" }, ` (${url})`)];
  return el("span", { class: "inert", title: "Links lead nowhere in the sandbox" }, ...shown);
}

function emoji(text, at) {
  const match = sticky(/:([a-z0-9_+-]{1,40}):/y, text, at);
  return match && known(match[1]) ? { text: face(match[1]), end: at + match[0].length } : null;
}

function mention(text, at, markup) {
  if (WORD.test(text[at - 1] || "")) {
    return null;
  }
  const name = [...markup.people.values()]
    .sort((a, b) => b.length - a.length)
    .find(known => text.slice(at + 1, at + 1 + known.length).toLowerCase() === known.toLowerCase());
  const end = name ? at + 1 + name.length : at;
  return name && !WORD.test(text[end] || "") ? { node: el("span", { class: "mention" }, text.slice(at, end)), end } : null;
}

function marked(text, at, markup, depth) {
  for (const [mark, tag] of markup.side !== "slack" ? DISCORD_MARKS : markup.common ? COMMON_MARKS : SLACK_MARKS) {
    const end = text.startsWith(mark, at) ? closing(text, at, mark) : -1;
    if (end > 0) {
      const inner = inline(text.slice(at + mark.length, end), markup, depth + 1);
      return { node: wrap(mark, tag, inner), end: end + mark.length };
    }
  }
  return null;
}

function wrap(mark, tag, inner) {
  if (tag === "spoiler") {
    return el("span", { class: "spoiler", tabindex: "0", title: "Spoiler" }, ...inner);
  }
  return mark === "***" ? el("strong", {}, el("em", {}, ...inner)) : el(tag, {}, ...inner);
}

/** Where the partner of a mark stands: beside a word, and for one-character marks not inside one. */
function closing(text, at, mark) {
  const single = mark.length === 1;
  const first = text[at + mark.length];
  if (first === undefined || /\s/.test(first) || (single && mark !== "*" && WORD.test(text[at - 1] || ""))) {
    return -1;
  }
  let end = at + mark.length;
  while ((end = text.indexOf(mark, end + 1)) > 0 && end - at < LONGEST) {
    const fits = !/\s/.test(text[end - 1]) && text[end - 1] !== "\\";
    const alone = !single || (text[end + 1] !== mark && (mark === "*" || !WORD.test(text[end + 1] || "")));
    if (fits && alone) {
      return end;
    }
    end += single && text[end + 1] === mark ? 1 : 0;
  }
  return -1;
}
