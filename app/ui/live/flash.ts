const FLASH_MS = 1_800;

/** Shows once, without moving anything, which duties on screen somebody else just changed. */
export function flashDuties(dutyIds: readonly string[]): void {
  for (const id of dutyIds)
    for (const element of elementsOf(id))
      element.animate(
        [
          { outline: "2px solid var(--ink)", outlineOffset: "-2px" },
          { outline: "2px solid var(--ink)", outlineOffset: "-2px", offset: 0.6 },
          { outline: "2px solid transparent", outlineOffset: "-2px" },
        ],
        FLASH_MS,
      );
}

function elementsOf(dutyId: string): Element[] {
  const id = CSS.escape(dutyId);
  return [...document.querySelectorAll(`[data-duty="${id}"], [data-row="${id}"]`)];
}
