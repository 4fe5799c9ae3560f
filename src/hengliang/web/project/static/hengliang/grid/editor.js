// The field that stands over a cell while it is edited.

export class Editor {
  /** box: the scrolling element of the grid; done(value, move): commits, move is {y, x} or null; undone(): leaves. */
  constructor(box, { done, undone, typed }) {
    Object.assign(this, { box, done, undone, typed });
    this.field = null;
  }

  get open() {
    return this.field !== null;
  }

  /** Opens over a cell. `typing` is true when a key was struck: it replaces what stands there, and arrows leave. */
  start(cell, column, value, typing) {
    const field = makeField(column, value);
    field.className = "grid-editor";
    field.setAttribute("aria-label", column.label);
    this.typing = typing;
    this.field = field;
    this.was = value;
    const [outer, inner] = [this.box.getBoundingClientRect(), cell.getBoundingClientRect()];
    field.style.left = `${inner.left - outer.left - this.box.clientLeft + this.box.scrollLeft}px`;
    field.style.top = `${inner.top - outer.top - this.box.clientTop + this.box.scrollTop}px`;
    field.style.width = `${inner.width}px`;
    field.style.minHeight = `${Math.min(inner.height, 200)}px`;
    this.box.append(field);
    field.focus();
    if (typing && field.tagName !== "SELECT") field.value = "";
    else field.setSelectionRange?.(field.value.length, field.value.length);
    this.grow();
    field.addEventListener("input", () => {
      this.grow();
      this.typed(field.value);
    });
    field.addEventListener("keydown", (event) => this.key(event));
    // A list is done when something is chosen with the mouse; focus that goes elsewhere keeps what was typed.
    field.addEventListener("blur", () => this.commit(null));
  }

  key(event) {
    event.stopPropagation();
    // Safari ends composing before it tells the key that ended it; 229 says whose key it was.
    if (event.isComposing || event.keyCode === 229) return;
    const back = event.shiftKey ? -1 : 1;
    const newline = event.key === "Enter" && (event.altKey || event.ctrlKey);
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
      this.undone();
    } else if (newline && this.field.tagName === "TEXTAREA") {
      event.preventDefault();
      this.field.setRangeText("\n", this.field.selectionStart, this.field.selectionEnd, "end");
      this.grow();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.commit({ y: back, x: 0 });
    } else if (event.key === "Tab") {
      event.preventDefault();
      this.commit({ y: 0, x: back });
    } else if (event.key === "s" && event.ctrlKey) {
      event.preventDefault();
      this.commit({ y: 0, x: 0 }, true);
    } else if (this.typing && this.field.tagName !== "SELECT" && event.key.startsWith("Arrow")) {
      event.preventDefault();
      const [y, x] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      this.commit({ y, x });
    }
  }

  /** Takes what was typed and leaves. */
  commit(move, save = false) {
    if (!this.field) return;
    const value = this.field.value.trim();
    this.close();
    this.done(value, move, save);
  }

  close() {
    const field = this.field;
    this.field = null;
    field.remove();
  }

  grow() {
    if (this.field.tagName !== "TEXTAREA") return;
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 240)}px`;
  }
}

function makeField(column, value) {
  if (column.kind === "choice") {
    const field = document.createElement("select");
    const choices = column.choices.map((one) => (typeof one === "object" ? one : { value: one, label: one }));
    if (!choices.some((one) => String(one.value) === value)) choices.unshift({ value, label: value });
    for (const choice of choices) field.append(new Option(choice.label, choice.value));
    field.value = value;
    return field;
  }
  if (column.kind === "number") {
    const field = document.createElement("input");
    field.type = "text";
    field.inputMode = "decimal";
    field.autocomplete = "off";
    field.value = value;
    return field;
  }
  const field = document.createElement("textarea");
  field.rows = 1;
  field.value = value;
  return field;
}
