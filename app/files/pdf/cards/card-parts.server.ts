import type { CallCard } from "~/domain/call-card/call-card";
import type { PartyKind } from "~/domain/matrix/shapes";
import type { Box, Boxes } from "./boxes.server";
import { leading, type Style } from "../pen.server";

const BLACK = "#000000";

/** A black style: cards are printed on machines without colour, and read in the dark. */
export function black(size: number, face: Style["face"] = "regular"): Style {
  return { face, size, color: BLACK };
}

/** The shape of a party, as high as a line of text: a circle for the client, a square for the provider, a diamond for a third party. */
export function partyShape(boxes: Boxes, kind: PartyKind | null, size: number): Box {
  const across = size * 0.62;
  return boxes.artifact(leading(size), (doc, x, y) => {
    const top = y + (leading(size) - across) / 2;
    const [cx, cy] = [x + across / 2, top + across / 2];
    if (kind === "client") doc.circle(cx, cy, across / 2).fill(BLACK);
    else if (kind === "provider") doc.rect(x, top, across, across).fill(BLACK);
    else if (kind === "third-party")
      doc
        .moveTo(cx, top - 0.6)
        .lineTo(x + across + 0.6, cy)
        .lineTo(cx, top + across + 0.6)
        .lineTo(x - 0.6, cy)
        .fill(BLACK);
    else
      doc
        .circle(cx, cy, across / 2 - 0.4)
        .lineWidth(0.8)
        .strokeColor(BLACK)
        .stroke();
  });
}

/** What a card says under its trigger: what kind of trouble, and between whom. */
export function subtitleOf({ kind, parties }: CallCard): string {
  return [kind, parties].filter(Boolean).join(" · ");
}
