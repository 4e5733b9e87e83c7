// The files that a whole report can be downloaded as, whatever filters the page has.

import { fileAddress } from "../lib/address.ts";

const FILES = [
  { ending: "zip", name: "Data package (ZIP)", holds: "all tables as CSV; can be edited and imported again" },
  { ending: "csv", name: "CSV", holds: "one row for each figure, with all names beside it" },
  { ending: "xml", name: "StratML", holds: "the standard for performance reports, in XML" },
];

export function Downloads({ agency, fiscalYear }: { agency: string; fiscalYear: number }) {
  return (
    <section aria-labelledby="downloads">
      <h2 id="downloads">Download this report</h2>
      <ul>
        {FILES.map(({ ending, name, holds }) => (
          <li key={ending}>
            <a href={fileAddress(agency, fiscalYear, ending)} download>
              {name}
            </a>
            : {holds}
          </li>
        ))}
      </ul>
    </section>
  );
}
