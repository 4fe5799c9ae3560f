// Draws the rows as a table that screen readers know as a grid, and only what changed since it was drawn last.

import { say } from "../words.js";
import { spans, text } from "./sheet.js";

const TONES = { error: "bad", bad: "bad", warning: "watch", watch: "watch" };
const SHAPES = { bad: "■", watch: "▲", plain: "○" };
const NUMBER = /^[-+]?[\d.,]+[%％]?$/;
const WEIGHT = { bad: 0, watch: 1, plain: 2 };

/** Marks, the heaviest first. */
export function heaviestFirst(marks) {
  return [...marks].sort((one, other) => WEIGHT[toneOf(one)] - WEIGHT[toneOf(other)]);
}

/** The tone of a mark: bad, watch or plain. */
export function toneOf(mark) {
  return TONES[mark.severity] ?? "plain";
}

export class View {
  /** box: the scrolling element; columns: as given; name: of the grid; readonly: nothing can be edited. */
  constructor(box, columns, name, readonly) {
    this.columns = columns;
    this.mergedKeys = columns.filter((column) => column.merge).map((column) => column.key);
    this.shape = "";
    this.table = document.createElement("table");
    this.table.className = "grid-table";
    this.table.setAttribute("role", "grid");
    this.table.setAttribute("aria-label", name);
    this.table.setAttribute("aria-multiselectable", "true");
    this.table.setAttribute("aria-colcount", columns.length + 2);
    if (readonly) this.table.setAttribute("aria-readonly", "true");
    this.drawHead();
    this.body = this.table.createTBody();
    box.append(this.table);
  }

  drawHead() {
    const group = document.createElement("colgroup");
    const line = this.table.createTHead().insertRow();
    line.setAttribute("role", "row");
    line.setAttribute("aria-rowindex", "1");
    const heads = [{ label: say("Row"), width: 44 }, ...this.columns, { label: say("Findings"), width: 128 }];
    heads.forEach((column, index) => {
      const col = document.createElement("col");
      if (column.width) col.style.width = `${column.width}px`;
      group.append(col);
      const head = document.createElement("th");
      head.scope = "col";
      head.setAttribute("role", "columnheader");
      head.setAttribute("aria-colindex", index + 1);
      head.textContent = column.label;
      if (column.kind === "number") head.className = "number";
      line.append(head);
    });
    this.table.prepend(group);
    const width = heads.reduce((sum, column) => sum + (column.width ?? 120), 0);
    this.table.style.minWidth = `${width}px`;
  }

  /** Shows the rows with their marks; marks is a map from row id to {key: [mark]}. */
  draw(rows, marks) {
    const reach = spans(rows, this.mergedKeys);
    const shape = JSON.stringify([rows.map((row) => row.id), reach]);
    if (shape !== this.shape) {
      this.rebuild(rows, reach);
      this.shape = shape;
    }
    rows.forEach((row, y) => {
      const marksOfRow = marks.get(row.id) ?? {};
      this.columns.forEach((column, x) => this.fill(this.cells[y][x], row, column, marksOfRow[column.key] ?? []));
      this.tell(this.tellers[y], Object.values(marksOfRow).flat());
    });
  }

  rebuild(rows, reach) {
    this.table.setAttribute("aria-rowcount", rows.length + 1);
    this.cells = rows.map(() => []);
    this.heads = [];
    this.tellers = [];
    const lines = rows.map((row, y) => {
      const line = document.createElement("tr");
      line.setAttribute("role", "row");
      line.setAttribute("aria-rowindex", y + 2);
      const head = this.cell(line, "th", "rowheader", y, -1);
      head.textContent = y + 1;
      this.heads.push(head);
      this.columns.forEach((column, x) => {
        const span = column.merge ? reach[y][column.key] : 1;
        if (span === 0) {
          this.cells[y].push(this.cells[y - 1][x]);
          return;
        }
        const cell = this.cell(line, "td", "gridcell", y, x);
        if (span > 1) {
          cell.rowSpan = span;
          cell.setAttribute("aria-rowspan", span);
        }
        if (column.merge) cell.classList.add("grid-merged");
        if (column.kind === "number") cell.classList.add("number");
        this.cells[y].push(cell);
      });
      this.tellers.push(this.cell(line, "td", "gridcell", y, this.columns.length));
      return line;
    });
    this.body.replaceChildren(...lines);
  }

  cell(line, tag, role, y, x) {
    const cell = document.createElement(tag);
    cell.setAttribute("role", role);
    cell.setAttribute("aria-colindex", x + 2);
    cell.tabIndex = -1;
    cell.dataset.y = y;
    cell.dataset.x = x;
    line.append(cell);
    return cell;
  }

  fill(cell, row, column, marks) {
    const words = text(row, column.key);
    const label = column.choices ? labelOf(column.choices, words) : words;
    const told = JSON.stringify([label, marks]);
    if (cell.told === told) return;
    cell.told = told;
    const sorted = heaviestFirst(marks);
    // What names no words of the cell marks its corner, as a note does in a spreadsheet.
    const noted = sorted.find((mark) => !rangeOf(mark.words, label));
    cell.classList.toggle("grid-readonly", Boolean(column.readonly));
    if (column.readonly) cell.setAttribute("aria-readonly", "true");
    if (column.kind === "mixed") cell.classList.toggle("number", NUMBER.test(label));
    for (const tone of Object.keys(SHAPES)) cell.classList.toggle(`grid-${tone}`, Boolean(noted) && toneOf(noted) === tone);
    if (sorted.length && toneOf(sorted[0]) === "bad") cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
    const inner = document.createElement("span");
    inner.className = "grid-text";
    inner.append(...underlined(label, sorted));
    cell.replaceChildren(inner);
  }

  tell(cell, marks) {
    const counts = { bad: 0, watch: 0, plain: 0 };
    for (const mark of marks) counts[toneOf(mark)] += 1;
    const told = JSON.stringify(counts);
    if (cell.told === told) return;
    cell.told = told;
    cell.className = "grid-findings";
    const names = { bad: say("must be mended"), watch: say("should be looked at"), plain: say("advice") };
    const parts = Object.keys(SHAPES).filter((tone) => counts[tone]);
    cell.replaceChildren(
      ...parts.map((tone) => {
        const part = document.createElement("span");
        part.className = `state tone-${tone}`;
        const shape = document.createElement("span");
        shape.setAttribute("aria-hidden", "true");
        shape.textContent = SHAPES[tone];
        const word = document.createElement("span");
        word.className = "for-readers";
        word.textContent = `${names[tone]}: `;
        part.append(shape, word, String(counts[tone]));
        return part;
      }),
    );
  }

  /** Shows what is selected: the cell at (y, x), and the block from there to the anchor. x = -1 is the whole row. */
  select(at, block, rowCount) {
    for (const old of this.table.querySelectorAll("[tabindex='0']")) old.tabIndex = -1;
    for (const old of this.table.querySelectorAll("[aria-selected='true']")) old.setAttribute("aria-selected", "false");
    for (const old of this.table.querySelectorAll(".grid-at, .grid-row")) old.classList.remove("grid-at", "grid-row");
    if (!rowCount) return;
    for (let y = block.top; y <= block.bottom; y += 1) {
      for (let x = block.left; x <= block.right; x += 1) this.at(y, x)?.setAttribute("aria-selected", "true");
    }
    this.heads[at.y].classList.add("grid-row");
    const cell = this.at(at.y, at.x);
    cell.classList.add("grid-at");
    cell.tabIndex = 0;
  }

  /** The element that shows a cell. */
  at(y, x) {
    if (x === -1) return this.heads[y];
    if (x === this.columns.length) return this.tellers[y];
    return this.cells[y]?.[x];
  }

  /** Where an element stands: {y, x}, or null. */
  place(element) {
    const cell = element.closest("[data-y]");
    return cell && this.table.contains(cell) ? { y: Number(cell.dataset.y), x: Number(cell.dataset.x) } : null;
  }
}

function labelOf(choices, value) {
  const choice = choices.find((one) => typeof one === "object" && String(one.value) === value);
  return choice ? choice.label : value;
}

/** Where the words of a mark stand, given as [start, end] or as the words; null when it names none of the cell. */
function rangeOf(marked, words) {
  const from = Array.isArray(marked) ? marked[0] : marked ? words.indexOf(marked) : -1;
  const to = Array.isArray(marked) ? marked[1] : from + (marked?.length ?? 0);
  return from >= 0 && from < to && to <= words.length ? { from, to } : null;
}

/** The words of a cell, those that marks are about underlined; of two that overlap the first. */
function underlined(words, marks) {
  const taken = [];
  for (const mark of marks) {
    const range = rangeOf(mark.words, words);
    const free = range && !taken.some((other) => range.from < other.to && other.from < range.to);
    if (free) taken.push({ ...range, tone: toneOf(mark) });
  }
  taken.sort((one, other) => one.from - other.from);
  const parts = [];
  let from = 0;
  for (const range of taken) {
    parts.push(words.slice(from, range.from));
    const mark = document.createElement("mark");
    mark.className = `words-${range.tone}`;
    mark.textContent = words.slice(range.from, range.to);
    parts.push(mark);
    from = range.to;
  }
  parts.push(words.slice(from));
  return parts.filter((part) => part !== "");
}
