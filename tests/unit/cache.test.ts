import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cacheOf, oncePer, promiseCacheOf } from "~/domain/cache";

describe("a cache", () => {
  it("keeps the values used last, and forgets the one used longest ago", () => {
    const cache = cacheOf<number>(2);
    expect([cache.set("a", 1), cache.set("b", 2), cache.get("a"), cache.set("c", 3)]).toEqual([1, 2, 1, 3]);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
    cache.delete("a");
    expect([cache.get("a"), cache.get("c"), cache.set("c", 4), cache.get("c")]).toEqual([undefined, 3, 4, 4]);
  });

  it("answers as a list of what was used last would, whatever is asked of it", () => {
    const key = fc.constantFrom("a", "b", "c", "d", "e");
    const act = fc.record({ kind: fc.constantFrom("get", "set", "delete"), key, value: fc.nat(9) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(act, { maxLength: 40 }), (limit, acts) => {
        const cache = cacheOf<number>(limit);
        let used: [string, number][] = [];
        for (const { kind, key: name, value } of acts) {
          const found = used.find(([one]) => one === name)?.[1];
          const others = used.filter(([one]) => one !== name);
          if (kind === "delete") cache.delete(name);
          else if (kind === "set") expect(cache.set(name, value)).toBe(value);
          else expect(cache.get(name)).toBe(found);
          const now = kind === "set" ? value : kind === "get" ? found : undefined;
          used = (now === undefined ? others : [...others, [name, now] satisfies [string, number]]).slice(-limit);
        }
      }),
      { seed: 20 },
    );
  });

  it("makes once what several ask for, and anew what failed", async () => {
    const cached = promiseCacheOf<number>(2);
    let made = 0;
    const make = () => Promise.resolve((made += 1));
    const fail = () => Promise.reject(new Error("The disk is full."));
    expect(await Promise.all([cached("a", make), cached("a", make)])).toEqual([1, 1]);
    await expect(cached("b", fail)).rejects.toThrow("The disk is full.");
    expect([await cached("b", make), await cached("b", make), await cached("a", make)]).toEqual([2, 2, 1]);
  });
});

it("what is computed once per object is computed again for another one, however alike", () => {
  let computed = 0;
  const countOf = oncePer((_: { name: string }) => ++computed);
  const [one, other] = [{ name: "a" }, { name: "a" }];
  expect([countOf(one), countOf(one), countOf(other), countOf(one), countOf(other)]).toEqual([1, 1, 2, 1, 2]);
  const nothing = oncePer((_: object) => {
    computed++;
    return undefined;
  });
  expect([nothing(one), nothing(one), computed]).toEqual([undefined, undefined, 3]);
});
