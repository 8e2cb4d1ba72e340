/** "1 duty", "12 duties". */
export function dutyCount(count: number): string {
  return count === 1 ? "1 duty" : `${count} duties`;
}
