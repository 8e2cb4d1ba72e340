import { lazily } from "../../primitives/lazily";

/** The panels beside a path and its cover across the week, which no first render of the page needs. They are loaded after hydration. */
const level = lazily(async () => (await import("./level-panel")).LevelPanel);
const path = lazily(async () => (await import("./path-panel")).PathPanel);
const scenario = lazily(async () => (await import("../scenario/scenario-panel")).ScenarioPanel);
const cover = lazily(async () => (await import("../cover/cover-section")).CoverSection);

export const LevelPanel = level.Component;
export const PathPanel = path.Component;
export const ScenarioPanel = scenario.Component;
export const CoverSection = cover.Component;
export const PANELS = [level, path, scenario, cover];
