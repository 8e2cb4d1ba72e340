import { leftOutWords, type CallCard } from "~/domain/call-card/call-card";
import { TARGET_NOTE } from "~/domain/parts/paths";
import { NOTHING, type Box, type Boxes } from "./boxes.server";
import { black, partyShape, subtitleOf } from "./card-parts.server";

type Level = CallCard["levels"][number];
type Called = Level["calls"][number];
type Actions = CallCard["offLimits"];

const WHITE = "#FFFFFF";

/** A call card as one page of a width: who is called when at the top, what holds beside that below, and how long it is good at the foot. */
export function cardPage(boxes: Boxes, card: CallCard, width: number, note: string): Box {
  const { scale } = card;
  const small = black(8 * scale);
  const half = (width - 16) / 2;
  const times = [
    ...card.times.map(({ label, value }) => `${label}: ${value}`),
    ...(card.times.length > 0 ? [TARGET_NOTE] : []),
  ];
  return boxes.stack(
    [
      head(boxes, card, width),
      levelTable(boxes, card, width),
      boxes.framed(
        boxes.stack([
          boxes.text("When nobody answers", black(10 * scale, "bold"), width - 16, "H2"),
          boxes.text(card.lastResort || "Not agreed. Ask who leads on each side.", black(10 * scale), width - 16),
        ]),
        width,
        { pad: 8 * scale, border: 2 },
      ),
      boxes.row([
        {
          width: half + 16,
          box: boxes.stack(
            [
              section(boxes, "Hand over with each call", [card.handover || "Not agreed"], half, scale),
              times.length > 0 ? section(boxes, "Updates and targets", times, half, scale) : NOTHING,
            ],
            8 * scale,
          ),
        },
        { width: half, box: containment(boxes, card, half) },
      ]),
      boxes.stack(
        [
          boxes.rule(width, 1),
          ...[card.validity, card.withheld, leftOutWords(card) || `Kept in Demarc: ${card.address}`, note].map(
            (words) => boxes.text(words, small, width),
          ),
        ],
        2,
      ),
    ],
    9 * scale,
  );
}

function head(boxes: Boxes, card: CallCard, width: number): Box {
  const { scale } = card;
  return boxes.stack(
    [
      boxes.text(`Call card: ${card.name}`, black(20 * scale, "bold"), width, "H1"),
      boxes.text(card.trigger || "It isn’t said yet when this path begins", black(12 * scale, "bold"), width),
      boxes.text(card.examples && `Such as: ${card.examples}`, black(9 * scale), width),
      boxes.text(`${subtitleOf(card)} · ${card.edition}`, black(8.5 * scale), width),
      boxes.text(card.clock, black(9 * scale), width),
    ],
    2 * scale,
  );
}

type Widths = { when: number; role: number; name: number; ways: number; may: number };

/** The room between two columns. */
const GAP = 8;

function widthsOf(width: number, scale: number): Widths {
  const when = 58 * scale;
  const rest = width - when;
  return { when, role: rest * 0.25, name: rest * 0.24, ways: rest * 0.27, may: rest * 0.24 };
}

function levelTable(boxes: Boxes, card: CallCard, width: number): Box {
  const { scale, levels } = card;
  if (levels.length === 0)
    return boxes.text("This path has no level yet, so it calls nobody.", black(11 * scale), width);
  const widths = widthsOf(width, scale);
  const titles: [string, number][] = [
    ["When", widths.when],
    ["Role", widths.role],
    ["Who", widths.name],
    ["Reached by", widths.ways],
    ["How, and what they may do", widths.may],
  ];
  return boxes.stack(
    [
      boxes.row(
        titles.map(([title, wide]) => ({
          width: wide,
          box: boxes.stack([boxes.text(title, black(8 * scale, "bold"), wide - GAP)], 0, {
            tag: "TH",
            scope: "Column",
          }),
        })),
        { tag: "TR" },
      ),
      ...levels.flatMap((level) => [boxes.rule(width, 0.75), levelRow(boxes, level, widths, scale)]),
      boxes.rule(width, 0.75),
    ],
    3 * scale,
    { tag: "Table", alt: `Who is called when by ${card.name}` },
  );
}

function levelRow(boxes: Boxes, level: Level, widths: Widths, scale: number): Box {
  const who = widths.role + widths.name + widths.ways;
  const none = boxes.text("Nobody is called at this level; it is passed over.", black(9.5 * scale), who - GAP);
  const calls = level.calls.map((call) => calledRole(boxes, call, widths, scale));
  return boxes.row(
    [
      { width: widths.when, box: whenCell(boxes, level, widths.when - GAP, scale) },
      { width: who, box: boxes.stack(calls.length === 0 ? [none] : calls, 3 * scale, { tag: "TD" }) },
      { width: widths.may, box: mayCell(boxes, level, widths.may, scale) },
    ],
    { tag: "TR" },
  );
}

function whenCell(boxes: Boxes, { number, short }: Level, width: number, scale: number): Box {
  return boxes.stack(
    [boxes.text(short, black(11.5 * scale, "bold"), width), boxes.text(`Level ${number}`, black(7.5 * scale), width)],
    0,
    { tag: "TH", scope: "Row" },
  );
}

function calledRole(boxes: Boxes, { role, party, kind, people, note }: Called, widths: Widths, scale: number): Box {
  const size = 9.5 * scale;
  const indent = size;
  const room = widths.role - indent - GAP;
  const who = widths.name + widths.ways - GAP;
  return boxes.row([
    { width: indent, box: partyShape(boxes, kind, size) },
    {
      width: room + GAP,
      box: boxes.stack([boxes.text(role, black(size, "bold"), room), boxes.text(party, black(7.5 * scale), room)]),
    },
    {
      width: widths.name + widths.ways,
      box: boxes.stack(
        [
          ...people.map((person) => calledPerson(boxes, person, widths, scale)),
          boxes.text(note, black(size, "bold"), who),
        ],
        2 * scale,
      ),
    },
  ]);
}

function calledPerson(
  boxes: Boxes,
  { name, when, ways, verified }: Called["people"][number],
  widths: Widths,
  scale: number,
): Box {
  const [left, right] = [widths.name - GAP, widths.ways - GAP];
  return boxes.row([
    {
      width: widths.name,
      box: boxes.stack([boxes.text(name, black(9.5 * scale), left), boxes.text(when, black(7.5 * scale), left)]),
    },
    {
      width: widths.ways,
      box: boxes.stack([
        ways.length === 0 ? boxes.text("No way to reach them here", black(9 * scale, "bold"), right) : NOTHING,
        ...ways.map((way, i) => wayLine(boxes, way, right, (way.to.includes("@") ? 8.5 : i === 0 ? 10.5 : 9) * scale)),
        boxes.text(verified, black(7.5 * scale), right),
      ]),
    },
  ]);
}

/** A number or an address, and in small letters behind it what sort of number it is. */
function wayLine(
  boxes: Boxes,
  { to, label }: Called["people"][number]["ways"][number],
  width: number,
  size: number,
): Box {
  const [number, sort] = [black(size, "bold"), black(size * 0.76)];
  const words = label && `(${label})`;
  const wide = boxes.widthOf(to, number) + 3;
  if (words === "" || wide + boxes.widthOf(words, sort) > width)
    return boxes.stack([boxes.text(to, number, width), boxes.text(words, sort, width)]);
  return boxes.row([
    { width: wide, box: boxes.text(to, number, wide) },
    { width: width - wide, box: lowered(boxes.text(words, sort, width - wide), size * 0.2) },
  ]);
}

/** The same a little further down, so that small letters stand on the line of larger ones. */
function lowered(box: Box, by: number): Box {
  return { height: box.height + by, draw: (parent, x, y) => box.draw(parent, x, y + by) };
}

function mayCell(boxes: Boxes, { channels, mayDecide, may }: Level, width: number, scale: number): Box {
  return boxes.stack(
    [
      mayDecide ? tagged(boxes, "MAY DECIDE", scale, "filled") : NOTHING,
      boxes.text(channels ? `By ${channels}` : "By any channel", black(8.5 * scale), width),
      boxes.text(may, black(8.5 * scale), width),
    ],
    2 * scale,
    { tag: "TD" },
  );
}

type Look = "plain" | "outlined" | "filled";

/** A few letters in a frame, told apart by its form alone: without one, with a line, or filled. */
function tagged(boxes: Boxes, words: string, scale: number, look: Look): Box {
  const size = 7.5 * scale;
  const style = { ...black(size, "bold"), color: look === "filled" ? WHITE : "#000000" };
  const pad = look === "plain" ? 0 : 2.5;
  const width = Math.ceil(boxes.widthOf(words, style)) + 2;
  return boxes.framed(boxes.text(words, style, width), width + 2 * pad, {
    pad,
    ...(look === "filled" ? { fill: "#000000" } : look === "outlined" ? { border: 1 } : {}),
  });
}

function containment(
  boxes: Boxes,
  { containment: { act, callFirst, never }, offLimits, scale }: CallCard,
  width: number,
): Box {
  const groups: [string, Look, Actions][] = [
    ["ACT, THEN REPORT", "plain", act],
    ["CALL FIRST", "outlined", callFirst],
    ["NEVER", "filled", never],
    ["OFF LIMITS: DON’T TOUCH", "filled", offLimits],
  ];
  const shown = groups.filter(([, , actions]) => actions.length > 0);
  if (shown.length === 0) return NOTHING;
  return boxes.stack(
    [
      boxes.text("Containment", black(10 * scale, "bold"), width, "H2"),
      ...shown.map(([words, look, actions]) =>
        boxes.stack(
          [
            tagged(boxes, words, scale, look),
            boxes.stack(
              actions.map((action) => point(boxes, action, width, scale)),
              1,
              { tag: "L" },
            ),
          ],
          2,
        ),
      ),
    ],
    4 * scale,
  );
}

function point(boxes: Boxes, { action, about }: Actions[number], width: number, scale: number): Box {
  const style = black(9 * scale);
  return boxes.row(
    [
      { width: 9, box: boxes.text("•", style, 9, "Lbl") },
      { width: width - 9, box: boxes.text(about ? `${action} (${about})` : action, style, width - 9, "LBody") },
    ],
    { tag: "LI" },
  );
}

function section(boxes: Boxes, title: string, texts: readonly string[], width: number, scale: number): Box {
  return boxes.stack(
    [
      boxes.text(title, black(10 * scale, "bold"), width, "H2"),
      ...texts.map((text) => boxes.text(text, black(9 * scale), width)),
    ],
    2,
  );
}
