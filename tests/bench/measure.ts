/** Timings of one figure in milliseconds. `ratio` is its median over the floor's median in the same run. */
export type Figure = { median: number; p95: number; runs: number };

const round = (value: number) => Math.round(value * 100) / 100;

/** Runs something again and again, the first few times unmeasured. */
export async function measure(runs: number, run: (i: number) => unknown): Promise<Figure> {
  return measureOn(runs, (i) => i, run);
}

/** The same, on something made anew for each run, which isn't measured. */
export async function measureOn<T>(runs: number, make: (i: number) => T, run: (made: T) => unknown): Promise<Figure> {
  const times: number[] = [];
  const warm = Math.max(2, Math.floor(runs / 5));
  for (let i = -warm; i < runs; i++) {
    const made = make(i + warm);
    const begun = performance.now();
    await run(made);
    if (i >= 0) times.push(performance.now() - begun);
  }
  return figureOf(times);
}

/** The median and the 95th percentile of timings. */
export function figureOf(times: number[]): Figure {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { median: at(0.5), p95: at(0.95), runs: sorted.length };
}

export function ratio(figure: Figure, floor: Figure): number {
  return round(figure.median / floor.median);
}
