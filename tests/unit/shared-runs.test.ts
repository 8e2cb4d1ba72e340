import { describe, expect, it } from "vitest";
import { sharedRuns } from "~/services/live/shared-runs.server";

/** A reading that ends when it is told to, and says what stood when it began. */
function readings() {
  let stands = 0;
  const ends: (() => void)[] = [];
  const shared = sharedRuns(async (key) => {
    const read = `${key} ${stands}`;
    await new Promise<void>((resolve) => ends.push(resolve));
    if (read.endsWith("-1")) throw new Error("Unreadable.");
    return read;
  });
  return { shared, ends, set: (value: number) => void (stands = value) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("a shared reading", () => {
  it("is begun twice for any number who ask at once, and gives nobody what stood before they asked", async () => {
    const { shared, ends, set } = readings();
    const first = shared("a");
    set(1);
    const later = Array.from({ length: 60 }, () => shared("a"));
    expect(ends).toHaveLength(1);
    ends[0]?.();
    expect(await first).toBe("a 0");
    await settled();
    expect(ends).toHaveLength(2);
    // What is asked for while the second one runs isn't answered by it either.
    set(2);
    const last = shared("a");
    ends[1]?.();
    expect(new Set(await Promise.all(later))).toEqual(new Set(["a 1"]));
    await settled();
    ends[2]?.();
    expect(await last).toBe("a 2");
    expect(ends).toHaveLength(3);
  });

  it("is one's own for each key, and one that fails holds nobody up after it", async () => {
    const { shared, ends, set } = readings();
    set(-1);
    const [failing, other] = [shared("a"), shared("b")];
    set(3);
    const next = shared("a");
    ends[0]?.();
    await expect(failing).rejects.toThrow("Unreadable.");
    ends[1]?.();
    await expect(other).rejects.toThrow("Unreadable.");
    await settled();
    ends[2]?.();
    expect(await next).toBe("a 3");
  });
});
