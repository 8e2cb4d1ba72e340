import type { TextDocument } from "~/domain/blocks";

/** A document of text with every kind of block that minutes have. */
export function someMinutes(paper: TextDocument["paper"]): TextDocument {
  return {
    title: "Minutes",
    subtitle: "Of a workshop",
    subject: "Workshop",
    names: "Northwind and Harbour IT",
    foot: "Held on 2 March",
    paper,
    at: "2026-03-02T09:00:00.000Z",
    chapters: [
      {
        title: "What was said",
        blocks: [
          { kind: "list", items: ["One", "Two"] },
          { kind: "heading", text: "Duties" },
          {
            kind: "table",
            label: "Duties",
            columns: [
              { title: "Code", share: 20 },
              { title: "Duty", share: 80 },
            ],
            rows: [["SUP-01", "Answer"]],
            groups: [{ at: 0, title: "Support" }],
          },
          { kind: "facts", label: "Where", facts: [{ label: "Room", value: "4" }] },
        ],
      },
      {
        title: "What is next",
        blocks: [
          { kind: "heading", text: "Soon" },
          { kind: "list", items: ["Three"] },
        ],
      },
    ],
  };
}
