const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A day as it stands in files, such as 3 Mar 2026, as YYYY-MM-DD; empty where it is none. */
export function dayOf(words: string): string {
  const [, day = "", month = "", year = ""] = /^(\d{1,2}) (\w{3}) (\d{4})$/.exec(words) ?? [];
  const place = MONTHS.indexOf(month);
  return place < 0 ? "" : `${year}-${String(place + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;
}
