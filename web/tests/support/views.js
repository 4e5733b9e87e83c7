// The views that every promise is held for.

export const VIEWS = [
  { name: "reports", path: "/" },
  { name: "report", path: "/reports/ICE/2007" },
  { name: "part of a report", path: "/reports/ICE/2007?division=none&measure=money-secured:USD" },
  { name: "division", path: "/reports/ICE/2007/divisions/OI" },
  { name: "metrics", path: "/catalogue" },
  { name: "metric", path: "/catalogue/fugitive-operations-teams" },
  { name: "general metric", path: "/catalogue/money-secured" },
  { name: "search", path: "/search?q=fugitive" },
];
