/** The most that an amount may be. */
const LARGEST_AMOUNT = 1_000_000_000_000;

/** A whole amount from words such as “5,000” or “5 000”; null where it can't be read or is too large. */
export function amountFrom(text: string): number | null {
  const digits = text.trim().replace(/(?<=\d)[\s.,’'](?=\d{3}(?!\d))/g, "");
  const amount = /^\d{1,13}$/.test(digits) ? Number(digits) : null;
  return amount !== null && amount <= LARGEST_AMOUNT ? amount : null;
}
