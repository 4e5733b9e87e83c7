// How a view is cited: what it is, whose figures they are, and where and when it was read.

export interface Cited {
  /** What the view shows: `ICE Fiscal Year 2007 Annual Report`. */
  title: string;
  /** Who reported it; none for views over several agencies. */
  author?: string | undefined;
  /** The fiscal year that it is about. */
  year?: number | undefined;
  /** Which state of the data, for what can be revised. */
  revision?: number | undefined;
}

/** A citation for a text. */
export function citation(cited: Cited, address: string, read: Date): string {
  const parts = [
    cited.author,
    cited.year === undefined || cited.title.includes(String(cited.year)) ? cited.title : `${cited.title} (fiscal year ${cited.year})`,
    cited.revision === undefined ? undefined : `revision ${cited.revision}`,
    `annals, ${address}, read on ${isoDay(read)}`,
  ];
  return `${parts.filter((part) => part !== undefined).join(". ")}.`;
}

/** A citation for BibTeX. */
export function bibtex(cited: Cited, address: string, read: Date): string {
  const fields = {
    title: `{${escaped(cited.title)}}`,
    author: cited.author && `{${escaped(cited.author)}}`,
    year: cited.year?.toString(),
    version: cited.revision?.toString(),
    url: address,
    urldate: isoDay(read),
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  return `@misc{${key(cited)},\n${lines.join("\n")}\n}`;
}

function key({ title, year }: Cited): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? ["annals"];
  return [...words.slice(0, 4), ...(year === undefined || words.includes(String(year)) ? [] : [year])].join("-");
}

function escaped(text: string): string {
  return text.replace(/[&%$#_{}]/g, (sign) => `\\${sign}`);
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
