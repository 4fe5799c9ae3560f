// The keys of the grid while no cell is edited; those of an open editor are its own.

/** Does what a key asks of the grid. */
export function command(grid, event) {
  if (event.defaultPrevented) return;
  const done = event.ctrlKey || event.metaKey ? withControl(grid, event) : event.altKey ? withAlt(grid, event) : plain(grid, event);
  if (done) event.preventDefault();
  if (event.key !== "Escape" && event.key !== "Tab" && event.key !== "Shift") grid.leaving = false;
}

function withControl(grid, event) {
  const key = event.key.toLowerCase();
  const last = grid.rows.length - 1;
  if (key === "z") event.shiftKey ? grid.redo() : grid.undo();
  else if (key === "y") grid.redo();
  else if (key === "d") grid.fill();
  else if (key === "a") {
    grid.anchor = { y: 0, x: 0 };
    grid.go(last, grid.columns.length - 1, true);
  } else if (key === "s") grid.saver?.save();
  else if (event.shiftKey && (key === "=" || key === "+")) grid.insert();
  else if (key === "-") grid.delete();
  else if (key === "home") grid.go(0, 0, event.shiftKey);
  else if (key === "end") grid.go(last, grid.columns.length - 1, event.shiftKey);
  else if (key === "arrowup") grid.go(0, grid.at.x, event.shiftKey);
  else if (key === "arrowdown") grid.go(last, grid.at.x, event.shiftKey);
  else return false;
  return true;
}

function withAlt(grid, event) {
  if (event.key === "ArrowUp") grid.move(-1);
  else if (event.key === "ArrowDown") grid.move(1);
  else if (event.key === "Enter") grid.edit(false, true);
  else return false;
  return true;
}

function plain(grid, event) {
  const { y, x } = grid.at;
  const { key, shiftKey } = event;
  if (key === "ArrowUp") grid.go(above(grid), x, shiftKey);
  else if (key === "ArrowDown") grid.go(below(grid), x, shiftKey);
  else if (key === "ArrowLeft") grid.go(y, x - 1, shiftKey);
  else if (key === "ArrowRight") grid.go(y, x + 1, shiftKey);
  else if (key === "Home") grid.go(y, 0, shiftKey);
  else if (key === "End") grid.go(y, grid.columns.length - 1, shiftKey);
  else if (key === "PageUp") grid.go(y - 10, x, shiftKey);
  else if (key === "PageDown") grid.go(y + 10, x, shiftKey);
  else if (key === "Tab") return !grid.leaving && grid.step({ y: 0, x: shiftKey ? -1 : 1 });
  else if (key === "Escape") {
    grid.leaving = true;
    grid.go(y, x);
  } else if (key === "Enter" || key === "F2") grid.edit();
  else if (key === "Delete" || key === "Backspace") grid.empty();
  else if (key === "Process" || event.keyCode === 229) {
    // An input method begins: the field that opens takes what it composes.
    grid.edit(true);
    return false;
  } else if (key.length === 1 && key !== "?") {
    // The key itself goes into the field that opens.
    grid.edit(true);
    return false;
  } else return false;
  return true;
}

/** The next row that shows another cell: a merged cell is left at once. */
function below(grid) {
  return beyond(grid, 1);
}

function above(grid) {
  return beyond(grid, -1);
}

function beyond(grid, step) {
  const here = grid.view.at(grid.at.y, grid.at.x);
  let y = grid.at.y + step;
  while (y >= 0 && y < grid.rows.length && grid.view.at(y, grid.at.x) === here) y += step;
  return y < 0 || y >= grid.rows.length ? grid.at.y : y;
}
