// The form that a bot has opened for a person.

import { el } from "./dom.js";

export class Form {
  /** submit(modal, values) promises the end of sending, or fails with a line for people. */
  constructor(label, submit) {
    this.label = label;
    this.submit = submit;
    this.shown = "";
    this.closed = "";
    this.dialog = el("dialog", { class: "form-dialog", "data-side": label, "aria-labelledby": `${label}-form-title`, close: () => (this.closed = this.shown) });
  }

  /** Opens the modal, or closes what is open when there is none; what a person closed stays closed. */
  show(modal) {
    if (!modal) {
      this.shown = "";
      this.dialog.close();
    } else if (modal.id !== this.shown && modal.id !== this.closed) {
      this.shown = modal.id;
      this.build(modal);
      this.dialog.showModal();
      this.dialog.querySelector("input, textarea, select")?.focus();
    }
  }

  build(modal) {
    const notice = el("p", { class: "notice", role: "alert" });
    const send = el("button", { type: "submit", class: "primary" }, modal.submit || "Submit");
    const form = el(
      "form",
      { submit: event => this.send(event, modal, form, send, notice), keydown: event => hurried(event, form) },
      el("h2", { id: `${this.label}-form-title` }, modal.title),
      ...modal.fields.map(field => labelled(field)),
      notice,
      el("div", { class: "row end" }, el("button", { type: "button", click: () => this.dialog.close() }, "Cancel"), send),
    );
    this.dialog.replaceChildren(form);
  }

  async send(event, modal, form, send, notice) {
    event.preventDefault();
    const values = Object.fromEntries(modal.fields.map(field => [field.id, form.elements.namedItem(`field ${field.id}`).value]));
    send.disabled = true;
    notice.textContent = "Sending…";
    try {
      await this.submit(modal.id, values);
      notice.textContent = "";
    } catch (error) {
      notice.textContent = error.message;
    } finally {
      send.disabled = false;
    }
  }
}

function labelled(field) {
  const id = `field ${field.id}`;
  const common = { id, name: id, required: field.required };
  const input = field.choices.length > 0
    ? el("select", common, ...field.choices.map(choice => el("option", { value: choice }, choice)))
    : el(field.multiline ? "textarea" : "input", { ...common, ...(field.multiline ? { rows: "6" } : { type: "text", autocomplete: "off" }) });
  if (field.value) {
    input.value = field.value;
  }
  return el("div", { class: "field" }, el("label", { for: id }, field.label, field.required ? null : el("span", { class: "optional" }, " (optional)")), input);
}

/** Ctrl+Enter sends from a field of many lines. */
function hurried(event, form) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    form.requestSubmit();
  }
}
