// What was, and what was undone: whole lists of rows, which share what did not change.

const DEPTH = 200;

export class History {
  constructor(rows) {
    this.states = [rows];
    this.at = 0;
  }

  /** The rows as they are now. */
  get rows() {
    return this.states[this.at];
  }

  /** Takes one step; what was undone before is forgotten. */
  push(rows) {
    this.states = [...this.states.slice(Math.max(0, this.at + 1 - DEPTH), this.at + 1), rows];
    this.at = this.states.length - 1;
  }

  get canUndo() {
    return this.at > 0;
  }

  get canRedo() {
    return this.at < this.states.length - 1;
  }

  undo() {
    if (this.canUndo) this.at -= 1;
  }

  redo() {
    if (this.canRedo) this.at += 1;
  }

  /** Changes every state in the same way: what another person did is in all of them, so undoing never takes it back. */
  rewrite(change) {
    this.states = this.states.map(change);
  }
}
