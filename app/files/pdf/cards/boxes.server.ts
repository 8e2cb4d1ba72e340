import { leading, LINE, type Doc, type Pen, type Style } from "../pen.server";
import type { StructureElement } from "../rows.server";

/** Something with a known height that is drawn later, with its top left corner at a place, as a part of an element of the structure tree. */
export type Box = { height: number; draw: (parent: StructureElement, x: number, y: number) => void };

/** A part of a document with a tag, which holds other parts. */
type Tag = { tag: string; scope?: "Column" | "Row"; alt?: string };

/** Makes boxes of one document: texts of a width, boxes below or beside each other, and lines around them. */
export type Boxes = {
  text: (text: string, style: Style, width: number, tag?: string) => Box;
  /** How wide a text is on one line. */ widthOf: Pen["width"];
  /** One below the other. */ stack: (boxes: readonly Box[], gap?: number, tag?: Tag) => Box;
  /** Beside each other, each with its width; as high as the highest. */
  row: (cells: readonly { box: Box; width: number }[], tag?: Tag) => Box;
  /** With room around it, and with a border or a fill. */
  framed: (box: Box, width: number, frame: Frame) => Box;
  /** A picture that says nothing by itself. */ artifact: (height: number, paint: Paint) => Box;
  /** A line over a width. */ rule: (width: number, weight: number) => Box;
};
type Paint = (doc: Doc, x: number, y: number) => void;
type Frame = { pad: number; border?: number; fill?: string };

/** Nothing, without any height. */
export const NOTHING: Box = { height: 0, draw: () => undefined };

export function createBoxes(doc: Doc, pen: Pen): Boxes {
  const within = (parent: StructureElement, tag: Tag | undefined, draw: (element: StructureElement) => void) => {
    if (!tag) return draw(parent);
    // The package's types lack `scope`; with a property that they have, `title`, the object is accepted.
    const said = { ...(tag.scope ? { scope: tag.scope } : {}), ...(tag.alt ? { alt: tag.alt } : {}), title: undefined };
    const element = doc.struct(tag.tag, said);
    parent.add(element);
    draw(element);
    element.end();
  };
  const artifact = (height: number, paint: Paint): Box => ({
    height,
    draw: (_parent, x, y) => {
      doc.markContent("Artifact", { type: "Layout" });
      paint(doc, x, y);
      doc.endMarkedContent();
    },
  });
  return {
    artifact,
    widthOf: pen.width,
    text: (text, style, width, tag = "P") => {
      const lines = pen.lines(text, style, width);
      if (lines.length === 0) return NOTHING;
      const step = leading(style.size);
      return {
        height: lines.length * step,
        draw: (parent, x, y) =>
          within(parent, { tag }, (element) =>
            element.add(() => lines.forEach((line, i) => pen.line(line, x, y + i * step, style, width))),
          ),
      };
    },
    stack: (boxes, gap = 0, tag) => {
      const shown = boxes.filter(({ height }) => height > 0);
      return {
        height: shown.reduce((sum, { height }) => sum + height, Math.max(0, shown.length - 1) * gap),
        draw: (parent, x, y) =>
          within(parent, tag, (element) => {
            let top = y;
            for (const box of shown) {
              box.draw(element, x, top);
              top += box.height + gap;
            }
          }),
      };
    },
    row: (cells, tag) => ({
      height: Math.max(0, ...cells.map(({ box }) => box.height)),
      draw: (parent, x, y) =>
        within(parent, tag, (element) => {
          let left = x;
          for (const { box, width } of cells) {
            box.draw(element, left, y);
            left += width;
          }
        }),
    }),
    framed: (box, width, { pad, border, fill }) => {
      const height = box.height + 2 * pad;
      const edge = artifact(height, (at, x, y) => {
        if (fill) at.rect(x, y, width, height).fill(fill);
        if (border) at.rect(x, y, width, height).lineWidth(border).strokeColor("#000000").stroke();
      });
      return {
        height,
        draw: (parent, x, y) => {
          edge.draw(parent, x, y);
          box.draw(parent, x + pad, y + pad);
        },
      };
    },
    rule: (width, weight) =>
      artifact(weight, (at, x, y) =>
        at
          .moveTo(x, y)
          .lineTo(x + width, y)
          .lineWidth(weight)
          .strokeColor(weight > 0.6 ? "#000000" : LINE)
          .stroke(),
      ),
  };
}
