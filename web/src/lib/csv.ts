// Tables as CSV (RFC 4180), made in the page. A text can never become a formula in a spreadsheet.

/** A cell: numbers are written as they are, text is made harmless. */
export type Cell = string | number | boolean | null | undefined;

export interface Table {
  /** What the file is called, without its ending. */
  name: string;
  columns: string[];
  rows: Cell[][];
}

/** The whole file; the mark at its head tells spreadsheets that it is UTF-8. */
export function csv({ columns, rows }: Table): string {
  const lines = [columns, ...rows].map((cells) => cells.map(field).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

function field(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return decimal(cell);
  const text = typeof cell === "boolean" ? String(cell) : harmless(cell);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * An apostrophe before what a spreadsheet would run. A number stays a number: a minus sign alone starts no formula.
 * Full-width signs are taken for plain ones by some spreadsheets.
 *
 * Where the system's list separator is a semicolon, a spreadsheet splits the lines there and not at commas, and quotes in
 * the middle of its cells protect nothing: `a,"b;=1+1"` has a cell `=1+1"`. So what follows a semicolon, a tab or a line
 * break counts as the beginning of a cell too.
 */
function harmless(text: string): string {
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return text;
  const first = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return first.replace(/([;\t\r\n][\s"]*)(?=[=+\-@＝＋－＠])/g, "$1'");
}

/** A number without an exponent. */
function decimal(value: number): string {
  return value.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 4 });
}

/** Gives the file to the reader. */
export function download(table: Table): void {
  const url = URL.createObjectURL(new Blob([csv(table)], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${table.name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
