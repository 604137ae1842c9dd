// Building the page from nodes. Text stays text: nothing here, or anywhere in the page, reads HTML.

/** Makes an element; functions are listeners, true and false set and leave out an attribute. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      node.addEventListener(name, value);
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== false && value !== undefined && value !== null) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined));
  return node;
}

/**
 * Makes the children of a node show the items, and touches only what has changed.
 * An item is { id, is, build }: a key, what it looks like as text, and how to make its node.
 */
export function reconcile(parent, items) {
  const before = new Map([...parent.children].map(node => [node.dataset.item, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const old = before.get(item.id);
    before.delete(item.id);
    const node = old && (old.shows === item.is || old.dataset.busy) ? old : made(item, old);
    if (old && node !== old) {
      const focus = focusIn(old);
      place = place === old ? node : place;
      old.replaceWith(node);
      refocus(node, focus);
    } else if (node !== place) {
      parent.insertBefore(node, place);
    }
    place = node.nextElementSibling;
  }
  before.forEach(node => node.remove());
}

function made(item, old) {
  const node = item.build(old);
  node.dataset.item = item.id;
  node.shows = item.is;
  return node;
}

function focusIn(node) {
  const active = document.activeElement;
  return node.contains(active) ? active.dataset.name || "" : null;
}

function refocus(node, name) {
  if (name !== null) {
    ([...node.querySelectorAll("[data-name]")].find(part => part.dataset.name === name) || node).focus();
  }
}

/** Arrow keys, Home and End walk through the elements that match; one of them is in the tab order. */
export function roving(container, selector, { onMove = () => {}, vertical = true, horizontal = true } = {}) {
  container.addEventListener("keydown", event => {
    const items = [...container.querySelectorAll(selector)];
    const at = items.indexOf(event.target);
    const steps = {
      ...(vertical ? { ArrowUp: at - 1, ArrowDown: at + 1 } : {}),
      ...(horizontal ? { ArrowLeft: at - 1, ArrowRight: at + 1 } : {}),
      Home: 0,
      End: items.length - 1,
    };
    if (at < 0 || !(event.key in steps)) {
      return;
    }
    event.preventDefault();
    const next = items[Math.max(0, Math.min(items.length - 1, steps[event.key]))];
    items.forEach(item => item.setAttribute("tabindex", item === next ? "0" : "-1"));
    next.focus();
    onMove(next);
  });
}
