import type { Fact, TextBlock, TextDocument } from "../../blocks";
import { dayWords, momentWords } from "../../day-words";
import type { CalendarEntry, CalendarPlan } from "../../escalation/calendar";
import { minuteWords } from "../../minute-words";
import type { Paper } from "../../pack/report-parts";
import type { MinutesItem, WorkshopMinutes } from "./minutes";
import { OUTCOME_WORDS } from "../outcome";

/** What an item is called: a duty by its code and text, a path by its name. */
function itemCalled({ code, text }: Pick<MinutesItem, "code" | "text">): string {
  return code === "" ? text : `${code} ${text}`;
}

/** A span in words; what is shorter than half a minute was next to nothing. */
export function spentWords(ms: number): string {
  return ms < 30_000 ? "Under a minute" : minuteWords(Math.round(ms / 60_000));
}

/** What somebody was in a workshop, in words; empty for whoever came with an account and had no further part. */
export function partWords({ facilitator, host, guest, party }: WorkshopMinutes["tookPart"][number]): string {
  const parts = [facilitator ? "facilitator" : "", host ? `host of ${party}` : "", guest ? "guest" : ""].filter(
    Boolean,
  );
  const words = parts.join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether a workshop is over, in a sentence; `at` is the moment at which it is looked at, in ISO 8601. */
function endedWords({ stage, openedAt, endedAt }: WorkshopMinutes, at: string): string {
  if (endedAt !== null) return momentWords(new Date(endedAt).toISOString());
  const asOf = `These minutes are as of ${momentWords(at)}.`;
  if (stage === "open") return `Not ended: it is still open. ${asOf}`;
  return openedAt === null ? `Not opened yet. ${asOf}` : `Not ended: it goes on another day. ${asOf}`;
}

/** What is said of the titles of the minutes' parts where nothing stands in them. */
export const NOTHING_SETTLED = "Nothing was agreed.";

/** The minutes as a document. `at` is the moment at which it is written, in ISO 8601. */
export function minutesDocument(
  minutes: WorkshopMinutes,
  { number, paper, at }: { number: number; paper: Paper; at: string },
): TextDocument {
  const names = `${minutes.client} and ${minutes.provider}`;
  const parts: [title: string, items: readonly MinutesItem[]][] = [
    ["Parked", minutes.parked],
    ["Disputed", minutes.disputed],
    ["Left for another day", minutes.left],
  ];
  return {
    title: `Minutes: ${minutes.title}`,
    subtitle: names,
    subject: `Minutes of workshop ${number}`,
    names,
    foot: minutes.endedAt === null ? `Not ended, as of ${momentWords(at)}` : `Ended ${endedWords(minutes, at)}`,
    paper,
    at,
    chapters: [
      { title: "The workshop", blocks: [aboutBlock(minutes, at), peopleTable(minutes)] },
      {
        title: "Agreed",
        blocks:
          minutes.settled.length === 0
            ? [{ kind: "paragraph", text: NOTHING_SETTLED, look: "plain" }]
            : minutes.settled.flatMap(itemBlocks),
      },
      ...parts.flatMap(([title, items]) => (items.length === 0 ? [] : [{ title, blocks: items.flatMap(itemBlocks) }])),
    ],
  };
}

function aboutBlock(minutes: WorkshopMinutes, at: string): TextBlock {
  const { openedAt, settled, parked, disputed, left, spentMs, settledAnHour } = minutes;
  const facts: Fact[] = [
    { label: "Led by", value: minutes.facilitator },
    { label: "Opened", value: openedAt === null ? "Not opened yet" : momentWords(new Date(openedAt).toISOString()) },
    { label: "Ended", value: endedWords(minutes, at) },
    { label: "Talked for", value: spentWords(spentMs) },
    {
      label: "Came to",
      value: `${settled.length} agreed, ${parked.length} parked, ${disputed.length} disputed, ${left.length} left`,
    },
    ...(settledAnHour === null ? [] : [{ label: "Agreed an hour", value: String(settledAnHour) }]),
  ];
  return { kind: "facts", label: "About the workshop", facts };
}

function peopleTable({ tookPart }: WorkshopMinutes): TextBlock {
  return {
    kind: "table",
    label: "Who took part",
    columns: [
      { title: "Who took part", share: 40 },
      { title: "Party", share: 30 },
      { title: "As", share: 30 },
    ],
    rows: tookPart.map((person) => [person.label, person.party, partWords(person)]),
  };
}

function itemBlocks(item: MinutesItem): TextBlock[] {
  const facts = itemFacts(item);
  return [
    { kind: "heading", text: itemCalled(item) },
    ...(facts.length === 0 ? [] : [{ kind: "facts" as const, label: itemCalled(item), facts }]),
  ];
}

/** What the minutes say of an item, as labels and values, on the page as in the files. */
export function itemFacts(item: MinutesItem): Fact[] {
  const { status, words, split, parked, positions, pictures, reasons, confirmedBy, leftOut, outcome, spentMs, board } =
    item;
  return [
    ...(status === "settled" ? [{ label: "Agreed", value: split?.words ?? words }] : []),
    ...(split && split.boundary !== "" ? [{ label: "Boundary", value: split.boundary }] : []),
    ...(parked
      ? [
          { label: "Taken up by", value: parked.owner },
          { label: "On", value: dayWords(parked.until) },
        ]
      : []),
    ...positions.map(({ party, position }) => ({ label: `${party} holds`, value: position })),
    ...(confirmedBy.length === 0
      ? []
      : [{ label: "Confirmed by", value: confirmedBy.map(({ party, label }) => `${label} for ${party}`).join(", ") }]),
    ...(outcome
      ? [{ label: "At the reveal", value: `${OUTCOME_WORDS[outcome].name}. ${OUTCOME_WORDS[outcome].meaning}` }]
      : []),
    ...pictures.map(({ party, words: proposed, overruled }) => ({
      label: `${party} proposed`,
      value: `${proposed}${overruled ? " It was settled otherwise." : ""}`,
    })),
    ...(reasons.length === 0
      ? []
      : [{ label: "Reasons", value: reasons.map(({ label, reason }) => `${label}: ${reason}`).join("\n") }]),
    ...(leftOut.length === 0 ? [] : [{ label: "Left out", value: `${leftOut.join(", ")} had not sealed yet.` }]),
    ...(board === "" ? [] : [{ label: "On the board", value: board }]),
    ...(spentMs === 0 ? [] : [{ label: "Talked for", value: spentWords(spentMs) }]),
  ];
}

/** What was parked, as a calendar of whole days; null where nothing was. `about` says of each which workshop parked it. */
export function followUps(minutes: WorkshopMinutes, about: string): CalendarPlan | null {
  const entries = minutes.parked.flatMap((item): CalendarEntry[] => {
    if (!item.parked) return [];
    const { owner, until } = item.parked;
    const from = Date.parse(until);
    return [
      {
        id: item.itemId,
        title: `${itemCalled(item)}: ${owner}`,
        description: [
          `${owner} takes it up again.`,
          ...item.reasons.map(({ label, reason }) => `${label}: ${reason}`),
          about,
        ].join("\n"),
        place: "",
        from,
        to: from + 24 * 60 * 60_000,
        wholeDay: true,
        recurs: null,
      },
    ];
  });
  if (entries.length === 0) return null;
  return { name: `Follow-ups: ${minutes.title}`, description: about, entries };
}
