// The rows of a form as plain values. Nothing here is changed in place: every edit gives a new list of rows, so that
// undoing is going back to an old one, and what must be saved is the difference from what was saved last.
//
// A row is {id, cells: {key: value}}.

/** The rows with some cells changed; changes are [{row, key, value}]. */
export function setCells(rows, changes) {
  const byRow = new Map();
  for (const { row, key, value } of changes) {
    if (!byRow.has(row)) byRow.set(row, {});
    byRow.get(row)[key] = value;
  }
  return rows.map((row) => (byRow.has(row.id) ? { ...row, cells: { ...row.cells, ...byRow.get(row.id) } } : row));
}

/** The rows with one more, standing at a place. */
export function insertRow(rows, at, row) {
  return [...rows.slice(0, at), row, ...rows.slice(at)];
}

/** The rows without some. */
export function deleteRows(rows, ids) {
  const gone = new Set(ids);
  return rows.filter((row) => !gone.has(row.id));
}

/**
 * The rows from first to last moved by one place; step is -1 or 1. At the border of a group of merged cells they first
 * join the neighbouring group and stay where they are. Null when there is nowhere to go.
 */
export function moveRows(rows, first, last, step, mergedKeys) {
  const at = step < 0 ? first - 1 : last + 1;
  if (at < 0 || at >= rows.length) return null;
  const moved = rows.slice(first, last + 1);
  const neighbour = rows[at];
  const edge = step < 0 ? moved[0] : moved[moved.length - 1];
  if (mergedKeys.some((key) => text(neighbour, key) !== text(edge, key))) {
    const joined = moved.flatMap((row) =>
      mergedKeys.map((key) => ({ row: row.id, key, value: neighbour.cells[key] ?? "" })),
    );
    return { rows: setCells(rows, joined), by: 0 };
  }
  const rest = [...rows.slice(0, first), ...rows.slice(last + 1)];
  return { rows: [...rest.slice(0, first + step), ...moved, ...rest.slice(first + step)], by: step };
}

/** What a cell says, as text. */
export function text(row, key) {
  const value = row.cells[key];
  return value === undefined || value === null ? "" : String(value);
}

/**
 * How far each cell of a merged column reaches: for every row {key: number of rows}, 0 where a cell above covers it.
 * A cell reaches as far as it and all merged columns before it stay the same; empty cells stay alone.
 */
export function spans(rows, mergedKeys) {
  const reach = rows.map(() => ({}));
  mergedKeys.forEach((key, depth) => {
    const before = mergedKeys.slice(0, depth + 1);
    let start = 0;
    rows.forEach((row, index) => {
      const same =
        index > 0 && text(row, key) !== "" && before.every((one) => text(row, one) === text(rows[start], one));
      if (!same) start = index;
      reach[index][key] = same ? 0 : 1;
      if (same) reach[start][key] += 1;
    });
  });
  return reach;
}

/**
 * What turns one list of rows into another: {inserts, moves, deletes, changes}. It is applied in this order: inserts
 * [{row, before}] of empty rows, moves [{row, before}], deletes [{row}], changes [{row, key, value}]; `before` is the id
 * of the row that follows, or null at the end.
 */
export function difference(base, now) {
  const old = new Map(base.map((row) => [row.id, row]));
  const kept = new Set(now.map((row) => row.id));
  const follows = (index) => (index + 1 < now.length ? now[index + 1].id : null);
  const backwards = now.map((row, index) => ({ row, before: follows(index) })).reverse();

  const order = base.map((row) => row.id);
  const put = (id, before) => order.splice(before === null ? order.length : order.indexOf(before), 0, id);
  const inserts = backwards.filter(({ row }) => !old.has(row.id)).map(({ row, before }) => ({ row: row.id, before }));
  for (const { row, before } of inserts) put(row, before);

  const place = new Map(order.map((id, index) => [id, index]));
  const staying = longestRising(now.map((row) => place.get(row.id)));
  const moves = backwards
    .filter((_, index) => !staying.has(now.length - 1 - index))
    .map(({ row, before }) => ({ row: row.id, before }));

  const changes = now.flatMap((row) => {
    const was = old.get(row.id) ?? { cells: {} };
    return keysOf(was, row)
      .filter((key) => text(was, key) !== text(row, key))
      .map((key) => ({ row: row.id, key, value: row.cells[key] ?? "" }));
  });
  const deletes = base.filter((row) => !kept.has(row.id)).map((row) => ({ row: row.id }));
  return { inserts, moves, deletes, changes };
}

/** True when a difference says nothing. */
export function nothing(parts) {
  return !(parts.changes.length || parts.inserts.length || parts.deletes.length || parts.moves.length);
}

/**
 * Puts together what two people made of the same rows. Where only one changed a cell, that is taken; where both did,
 * mine stands and the conflict is told: {row, key, mine, theirs}, or {row, deleted: "mine" | "theirs"} when one deleted
 * a row that the other changed (it is kept, so that nothing is lost).
 */
export function mergeThree(base, mine, theirs) {
  const old = new Map(base.map((row) => [row.id, row]));
  const my = new Map(mine.map((row) => [row.id, row]));
  const their = new Map(theirs.map((row) => [row.id, row]));
  const conflicts = [];
  const made = new Map();
  for (const id of new Set([...my.keys(), ...their.keys()])) {
    const was = old.get(id);
    const [one, other] = [my.get(id), their.get(id)];
    if (one && other) {
      made.set(id, { ...one, cells: mergeCells(was ?? { cells: {} }, one, other, conflicts) });
    } else if (!was) {
      made.set(id, one ?? other);
    } else if (!sameCells(was, one ?? other)) {
      made.set(id, one ?? other);
      conflicts.push({ row: id, deleted: one ? "theirs" : "mine", cells: (one ?? other).cells });
    }
  }
  const ids = (rows) => rows.map((row) => row.id).filter((id) => made.has(id));
  const common = (rows) => rows.map((row) => row.id).filter((id) => old.has(id) && my.has(id) && their.has(id));
  const iMoved = common(mine).join("\n") !== common(base).join("\n");
  const [first, second] = iMoved ? [ids(mine), ids(theirs)] : [ids(theirs), ids(mine)];
  const order = [...first];
  second.forEach((id, index) => {
    if (!order.includes(id)) order.splice(index > 0 ? order.indexOf(second[index - 1]) + 1 : 0, 0, id);
  });
  return { rows: order.map((id) => made.get(id)), conflicts };
}

function mergeCells(was, one, other, conflicts) {
  const cells = { ...other.cells };
  for (const key of keysOf(one, other)) {
    const [before, mine, theirs] = [text(was, key), text(one, key), text(other, key)];
    if (mine === before) continue;
    cells[key] = one.cells[key];
    if (theirs !== before && theirs !== mine) conflicts.push({ row: one.id, key, mine, theirs });
  }
  return cells;
}

function sameCells(one, other) {
  return keysOf(one, other).every((key) => text(one, key) === text(other, key));
}

function keysOf(one, other) {
  return [...new Set([...Object.keys(one.cells), ...Object.keys(other.cells)])];
}

/** The indexes of a longest rising run of numbers: the rows that need not be moved. */
function longestRising(numbers) {
  const ends = [];
  const before = numbers.map(() => -1);
  numbers.forEach((number, index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]] < number) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[index] = ends[low - 1];
    ends[low] = index;
  });
  const staying = new Set();
  for (let at = ends.length ? ends[ends.length - 1] : -1; at >= 0; at = before[at]) staying.add(at);
  return staying;
}
