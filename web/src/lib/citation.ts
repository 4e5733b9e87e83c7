// How a view is cited: what it is, who wrote the report, who published it, and where and when the data was accessed. The
// author, the publisher and annals are three different parties.

export interface Cited {
  /** What the view shows: `ICE Fiscal Year 2007 Annual Report`. */
  title: string;
  /** Who reported it; none for views over several agencies. */
  author?: string | undefined;
  /** Who published the document, where that is known. */
  publisher?: string | undefined;
  /** The fiscal year that it is about. */
  year?: number | undefined;
  /** Which state of the data, for what can be revised. */
  revision?: number | undefined;
}

/** A citation for a text. */
export function citation(cited: Cited, address: string, accessed: Date): string {
  const { author, publisher } = cited;
  const parts = [
    author,
    cited.year === undefined || cited.title.includes(String(cited.year)) ? cited.title : `${cited.title} (fiscal year ${cited.year})`,
    publisher && (publisher === author ? "Published by the author" : `Published by ${publisher}`),
    `Data from annals${cited.revision === undefined ? "" : `, revision ${cited.revision}`}, ${address}, accessed ${longDay(accessed)}`,
  ];
  return `${parts.filter((part) => part !== undefined).join(". ")}.`;
}

/** A citation for BibTeX. */
export function bibtex(cited: Cited, address: string, accessed: Date): string {
  const fields = {
    title: `{${escaped(cited.title)}}`,
    author: cited.author && `{${escaped(cited.author)}}`,
    publisher: cited.publisher && `{${escaped(cited.publisher)}}`,
    year: cited.year?.toString(),
    version: cited.revision?.toString(),
    howpublished: "Data from annals",
    url: address,
    urldate: isoDay(accessed),
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

/** The day where the reader is. */
function longDay(date: Date): string {
  return date.toLocaleDateString("en-US", { day: "numeric", month: "long", year: "numeric" });
}

/** The same in ISO 8601. */
function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
