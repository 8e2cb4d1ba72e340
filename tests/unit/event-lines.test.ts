import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { positionsText } from "~/domain/live/live-event";
import { parsePositions } from "~/domain/live/positions.server";
import { createEventReader } from "~/ui/live/event-lines";

describe("server-sent events", () => {
  it("are read whole, however the text that brings them is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.json()), fc.array(fc.nat(200)), (sent, cuts) => {
        const text = sent.map((json, i) => `id: m.${i}\ndata: ${json}\n\n: alive\n\n`).join("");
        const read = createEventReader();
        const found: string[] = [];
        let at = 0;
        for (const length of cuts) found.push(...read(text.slice(at, (at += length))));
        found.push(...read(text.slice(at)));
        expect(found).toEqual(sent);
      }),
    );
  });
});

describe("the positions of a stream", () => {
  it("are read as they are written", () => {
    const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(id, fc.nat()), { minLength: 1, maxLength: 20, selector: ([key]) => key }),
        (entries) => {
          const positions = new Map(entries);
          expect(parsePositions(positionsText(positions))).toEqual({ ok: true, value: positions });
        },
      ),
    );
  });

  it.each(["", "m", "m.", ".1", "m.-1", "m.1e3", "m.1234567890123456", "m.1,", "a b.1", `${"m".repeat(70)}.1`])(
    "are refused where they say nothing: %s",
    (text) => {
      expect(parsePositions(text).ok).toBe(false);
    },
  );
});
