/** A number of minutes in words, such as “45 minutes”, “2 hours” or “1 hour 30 minutes”. Days are not used: on a clock of working hours a day has no fixed length. */
export function minuteWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const words = [hours > 0 ? counted(hours, "hour") : "", rest > 0 || hours === 0 ? counted(rest, "minute") : ""];
  return words.filter(Boolean).join(" ");
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
