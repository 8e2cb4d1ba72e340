import { lazily } from "../../primitives/lazily";

/** The panels beside a path, which no first render of the page needs. They are loaded after hydration. */
const level = lazily(async () => (await import("./level-panel")).LevelPanel);
const path = lazily(async () => (await import("./path-panel")).PathPanel);
const scenario = lazily(async () => (await import("../scenario/scenario-panel")).ScenarioPanel);

export const LevelPanel = level.Component;
export const PathPanel = path.Component;
export const ScenarioPanel = scenario.Component;
export const PANELS = [level, path, scenario];
