// Reads a page as a person does: the text of tables, and figures with their marks.

/** The rows of the table with this caption, cell by cell. */
export async function rows(page, caption) {
  const table = page.locator("table").filter({ has: page.locator("caption", { hasText: caption }) });
  return cells(table.first());
}

/** The rows of a table, cell by cell. */
export async function cells(table) {
  return table
    .locator("tbody tr")
    .evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
}

const PRECISIONS = { "≈": "APPROXIMATE", "≥": "LOWER_BOUND", "≤": "UPPER_BOUND" };
const SIZES = { million: 1e6, billion: 1e9 };

/** What a figure on a page says: `≥ $30 million` is 30,000,000 and a lower bound. Null where it is none. */
export function figure(text) {
  const found = /^([≈≥≤]?)\s*\$?(-?[\d,]+(?:\.\d+)?)(?: (million|billion))?/.exec(text.trim());
  if (!found) return null;
  const [, mark, digits, size] = found;
  const value = Math.round(Number(digits.replaceAll(",", "")) * (SIZES[size] ?? 1) * 1e4) / 1e4;
  return { value, precision: PRECISIONS[mark] ?? "EXACT" };
}

/**
 * A total of the API as `figure` reads one: a sum of rounded figures is shown to three digits, and one that may count
 * twice has no mark, as an exact one.
 */
export function figureOf({ sum }) {
  if (sum === null) return null;
  const { precision, value } = sum;
  return {
    value: precision === "APPROXIMATE" ? Number(value.toPrecision(3)) : value,
    precision: precision ?? "EXACT",
  };
}

/** Records of a CSV file. */
export function records(text) {
  const fields = [...text.replace(/^\uFEFF/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)];
  const lines = [[]];
  for (const [all, quoted, plain, end] of fields) {
    if (all === "" && lines.at(-1).length === 0) break;
    lines.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") lines.push([]);
  }
  const [head, ...body] = lines.filter((line) => line.length > 0);
  return body.map((line) => Object.fromEntries(head.map((name, place) => [name, line[place]])));
}
