const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A calendar day as 3 Mar 2026. */
export function dayWords(day: string | null): string {
  if (!day) return "Not set";
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** A moment as 3 Mar 2026, 09:00:05 UTC: a document is read in every zone, so it names its own. */
export function momentWords(iso: string): string {
  return `${dayWords(iso.slice(0, 10))}, ${iso.slice(11, 19)} UTC`;
}
