// A table with its name, and its rows as CSV. What is shown and what is downloaded come from the same columns.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { download, type Cell } from "../lib/csv.ts";

export interface TableColumn<Row> {
  name: string;
  show: (row: Row) => ComponentChildren;
  /** Aligned to the right. */
  isNumber?: boolean;
  /** The columns of the CSV that it becomes; a link alone becomes none. */
  cells?: Record<string, (row: Row) => Cell>;
}

interface Props<Row> {
  caption: string;
  /** The name of the file. */
  name: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The caption is for screen readers only, where a heading says the same. */
  hasHiddenCaption?: boolean;
}

/** A column in which nothing stands is not shown; its cells are in the CSV all the same. */
export function Table<Row>({ caption, name, columns, rows, rowKey, hasHiddenCaption }: Props<Row>) {
  const shown = columns.filter((column) => rows.some((row) => !isEmpty(column.show(row))));
  return (
    <div class="table">
      <Scroll label={caption}>
        <table>
          <caption class={hasHiddenCaption ? "hidden" : ""}>{caption}</caption>
          <thead>
            <tr>
              {shown.map((column) => (
                <th key={column.name} scope="col" class={column.isNumber ? "number" : ""}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={rowKey(row)}>
                {shown.map((column, place) => {
                  const Tag = place === 0 ? "th" : "td";
                  return (
                    <Tag key={column.name} {...(place === 0 ? { scope: "row" } : {})} class={column.isNumber ? "number" : ""}>
                      {column.show(row)}
                    </Tag>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <button type="button" class="small" onClick={() => download({ name, ...tableCells(columns, rows) })}>
        CSV<span class="hidden"> of {caption}</span>
      </button>
    </div>
  );
}

/** Where it is wider than the screen, it can be reached and scrolled with the keyboard. */
function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  const element = useRef<HTMLDivElement>(null);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const observer = new ResizeObserver(() => setWide(current.scrollWidth > current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={element} class="scroll" {...(isWide && { tabIndex: 0, role: "region", "aria-label": label })}>
      {children}
    </div>
  );
}

function isEmpty(shown: ComponentChildren): boolean {
  return shown === null || shown === undefined || shown === "" || shown === false;
}

/** Columns and rows as they are downloaded. */
export function tableCells<Row>(columns: TableColumn<Row>[], rows: Row[]): { columns: string[]; rows: Cell[][] } {
  const cells = columns.flatMap((column) => Object.entries(column.cells ?? {}));
  return { columns: cells.map(([name]) => name), rows: rows.map((row) => cells.map(([, cell]) => cell(row))) };
}
