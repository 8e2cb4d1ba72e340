import { lazily } from "../../primitives/lazily";

/** The panels beside a path, its cover across the week, and who it calls at a moment, which no first render of the page needs. They are loaded after hydration. */
const level = lazily(async () => (await import("./level-panel")).LevelPanel);
const path = lazily(async () => (await import("./path-panel")).PathPanel);
const calls = lazily(async () => (await import("../path-calls")).PathCalls);
const cover = lazily(async () => (await import("../cover/cover-section")).CoverSection);

export const LevelPanel = level.Component;
export const PathPanel = path.Component;
export const PathCalls = calls.Component;
export const CoverSection = cover.Component;
export const PANELS = [level, path, calls, cover];
