/**
 * The largest sizes that Demarc accepts. Lengths of texts are in UTF-16 code units of the stored form, sizes of
 * collections in items, names with `Bytes` in bytes.
 */
export const LIMITS = {
  name: 120,
  dutyText: 300,
  description: 4_000,
  boundary: 1_000,
  doneWhen: 500,
  cadence: 120,
  question: 500,
  reason: 1_000,
  precedence: 1_000,
  reference: 120,
  tools: 500,
  documentation: 500,
  searchWords: 500,
  decision: 300,
  today: 1_000,
  position: 1_000,
  trigger: 500,
  examples: 1_000,
  handover: 500,
  lastResort: 1_000,
  paths: 40,
  levels: 20,
  authorities: 100,
  conversations: 60,
  conversationText: 2_000,
  clauses: 60,
  clause: 4_000,
  definitions: 100,
  meaning: 1_000,
  legalForm: 120,
  registerNumber: 120,
  address: 300,
  /** Roles that one level calls. */
  levelCalls: 12,
  domainCode: 6,
  duties: 2_000,
  /** Deleted duties that are kept because they were marked, ruled on or reserved. */
  deletedDuties: 2_000,
  accepted: 4_000,
  domains: 100,
  roles: 60,
  parties: 12,
  people: 500,
  presets: 100,
  presetMeaning: 300,
  organisationPeople: 500,
  phones: 5,
  phone: 40,
  email: 254,
  hours: 120,
  commandsPerStep: 2_000,
  commandsPerBatch: 2_000,
  wideCommandsPerBatch: 100,
  stepsPerBatch: 200,
  batchBytes: 2_000_000,
  jsonDepth: 60,
  formBytes: 64_000,
  /** The most fields that a submitted form may have; far more than any form needs. */
  formFields: 100,
  mailSubject: 150,
  mailParagraph: 1_000,
  mailParagraphs: 20,
  mailLink: 2_000,
  mailText: 60_000,
  mailHtml: 400_000,
  mailReason: 300,
  signMessage: 1_000,
  drawnBytes: 200_000,
  /** The size of a signing form, including the drawn signature in base64. */
  signBytes: 500_000,
  drawnPixels: 4_000,
  paperBytes: 10_000_000,
  papers: 20,
  /**
   * Limits of a file that is verified: its size, the number and the unpacked size of the entries in its archive, and
   * the content that is read from it.
   */
  checkedBytes: 20_000_000,
  checkedEntries: 2_000,
  checkedInflated: 80_000_000,
  checkedCells: 500_000,
  checkedSpans: 5_000,
  checkedDepth: 100,
  shownDifferences: 200,
  hoursPerDay: 12,
  /** Holidays, or days off duty. */
  listedDays: 500,
  rotaTurns: 100,
  /** People of one turn. */
  rotaPeople: 10,
  /** Days or weeks that one turn lasts. */
  rotaEvery: 52,
  overrides: 500,
  absences: 500,
  /** A calendar: its size and entries as it is read, the turns that are read or written, and the different people it names. */
  calendarBytes: 5_000_000,
  calendarEntries: 10_000,
  calendarTurns: 2_000,
  calendarNames: 100,
  /** A rota as its form or an import sends it. */
  rotaBytes: 300_000,
  pathLevels: 20,
  pathRepeats: 10,
  /** Items of one workshop, the minutes of one of them, and of the whole. */
  workshopItems: 200,
  itemMinutes: 120,
  workshopMinutes: 600,
  /** Events of one workshop: some 200 times what 90 minutes bring. */
  workshopEvents: 50_000,
  /** People who take part in one workshop, those waiting included. */
  participants: 300,
  participantName: 120,
  /** The reason of a proposal. */
  proposalReason: 300,
  /** Ten weeks. */
  pathMinutes: 100_800,
  /** Duties that a scenario of one's own is about. */
  scenarioDuties: 20,
} as const;
