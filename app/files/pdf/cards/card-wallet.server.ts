import type { CallCard } from "~/domain/call-card/call-card";
import type { Box, Boxes } from "./boxes.server";
import { black, partyShape } from "./card-parts.server";

type Level = CallCard["levels"][number];

/** A call card as large as a bank card: whom to call by their first number, and what holds when nobody answers. */
export function walletCard(boxes: Boxes, card: CallCard, width: number): Box {
  const { scale, levels, left } = card;
  const tiny = black(5.2 * scale);
  return boxes.stack(
    [
      boxes.stack(
        [
          boxes.text(`${card.name}: ${card.trigger}`, black(7.2 * scale, "bold"), width, "H1"),
          boxes.text(card.parties, tiny, width),
        ],
        0,
      ),
      boxes.rule(width, 0.7),
      ...(levels.length === 0 ? [boxes.text("This path has no level yet.", black(6.5), width)] : []),
      ...levels.map((level) => walletLevel(boxes, level, width, scale)),
      boxes.rule(width, 0.7),
      boxes.text(`Nobody answers: ${card.lastResort || "not agreed"}`, black(6 * scale, "bold"), width),
      boxes.text(
        [
          card.withheld === "" ? "" : "Without names and numbers",
          left.length === 0 ? "" : `Without ${left.join(", ")}: see the full card`,
          card.edition,
          card.until,
        ]
          .filter(Boolean)
          .join(" · "),
        tiny,
        width,
      ),
    ],
    1.6,
  );
}

function walletLevel(boxes: Boxes, { short, calls, mayDecide }: Level, width: number, scale: number): Box {
  const when = 34 * scale;
  const rest = width - when;
  const size = 6.6 * scale;
  const none = boxes.text("nobody", black(size), rest);
  return boxes.row([
    { width: when, box: boxes.text(short, black(size, "bold"), when - 2) },
    {
      width: rest,
      box: boxes.stack(
        calls.length === 0 ? [none] : calls.map((call) => walletCall(boxes, call, { mayDecide, width: rest, size })),
      ),
    },
  ]);
}

type Placed = { mayDecide: boolean; width: number; size: number };

function walletCall(
  boxes: Boxes,
  { role: name, kind, people, note }: Level["calls"][number],
  { mayDecide, width, size }: Placed,
): Box {
  const role = mayDecide ? `${name} (may decide)` : name;
  const indent = size * 0.95;
  const room = width - indent;
  const [first, ...others] = people;
  const numbers = room * 0.4;
  const line = (who: string, [way]: readonly { to: string }[]) => {
    const to = way?.to ?? "no number";
    // An address is too long to stand beside a name.
    if (to.includes("@"))
      return boxes.stack([boxes.text(who, black(size), room), boxes.text(to, black(size, "bold"), room)]);
    return boxes.row([
      { width: room - numbers, box: boxes.text(who, black(size), room - numbers - 2) },
      { width: numbers, box: boxes.text(to, black(size * 1.06, "bold"), numbers) },
    ]);
  };
  return boxes.row([
    { width: indent, box: partyShape(boxes, kind, size) },
    {
      width: room,
      box: boxes.stack([
        first
          ? line(`${role}: ${first.name}`, first.ways)
          : boxes.text([role, note].filter(Boolean).join(": "), black(size), room),
        ...others.map((other) => line(`then ${other.name}`, other.ways)),
      ]),
    },
  ]);
}
