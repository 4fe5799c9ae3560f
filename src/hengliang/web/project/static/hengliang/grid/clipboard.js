// Blocks of cells as Excel, WPS and browsers put them on the clipboard: text with tabs, and an HTML table.

/** The block that was copied, as lists of texts; the table is preferred, since it knows merged cells. */
export function readBlock(data) {
  const html = data.getData("text/html");
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  const block = table ? readTable(table) : [];
  return block.length ? block : readTabs(data.getData("text/plain"));
}

/** Text with tabs and lines; a cell in quotes may hold both, and quotes doubled. */
export function readTabs(source) {
  const block = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const text = source.replace(/\r\n?/g, "\n");
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === "" && closes(text, at)) quoted = true;
    else if (sign === "\t") {
      row.push(cell);
      cell = "";
    } else if (sign === "\n") {
      block.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += sign;
  }
  // A last line that ends is not followed by an empty one.
  if (cell !== "" || row.length) block.push([...row, cell]);
  return block;
}

/** Whether a quote at the start of a cell is closed at the end of a cell; otherwise it is a sign like others. */
function closes(text, from) {
  return /^"(?:[^"]|"")*"(?=[\t\n]|$)/.test(text.slice(from));
}

/** An HTML table; a cell over several rows or columns says its words in each of them. */
function readTable(table) {
  const block = [];
  [...table.rows].forEach((line, y) => {
    block[y] ??= [];
    let x = 0;
    for (const cell of line.cells) {
      while (block[y][x] !== undefined) x += 1;
      const words = said(cell);
      for (let down = 0; down < Math.min(cell.rowSpan, table.rows.length - y); down += 1) {
        block[y + down] ??= [];
        for (let right = 0; right < Math.min(cell.colSpan, 100); right += 1) block[y + down][x + right] = words;
      }
    }
  });
  const width = Math.max(0, ...block.map((row) => row.length));
  return block.map((row) => Array.from({ length: width }, (_, x) => row[x] ?? ""));
}

function said(cell) {
  const copy = cell.cloneNode(true);
  for (const line of copy.querySelectorAll("br")) line.replaceWith("\u2028");
  return copy.textContent
    .replace(/[\t\r\n ]+/g, " ")
    .replace(/ ?\u2028 ?/g, "\n")
    .trim();
}

/** Puts a block on the clipboard, in both forms. */
export function writeBlock(data, block) {
  data.setData("text/plain", block.map((row) => row.map(quote).join("\t")).join("\n"));
  const table = document.createElement("table");
  for (const row of block) {
    const line = table.insertRow();
    for (const words of row) {
      const cell = line.insertCell();
      words.split("\n").forEach((part, index) => {
        if (index) cell.append(document.createElement("br"));
        cell.append(part);
      });
    }
  }
  data.setData("text/html", table.outerHTML);
}

function quote(words) {
  return /[\t\n]|^"/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}
