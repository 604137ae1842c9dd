// Chat markup as nodes: fences, headings, quotes, lists and paragraphs; the spans are in inline.js.

import { el } from "./dom.js";
import { inline } from "./inline.js";

const DEEPEST = 4;
const FENCE = /^\s{0,3}```(.*)$/;
const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/;
const ITEM = /^(\s*)([-*•+]|\d{1,4}[.)])\s+(.*)$/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^\s{0,3}>\s?/;

/** Nodes for a message; markup = { side, people, channels }. */
export function markdown(text, markup, depth = 0) {
  const lines = text.split("\n");
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = block(lines, at, markup, depth);
    if (node) {
      nodes.push(node);
    }
    at = next;
  }
  return nodes;
}

function block(lines, at, markup, depth) {
  const line = lines[at];
  if (line.trim() === "") {
    return [null, at + 1];
  }
  if (FENCE.test(line)) {
    return fence(lines, at);
  }
  if (QUOTE.test(line) && depth < DEEPEST) {
    return quote(lines, at, markup, depth);
  }
  if (RULE.test(line)) {
    return [el("hr"), at + 1];
  }
  if (HEADING.test(line)) {
    const [, marks, title] = HEADING.exec(line);
    return [el("p", { class: "heading", role: "heading", "aria-level": String(marks.length + 3) }, ...inline(title, markup)), at + 1];
  }
  if (isTable(lines, at)) {
    return table(lines, at, markup);
  }
  return ITEM.test(line) ? list(lines, at, markup) : paragraph(lines, at, markup);
}

/** A fence that is not closed reaches to the end, as it does while it is being written. */
function fence(lines, at) {
  const first = FENCE.exec(lines[at])[1];
  const within = first.indexOf("```");
  if (within >= 0) {
    return [codeBlock(first.slice(0, within), ""), at + 1];
  }
  const language = /^[\w+#.-]{0,30}$/.test(first.trim()) ? first.trim() : "";
  const code = language === "" && first.trim() !== "" ? [first] : [];
  let end = at + 1;
  while (end < lines.length && !lines[end].trimEnd().endsWith("```")) {
    code.push(lines[end++]);
  }
  const last = (lines[end] || "").trimEnd().slice(0, -3);
  if (last.trim() !== "") {
    code.push(last);
  }
  return [codeBlock(code.join("\n"), language), end + 1];
}

function codeBlock(code, language) {
  return el("pre", { tabindex: "0", "aria-label": language ? `Code, ${language}` : "Code", "data-language": language || null }, el("code", {}, code));
}

function quote(lines, at, markup, depth) {
  const whole = lines[at].startsWith(">>> ");
  let end = at + 1;
  while (end < lines.length && (whole || QUOTE.test(lines[end]))) {
    end++;
  }
  const inner = lines.slice(at, end).map((line, i) => (whole ? (i ? line : line.slice(4)) : line.replace(QUOTE, "")));
  return [el("blockquote", {}, ...markdown(inner.join("\n"), markup, depth + 1)), end];
}

/** A list; an item that is indented further belongs to a list inside the one before it. */
function list(lines, at, markup) {
  const [, indent, mark] = ITEM.exec(lines[at]);
  const numbered = /\d/.test(mark);
  const node = el(numbered ? "ol" : "ul", numbered ? { start: String(parseInt(mark, 10)) } : {});
  let end = at;
  while (end < lines.length && ITEM.test(lines[end])) {
    const [, own, ownMark, text] = ITEM.exec(lines[end]);
    if (own.length < indent.length || (own.length === indent.length && /\d/.test(ownMark) !== numbered)) {
      break;
    }
    if (own.length > indent.length + 1 && node.lastChild) {
      const [inner, next] = list(lines, end, markup);
      node.lastChild.append(inner);
      end = next;
    } else {
      node.append(el("li", {}, ...inline(text, markup)));
      end++;
    }
  }
  return [node, end];
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split("|").map(cell => cell.trim());
}

function isTable(lines, at) {
  return lines[at].includes("|") && /^\s*\|?(\s*:?-{3,}:?\s*\|)+\s*(:?-{3,}:?\s*)?$/.test((lines[at + 1] || "").slice(0, 500));
}

function table(lines, at, markup) {
  const row = (line, tag) => el("tr", {}, ...cells(line).map(cell => el(tag, {}, ...inline(cell, markup))));
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) {
    end++;
  }
  const body = lines.slice(at + 2, end).map(line => row(line, "td"));
  return [el("div", { class: "table" }, el("table", {}, el("thead", {}, row(lines[at], "th")), el("tbody", {}, ...body))), end];
}

function paragraph(lines, at, markup) {
  const small = lines[at].startsWith("-# ");
  const node = el("p", small ? { class: "small" } : {});
  let end = at;
  do {
    node.append(...(end > at ? [el("br")] : []), ...inline(end === at && small ? lines[end].slice(3) : lines[end], markup));
    end++;
  } while (end < lines.length && !small && continues(lines, end));
  return [node, end];
}

function continues(lines, at) {
  const line = lines[at];
  return (
    line.trim() !== "" &&
    ![FENCE, QUOTE, HEADING, ITEM, RULE].some(start => start.test(line)) &&
    !line.startsWith("-# ") &&
    !isTable(lines, at)
  );
}
