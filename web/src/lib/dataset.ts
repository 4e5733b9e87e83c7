// A report as a schema.org Dataset, for search engines that look for data.

import type { Report } from "../pages/report-query.ts";
import { fileAddress, reportAddress } from "./address.ts";
import { capital } from "./words.ts";

/** What of a report is described. */
type Described = Pick<
  Report,
  "title" | "summary" | "fiscalYear" | "periodStart" | "periodEnd" | "publishedAt" | "revision" | "agency" | "source" | "everything"
>;

export function describeDataset(report: Described, origin: string): object {
  const { agency, source } = report;
  const url = origin + reportAddress(agency.code, report.fiscalYear);
  const units = new Map(report.everything.aggregate.totals.map(({ unit }) => [unit.code, unit]));
  return {
    "@context": "https://schema.org",
    "@type": "Dataset",
    "@id": url,
    url,
    name: report.title,
    description: report.summary ?? `Figures of ${agency.name} for fiscal year ${report.fiscalYear}.`,
    creator: {
      "@type": "GovernmentOrganization",
      name: agency.name,
      alternateName: agency.code,
      ...(agency.department && { parentOrganization: { "@type": "GovernmentOrganization", name: agency.department } }),
    },
    temporalCoverage: `${report.periodStart}/${report.periodEnd}`,
    dateModified: report.publishedAt,
    version: String(report.revision),
    isAccessibleForFree: true,
    ...(source.licence && { license: { "@type": "CreativeWork", name: source.licence } }),
    isBasedOn: {
      "@type": "CreativeWork",
      name: source.title,
      ...(source.publisher && { publisher: { "@type": "Organization", name: source.publisher } }),
      ...(source.url && { url: source.url }),
    },
    variableMeasured: [...units.values()].map(({ code, plural }) => ({
      "@type": "PropertyValue",
      name: capital(plural),
      unitText: code,
    })),
    distribution: [
      ...[
        ["zip", "application/zip"],
        ["csv", "text/csv"],
      ].map(([ending, encodingFormat]) => ({
        "@type": "DataDownload",
        encodingFormat,
        contentUrl: origin + fileAddress(agency.code, report.fiscalYear, ending!),
      })),
      { "@type": "DataDownload", encodingFormat: "application/graphql-response+json", contentUrl: `${origin}/graphql` },
    ],
  };
}
