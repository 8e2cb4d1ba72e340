/** Minutes in words: “45 minutes”, “1 hour 30 minutes”. */
export function minutesWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  const words = [
    hours > 0 ? `${hours} hour${hours === 1 ? "" : "s"}` : "",
    rest > 0 || hours === 0 ? `${rest} minute${rest === 1 ? "" : "s"}` : "",
  ];
  return words.filter(Boolean).join(" ");
}
