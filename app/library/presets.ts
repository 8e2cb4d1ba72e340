import { PRESET_IDS, type PresetId } from "./schema";

/** A way to begin: its name, what it means, and what each side keeps or takes. */
export type Preset = { id: PresetId; name: string; meaning: string; client: string; provider: string };

export const PRESETS: readonly Preset[] = [
  {
    id: "shared",
    name: "Side by side",
    meaning: "Internal IT stays close to people and sites; the provider runs the desk and the infrastructure.",
    client: "Keeps direction, users on site, business applications, approvals and the budget.",
    provider: "Runs the service desk, servers, network, cloud, patching, backup and security monitoring.",
  },
  {
    id: "provider-led",
    name: "Provider-led",
    meaning: "The provider does nearly everything; internal IT keeps direction, first line and people on site.",
    client: "Keeps first line, hands on site, direction, the budget and every reserved decision.",
    provider: "Does second and third line, infrastructure, security, suppliers and projects.",
  },
  {
    id: "security-night",
    name: "Security and night cover",
    meaning: "The provider watches and answers around the clock; internal IT keeps the day.",
    client: "Keeps users, infrastructure, projects and all decisions in its own working hours.",
    provider: "Judges alerts and contains threats at any hour, and answers and acts at night.",
  },
  {
    id: "projects",
    name: "Projects and strategy",
    meaning: "The provider plans, builds and helps with the hardest faults; internal IT runs the service.",
    client: "Keeps the desk, infrastructure, security and decisions; an outside service watches at night.",
    provider: "Gives a vCIO, delivers projects and solves third-line faults.",
  },
  {
    id: "first-line",
    name: "First line only",
    meaning: "The provider answers users first; internal IT does the rest.",
    client: "Keeps second and third line, infrastructure, security and decisions; an outside service watches at night.",
    provider: "Logs, prioritises and fixes first-line requests at any hour, and reports on them.",
  },
];

/** Whether a text names a preset. */
export function isPresetId(text: string): text is PresetId {
  return PRESET_IDS.some((id) => id === text);
}
