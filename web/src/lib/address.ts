// The addresses of the site, in one place. Everything a view shows follows from its address.

/** An address with its parameters; those without a value are left out. */
export function address(path: string, parameters: Record<string, string | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value) query.set(name, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export function reportAddress(agency: string, fiscalYear: number): string {
  return `/reports/${encodeURIComponent(agency)}/${fiscalYear}`;
}

/** A report as a file, such as `/data/ice-2007.zip`. */
export function fileAddress(agency: string, fiscalYear: number, ending: string): string {
  // Only the letters A to Z: the server compares no others without case.
  const code = agency.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return `/data/${encodeURIComponent(code)}-${fiscalYear}.${ending}`;
}

export function divisionAddress(agency: string, fiscalYear: number, code: string): string {
  return `${reportAddress(agency, fiscalYear)}/divisions/${encodeURIComponent(code)}`;
}

/** An initiative has its place on the page of its report. */
export function initiativeAddress(agency: string, fiscalYear: number, slug: string): string {
  return `${reportAddress(agency, fiscalYear)}#${encodeURIComponent(slug)}`;
}

export function metricAddress(code: string): string {
  return `/catalogue/${encodeURIComponent(code)}`;
}

/** A part of an address without its escapes; undefined where they are no escapes. */
export function unescaped(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The links that the site follows by itself; all others are the browser's. */
export const SITE = /^\/(?:$|[?#]|(?:reports|catalogue|search)(?:$|[/?#]))/;
