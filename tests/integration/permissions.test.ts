import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { RouteConfigEntry } from "@remix-run/route-config";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { AppError } from "~/domain/errors";
import { agreementOf, termsHash } from "~/domain/agreement/agreement";
import routeConfig from "~/routes";
import {
  acceptInvitation,
  inviteSomebody,
  resendInvitation,
  revokeInvitation,
} from "~/services/access/invitations.server";
import { calendarBasis, calendarFile, endFeed, listFeeds, makeFeed } from "~/services/access/calendars.server";
import { endLink, listLinks, makeLink } from "~/services/access/links.server";
import { changeAccess, listAccess, type AccessForm } from "~/services/access/members.server";
import { compareVersions, loadSnapshot } from "~/services/version/comparisons.server";
import { dutyHistory, listActivity, whatReopened } from "~/services/matrix/activity.server";
import { draftSince, loadDraft } from "~/services/matrix/drafts.server";
import { createEngagement, openSample, usualSide } from "~/services/engagement/engagements.server";
import { exportDraft, exportPaths, exportPeople, exportVersion } from "~/services/pack/exports.server";
import { changeMatrices, listMatrices } from "~/services/engagement/matrices.server";
import type { Actor } from "~/services/who/actor.server";
import { liveLines } from "~/services/live/live-stream.server";
import { bePresent } from "~/services/live/presence.server";
import { keepVisit } from "~/services/live/visits.server";
import { matrixFor } from "~/services/who/matrix-access.server";
import { offeredPaths } from "~/services/matrix/starting-paths.server";
import { proposeHolidays } from "~/services/matrix/holidays.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { offeredAuthorities, offeredConversations } from "~/services/matrix/starting-agreements.server";
import { organisationFor, organisationLocked } from "~/services/who/organisation-access.server";
import { giveAccess, listClients } from "~/services/organisation/organisation-clients.server";
import {
  changePerson,
  inviteToOrganisation,
  leaveOrganisation,
  listOrganisationPeople,
  removePerson,
  resendToOrganisation,
  revokeToOrganisation,
} from "~/services/organisation/organisation-people.server";
import {
  bringEngagementsIn,
  changeOrganisation,
  renameOrganisation,
  setUpOrganisation,
  viewOrganisation,
  type OrganisationForm,
} from "~/services/organisation/organisations.server";
import { changeDrills, drillFormSchema, listDrills, openDrill } from "~/services/people/drills.server";
import { changePeople, listPeople } from "~/services/people/people.server";
import { coverFacts } from "~/services/people/cover-facts.server";
import { callCards, exportCallCards } from "~/services/pack/call-cards.server";
import { callsFromNow } from "~/services/people/right-now.server";
import { scenarioAnswer } from "~/services/people/scenario-answers.server";
import { coverOfWeek } from "~/services/people/week-cover.server";
import { changeByImport, previewImport } from "~/services/people/rota-import.server";
import { openRota } from "~/services/people/rotas.server";
import {
  deletePreset,
  editPreset,
  listPresets,
  mayKeepPreset,
  ownStart,
  savePreset,
  startingMatrix,
} from "~/services/organisation/presets.server";
import { dropWording, keepWording, offeredWording, startingWording } from "~/services/organisation/wording.server";
import { matrixToKeep } from "~/services/organisation/matrix-to-keep.server";
import { portfolioQuery } from "~/domain/engagement/portfolio";
import { listPortfolio } from "~/services/engagement/portfolio.server";
import { exportRecord, listRecord } from "~/services/access/record.server";
import { answerPaper, paperFile, statePaper } from "~/services/signing/papers.server";
import { signVersion } from "~/services/signing/signatures.server";
import { showSigningCode } from "~/services/signing/signing-codes.server";
import { signingFor } from "~/services/signing/signing-core.server";
import { loadSigningPage } from "~/services/signing/signing-page.server";
import {
  changeSigning,
  confirmSignatory,
  nameSignatory,
  remindSignatory,
  removeSignatory,
  replaceSignatory,
  sendForSigning,
  withdrawVersion,
} from "~/services/signing/signing-requests.server";
import { loadSigning } from "~/services/signing/signing-view.server";
import { exportStamp } from "~/services/pack/stamping.server";
import {
  listVersions,
  loadVersion,
  previewVersion,
  publishVersion,
  versionInForce,
} from "~/services/version/versions.server";
import { changeWorkshop } from "~/services/workshop/changing.server";
import { inviteToWorkshop } from "~/services/workshop/inviting.server";
import { exportMinutes } from "~/services/workshop/minutes-files.server";
import { enterWorkshop } from "~/services/workshop/joining.server";
import { viewPlan } from "~/services/workshop/planning.server";
import { viewMinutes, viewWorkshop } from "~/services/workshop/viewing.server";
import { workshopLines } from "~/services/workshop/workshop-stream.server";
import { createWorkshop, listWorkshops, reasonFromWorkshops } from "~/services/workshop/workshops.server";
import { linkCookie } from "~/http/link-cookie.server";
import { confirmAll, holdRoles } from "../support/signing";
import { countingStatements } from "../support/statements";
import {
  anEngagementOfAll,
  aWorkshopOn,
  EVERYBODY,
  everybody,
  type Ground,
  type Somebody,
  type Who,
} from "../support/engagement-of-all";

const NOW = new Date();
const caller = { address: "127.0.0.1", userAgent: "", cookie: "" };

type Outcome = "ok" | "not-found" | "forbidden" | "invalid" | "conflict" | "signed-out";
type Expected = Record<Who, Outcome>;

/** What each of them is answered, given what the ones within the engagement are. */
function level(
  stranger: Outcome,
  viewer: Outcome,
  editor: Outcome,
  signatory: Outcome,
  owner: Outcome,
  other: Outcome,
  third: Outcome,
): Expected {
  return { stranger, viewer, editor, signatory, owner, "other owner": other, "third party": third };
}
const ANYBODY = level("ok", "ok", "ok", "ok", "ok", "ok", "ok");
const NOBODY = level("invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid");
const READS = level("not-found", "ok", "ok", "ok", "ok", "ok", "ok");
const EDITS = level("not-found", "forbidden", "ok", "ok", "ok", "ok", "forbidden");
const OWNS = level("not-found", "forbidden", "forbidden", "forbidden", "ok", "ok", "forbidden");
/** What an owner changes of the client's people: the provider's owner can't. */
const OWN_PEOPLE = level("not-found", "forbidden", "forbidden", "forbidden", "ok", "forbidden", "forbidden");

/** What the provider's owner does in their organisation, which nobody else of them belongs to. */
const ORGANISES = level("not-found", "not-found", "not-found", "not-found", "not-found", "ok", "not-found");
/** Keeping a preset is for the provider's people. */
const KEEPS = level("not-found", "forbidden", "forbidden", "forbidden", "forbidden", "ok", "forbidden");

/** Keeping a wording, of a matrix that has none. */
const KEEPS_NOTHING: Expected = { ...KEEPS, "other owner": "invalid" };

/** What only whoever leads the workshop does, who is the provider's owner; the others of the matrix are told so. */
const LEADS = level("not-found", "forbidden", "forbidden", "forbidden", "forbidden", "ok", "forbidden");
const prepared = (on: Ground) => aWorkshopOn(on, NOW);
const asMember = (actor: Actor) => ({ actor, passes: [] });

const edit = (text: string) => ({
  baseRevision: 0,
  steps: [{ id: crypto.randomUUID(), commands: [{ type: "duty.edit" as const, dutyId: "duty-1", set: { text } }] }],
});
const publication = (revision: number) => ({
  revision,
  reason: "First",
  agreementReference: "",
  exhibit: "",
  precedence: "",
  effectiveDate: null,
  reviewDate: null,
});
const access = (form: AccessForm) => (actor: Somebody, on: Ground) => changeAccess(actor, on.matrixId, form, NOW);
const accessOn = (form: (on: Ground) => AccessForm) => (actor: Somebody, on: Ground) =>
  changeAccess(actor, on.matrixId, form(on), NOW);
const organisation = (form: OrganisationForm) => (actor: Somebody) => changeOrganisation(actor, form, NOW);
const organisationOn = (form: (on: Ground) => OrganisationForm) => (actor: Somebody, on: Ground) =>
  changeOrganisation(actor, form(on), NOW);
const published = (on: Ground) =>
  everybody().then(({ owner }) => publishVersion(owner, on.matrixId, publication(0), NOW));
/** Version 1 out for signing: by the signatory of the client's side, and by the owner of the provider's. */
const sent = async (on: Ground) => {
  const people = await everybody();
  await published(on);
  await holdRoles(on.matrixId, on.engagementId, { "it-lead": "client", "it-team": "client" });
  const asked = (["signatory", "other owner"] as const).map((who) => ({
    partyId: who === "signatory" ? "client" : "provider",
    name: people[who].name,
    title: "",
    email: people[who].email,
  }));
  await sendForSigning(
    people.owner,
    on.matrixId,
    1,
    { order: "together", message: "", due: "", signatories: asked },
    NOW,
  );
};
/** The same, and the provider's owner has confirmed that they sign for it. */
const confirmed = async (on: Ground) => {
  await sent(on);
  await confirmAll((await everybody())["other owner"], on.matrixId, 1, NOW);
};
/** The same, and the client's owner states that both have signed on paper. */
const stated = async (on: Ground) => {
  await confirmed(on);
  const ids = await Promise.all([asked(on, "client"), asked(on, "provider")]);
  await statePaper((await everybody()).owner, on.matrixId, 1, { signatoryIds: ids, signedOn: TODAY }, PAPER, NOW);
};
const TODAY = NOW.toISOString().slice(0, 10);
const PAPER = { name: "signed.pdf", bytes: new TextEncoder().encode("%PDF-1.7") };
/** Who is asked to sign for a side. */
const asked = async (on: Ground, partyId: string) =>
  (await read.signatory.findFirst({ where: { partyId, round: { version: { matrixId: on.matrixId } } } }))?.id ?? "";
const signature = async (on: Ground, { name }: Somebody) => ({
  intent: "sign" as const,
  fingerprint: (await read.version.findFirst({ where: { matrixId: on.matrixId } }))?.fingerprint ?? "",
  title: "Director",
  organisation: "Northwind",
  consent: "on",
  way: "typed",
  typed: name,
  drawn: "",
});
/** Only who is asked signs: of the client its signatory, of the provider its owner. */
const SIGNS = level("not-found", "forbidden", "forbidden", "ok", "forbidden", "ok", "forbidden");
const stamped = async (on: Ground) => {
  await published(on);
  await write((tx) =>
    tx.version.updateMany({ where: { matrixId: on.matrixId }, data: { timestamp: Uint8Array.of(48, 0) } }),
  );
};
const person = () => ({
  intent: "add" as const,
  id: crypto.randomUUID(),
  side: "client" as const,
  name: "Priya Nair",
  title: "",
  email: "",
  phones: [],
  hours: "",
  timeZone: "",
  week: null,
  deputyId: null,
  lastVerified: null,
});
/** A day of its own each time, since nobody is away twice on one. */
let daysAway = 0;
function ownDay() {
  const day = new Date(Date.UTC(2027, 0, 1 + daysAway++)).toISOString().slice(0, 10);
  return { from: day, to: day };
}
const drill = () => ({
  intent: "record",
  id: crypto.randomUUID(),
  day: TODAY,
  scenario: "Ransomware is spreading",
  tookPart: "Priya Nair",
});
const rotaOfOne = (personId: string) => ({
  timeZone: "Europe/London",
  period: "weekly" as const,
  every: 1,
  handOver: { time: "09:00", weekday: "mon" as const },
  firstDay: "2026-11-02",
  turns: [[personId]],
  hours: "always" as const,
  overrides: [],
});
/** A calendar that the client's viewer made. */
const viewersCalendar = async ({ matrixId }: Ground) => {
  const { viewer } = await everybody();
  await write((tx) =>
    tx.calendarFeed.create({
      data: {
        id: crypto.randomUUID(),
        matrixId,
        kind: "conversations",
        plan: {},
        issued: {},
        tokenHash: crypto.randomUUID(),
        createdById: viewer.userId,
        createdByName: viewer.name,
        createdAt: NOW,
      },
    }),
  );
};
const calendarOn = async ({ matrixId }: Ground) =>
  (await read.calendarFeed.findFirst({ where: { matrixId, revokedAt: null } }))?.id ?? "";
/** Ends what the client's viewer made: that viewer, and every owner. */
const ENDS_VIEWERS = level("not-found", "ok", "forbidden", "forbidden", "ok", "ok", "forbidden");
const turnsOf = ({ personId }: Ground) => ({ about: "turns" as const, personId });
const rotaFile = (roleId: string) => ({
  roleId,
  timeZone: "UTC",
  bytes: new TextEncoder().encode("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
});
const conversationsAsked = {
  as: "address",
  calendar: {
    about: "conversations",
    plan: {
      timeZone: "UTC",
      first: [{ conversationId: "c", day: "2027-01-12", time: "10:00", rhythm: "weekly", minutes: 60 }],
    },
  },
};
const link = { intent: "link", label: "Board", shows: "draft", days: "7", password: "" } as const;

type Call = {
  call: (actor: Somebody, on: Ground) => Promise<unknown>;
  expected: Expected;
  before?: (on: Ground) => Promise<unknown>;
};
/** For what is about the organisation's own invitation or people, which the next engagement to be met makes anew: shares no ground. */
const organisationAfresh = () => () => Promise.resolve();

/** Every service an actor can ask for, by module and function; several lines where a form has several intents. */
const SERVICES: Record<string, Call> = {
  "activity dutyHistory": { call: (actor, on) => dutyHistory(actor, on.matrixId, "duty-1", null), expected: READS },
  "activity whatReopened": { call: (actor, on) => whatReopened(actor, on.matrixId, "duty-1"), expected: READS },
  "activity listActivity": {
    call: (actor, on) => listActivity(actor, on.matrixId, { person: "", kind: null, dutyId: "", after: null }),
    expected: READS,
  },
  "drafts loadDraft": { call: (actor, on) => loadDraft(actor, on.matrixId, NOW), expected: READS },
  "drafts draftSince": { call: (actor, on) => draftSince(actor, on.matrixId, -1), expected: READS },
  "starting-agreements offeredConversations": {
    call: (actor, on) => offeredConversations(actor, on.matrixId),
    expected: READS,
  },
  "starting-agreements offeredAuthorities": {
    call: (actor, on) => offeredAuthorities(actor, on.matrixId),
    expected: READS,
  },
  "engagements createEngagement": {
    call: (actor) =>
      createEngagement(
        actor,
        { clientName: "A", providerName: "B", agreementReference: "", preset: "blank", side: "client" },
        NOW,
      ),
    expected: ANYBODY,
  },
  "engagements usualSide": { call: (actor) => usualSide(actor), expected: ANYBODY },
  "engagements openSample": { call: (actor) => openSample(actor, NOW), expected: ANYBODY },
  "portfolio listPortfolio": {
    call: (actor, on) =>
      listPortfolio(actor, portfolioQuery(new URLSearchParams()), 1_000, NOW).then(({ rows }) =>
        rows.some(({ engagementId }) => engagementId === on.engagementId)
          ? "ok"
          : Promise.reject(new AppError("not-found", "Not listed.")),
      ),
    expected: READS,
  },
  "exports exportDraft": { call: (actor, on) => exportDraft(actor, on.matrixId, "md", NOW), expected: READS },
  "exports exportDraft with contacts": {
    call: (actor, on) => exportDraft(actor, on.matrixId, "md", NOW, { choice: { parts: ["contacts"], paper: "A4" } }),
    expected: OWNS,
  },
  "exports exportPeople": { call: (actor, on) => exportPeople(actor, on.matrixId, NOW), expected: OWNS },
  "exports exportPaths": { call: (actor, on) => exportPaths(actor, on.matrixId, "on-call", NOW), expected: READS },
  "exports exportVersion": {
    call: (actor, on) => exportVersion(actor, on.matrixId, 1, "md", NOW),
    expected: READS,
    before: published,
  },
  "invitations inviteSomebody": {
    call: (actor, on) =>
      inviteSomebody(actor, on.matrixId, { email: "new@people.example", side: "client", permission: "viewer" }, NOW),
    expected: OWN_PEOPLE,
  },
  "invitations resendInvitation": {
    call: (actor, on) => resendInvitation(actor, on.matrixId, on.inviteId, NOW),
    expected: OWN_PEOPLE,
  },
  "invitations revokeInvitation": {
    call: (actor, on) => revokeInvitation(actor, on.matrixId, on.inviteId, NOW),
    expected: OWN_PEOPLE,
  },
  "invitations acceptInvitation organisation": {
    call: (actor, on) => acceptInvitation(actor, on.orgToken, caller, NOW),
    expected: level("ok", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden"),
    before: organisationAfresh(),
  },
  "invitations acceptInvitation": {
    call: (actor, on) => acceptInvitation(actor, on.token, caller, NOW),
    expected: level("ok", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden"),
  },
  "calendars listFeeds": { call: (actor, on) => listFeeds(actor, on.matrixId), expected: READS },
  "calendars calendarBasis": { call: (actor, on) => calendarBasis(actor, on.matrixId, NOW), expected: READS },
  "calendars calendarFile": {
    call: (actor, on) => calendarFile(actor, on.matrixId, turnsOf(on), NOW),
    expected: READS,
  },
  "calendars makeFeed": { call: (actor, on) => makeFeed(actor, on.matrixId, turnsOf(on), NOW), expected: READS },
  "calendars endFeed": {
    call: async (actor, on) => endFeed(actor, on.matrixId, await calendarOn(on), NOW),
    expected: ENDS_VIEWERS,
    before: viewersCalendar,
  },
  "members changeAccess end-calendar": {
    call: async (actor, on) =>
      changeAccess(actor, on.matrixId, { intent: "end-calendar", calendarId: await calendarOn(on) }, NOW),
    expected: ENDS_VIEWERS,
    before: viewersCalendar,
  },
  "rota-import previewImport": {
    call: (actor, on) => previewImport(actor, on.matrixId, rotaFile("it-lead"), caller, NOW),
    expected: EDITS,
  },
  "rota-import changeByImport": {
    call: (actor, on) =>
      changeByImport(
        actor,
        on.matrixId,
        {
          intent: "import",
          roleId: "it-lead",
          revision: null,
          timeZone: "UTC",
          turns: [{ from: "2027-01-12", to: "2027-01-12", personIds: [on.personId] }],
        },
        NOW,
      ),
    before: ({ matrixId }) => write((tx) => tx.rota.deleteMany({ where: { matrixId } })),
    expected: EDITS,
  },
  "holidays proposeHolidays": {
    call: (actor, on) =>
      proposeHolidays(
        actor,
        on.matrixId,
        { country: "DE", state: "", region: "", year: String(NOW.getUTCFullYear()) },
        NOW,
      ),
    expected: EDITS,
  },
  "links listLinks": { call: (actor, on) => listLinks(actor, on.matrixId, NOW), expected: OWNS },
  "links makeLink": { call: (actor, on) => makeLink(actor, on.matrixId, link, NOW), expected: OWNS },
  "links endLink": { call: (actor, on) => endLink(actor, on.matrixId, on.linkId, NOW), expected: OWNS },
  "matrices listMatrices": { call: (actor, on) => listMatrices(actor, on.matrixId), expected: READS },
  "matrices changeMatrices create": {
    call: (actor, on) => changeMatrices(actor, on.matrixId, { intent: "create", title: "Second", start: "blank" }, NOW),
    expected: OWNS,
  },
  "matrices changeMatrices duplicate": {
    call: (actor, on) =>
      changeMatrices(actor, on.matrixId, { intent: "duplicate", of: on.matrixId, title: "Copy" }, NOW),
    expected: OWNS,
  },
  "matrices changeMatrices archive": {
    call: (actor, on) => changeMatrices(actor, on.matrixId, { intent: "archive", of: on.matrixId }, NOW),
    expected: OWNS,
  },
  "matrices changeMatrices return": {
    call: (actor, on) => changeMatrices(actor, on.matrixId, { intent: "return", of: on.matrixId }, NOW),
    expected: OWNS,
  },
  "matrix-access matrixFor": {
    call: (actor, on) => matrixFor(read, actor, on.matrixId, "sign"),
    expected: level("not-found", "forbidden", "forbidden", "ok", "ok", "ok", "forbidden"),
  },
  "matrix-editing runCommands": {
    call: (actor, on) => runCommands(actor, on.matrixId, edit("Another wording"), NOW),
    expected: EDITS,
  },
  "members listAccess": { call: (actor, on) => listAccess(actor, on.matrixId, NOW), expected: READS },
  "members changeAccess invite": {
    call: access({ intent: "invite", email: "new@people.example", side: "client", permission: "editor" }),
    expected: OWN_PEOPLE,
  },
  "members changeAccess invite the other side": {
    call: access({ intent: "invite", email: "new@people.example", side: "provider", permission: "owner" }),
    expected: level("not-found", "forbidden", "forbidden", "forbidden", "forbidden", "ok", "forbidden"),
  },
  "members changeAccess invite a third party": {
    call: access({ intent: "invite", email: "new@people.example", side: "third-party", permission: "viewer" }),
    expected: OWNS,
  },
  "members changeAccess resend": {
    call: accessOn(({ inviteId }) => ({ intent: "resend", invitationId: inviteId })),
    expected: OWN_PEOPLE,
  },
  "members changeAccess revoke": {
    call: accessOn(({ inviteId }) => ({ intent: "revoke", invitationId: inviteId })),
    expected: OWN_PEOPLE,
  },
  "members changeAccess change": {
    call: accessOn(({ memberId }) => ({ intent: "change", userId: memberId, permission: "editor" })),
    expected: OWN_PEOPLE,
  },
  "members changeAccess hand-over": {
    call: accessOn(({ memberId }) => ({ intent: "hand-over", userId: memberId })),
    expected: OWN_PEOPLE,
  },
  "members changeAccess remove": {
    call: accessOn(({ memberId }) => ({ intent: "remove", userId: memberId })),
    expected: OWN_PEOPLE,
  },
  "members changeAccess end-sessions": {
    call: accessOn(({ memberId }) => ({ intent: "end-sessions", userId: memberId })),
    expected: OWN_PEOPLE,
  },
  "members changeAccess leave": {
    call: access({ intent: "leave" }),
    expected: level("not-found", "ok", "ok", "ok", "conflict", "conflict", "ok"),
  },
  "members changeAccess link": { call: access(link), expected: OWNS },
  "members changeAccess end-link": { call: accessOn(({ linkId }) => ({ intent: "end-link", linkId })), expected: OWNS },
  "members changeAccess second-factor": { call: access({ intent: "second-factor", required: "off" }), expected: OWNS },
  "organisations viewOrganisation": { call: (actor) => viewOrganisation(actor, {}, NOW), expected: ANYBODY },
  "organisations changeOrganisation set-up": {
    call: organisation({ intent: "set-up", name: "Another" }),
    expected: level("ok", "ok", "ok", "ok", "ok", "conflict", "ok"),
  },
  "organisations changeOrganisation rename": {
    call: organisation({ intent: "rename", name: "Harbour IT" }),
    expected: ORGANISES,
  },
  "organisations changeOrganisation bring-in": { call: organisation({ intent: "bring-in" }), expected: ORGANISES },
  "organisations changeOrganisation invite": {
    call: organisation({ intent: "invite", email: "new@people.example", permission: "member" }),
    expected: ORGANISES,
  },
  "organisations changeOrganisation resend": {
    call: organisationOn(({ orgInviteId }) => ({ intent: "resend", invitationId: orgInviteId })),
    expected: ORGANISES,
  },
  "organisations changeOrganisation revoke": {
    call: organisationOn(({ orgInviteId }) => ({ intent: "revoke", invitationId: orgInviteId })),
    expected: ORGANISES,
  },
  "organisations changeOrganisation change": {
    call: organisationOn(({ colleagueId }) => ({ intent: "change", userId: colleagueId, permission: "owner" })),
    expected: ORGANISES,
  },
  "organisations changeOrganisation remove": {
    call: organisationOn(({ colleagueId }) => ({ intent: "remove", userId: colleagueId })),
    expected: ORGANISES,
  },
  "organisations changeOrganisation leave": {
    call: organisation({ intent: "leave" }),
    expected: level("not-found", "not-found", "not-found", "not-found", "not-found", "conflict", "not-found"),
  },
  "organisations changeOrganisation access": {
    call: organisationOn(({ colleagueId, engagementId }) => ({
      intent: "access",
      userId: colleagueId,
      engagementId,
      permission: "editor",
    })),
    expected: ORGANISES,
  },
  "organisations changeOrganisation edit-preset": {
    call: organisationOn(({ presetId }) => ({ intent: "edit-preset", presetId, name: `New ${presetId}`, meaning: "" })),
    expected: ORGANISES,
  },
  "organisations changeOrganisation drop-wording": {
    call: organisationOn(() => ({ intent: "drop-wording" })),
    expected: ORGANISES,
  },
  "organisations changeOrganisation delete-preset": {
    call: organisationOn(({ presetId }) => ({ intent: "delete-preset", presetId })),
    expected: ORGANISES,
  },
  "organisations setUpOrganisation": {
    call: (actor) => setUpOrganisation(actor, "Another", NOW),
    expected: level("ok", "ok", "ok", "ok", "ok", "conflict", "ok"),
  },
  "organisations renameOrganisation": {
    call: (actor) => renameOrganisation(actor, "Harbour IT", NOW),
    expected: ORGANISES,
  },
  "organisations bringEngagementsIn": { call: (actor) => bringEngagementsIn(actor, NOW), expected: ORGANISES },
  "organisation-access organisationFor": {
    call: (actor) => organisationFor(read, actor, "people"),
    expected: ORGANISES,
  },
  "organisation-access organisationLocked": {
    call: (actor) => write((tx) => organisationLocked(tx, actor, "people")),
    expected: ORGANISES,
  },
  "organisation-clients listClients": { call: (actor) => listClients(actor, {}), expected: ORGANISES },
  "organisation-clients giveAccess": {
    call: (actor, on) =>
      giveAccess(actor, { userId: on.colleagueId, engagementId: on.engagementId, permission: "viewer" }, NOW),
    expected: ORGANISES,
  },
  "organisation-people listOrganisationPeople": {
    call: (actor) => listOrganisationPeople(actor, {}, NOW),
    expected: ORGANISES,
  },
  "organisation-people inviteToOrganisation": {
    call: (actor) => inviteToOrganisation(actor, { email: "new@people.example", permission: "owner" }, NOW),
    expected: ORGANISES,
  },
  "organisation-people resendToOrganisation": {
    call: (actor, on) => resendToOrganisation(actor, on.orgInviteId, NOW),
    expected: ORGANISES,
  },
  "organisation-people revokeToOrganisation": {
    call: (actor, on) => revokeToOrganisation(actor, on.orgInviteId, NOW),
    expected: ORGANISES,
  },
  "organisation-people changePerson": {
    call: (actor, on) => changePerson(actor, on.colleagueId, "owner", NOW),
    expected: ORGANISES,
  },
  "organisation-people removePerson": {
    call: (actor, on) => removePerson(actor, on.colleagueId, NOW),
    expected: ORGANISES,
  },
  "organisation-people leaveOrganisation": {
    call: (actor) => leaveOrganisation(actor, NOW),
    expected: level("not-found", "not-found", "not-found", "not-found", "not-found", "conflict", "not-found"),
  },
  "presets ownStart": { call: (actor) => ownStart(actor), expected: ANYBODY },
  "presets startingMatrix": {
    call: (actor, on) =>
      startingMatrix(read, actor, `own:${on.presetId}`, { client: "A", provider: "B", agreementReference: "" }).then(
        (matrix) => matrix ?? Promise.reject(new AppError("not-found", "None of them.")),
      ),
    expected: ORGANISES,
  },
  "presets listPresets": { call: (actor) => listPresets(actor), expected: ORGANISES },
  "presets mayKeepPreset": {
    call: (actor, on) =>
      mayKeepPreset(actor, on.matrixId).then((may) => (may ? "ok" : Promise.reject(new AppError("forbidden", "No.")))),
    expected: KEEPS,
  },
  "presets savePreset": {
    call: (actor, on) => savePreset(actor, on.matrixId, { name: on.matrixId, meaning: "" }, NOW),
    expected: KEEPS,
  },
  "presets editPreset": {
    call: (actor, on) => editPreset(actor, on.presetId, { name: `New ${on.presetId}`, meaning: "" }),
    expected: ORGANISES,
  },
  "presets deletePreset": { call: (actor, on) => deletePreset(actor, on.presetId), expected: ORGANISES },
  "wording startingWording": { call: (actor) => startingWording(read, actor), expected: ANYBODY },
  "matrix-to-keep matrixToKeep": {
    call: (actor, on) => matrixToKeep(read, actor, on.matrixId, "A wording"),
    expected: KEEPS,
  },
  "wording offeredWording": { call: (actor, on) => offeredWording(actor, on.matrixId), expected: READS },
  "wording keepWording": { call: (actor, on) => keepWording(actor, on.matrixId, NOW), expected: KEEPS_NOTHING },
  "wording dropWording": { call: (actor) => dropWording(actor), expected: ORGANISES },
  "people listPeople": { call: (actor, on) => listPeople(actor, on.matrixId), expected: READS },
  "rotas openRota": { call: (actor, on) => openRota(actor, on.matrixId, "it-lead", NOW), expected: READS },
  "drills listDrills": { call: (actor, on) => listDrills(actor, on.matrixId, 1), expected: READS },
  "drills openDrill": { call: (actor, on) => openDrill(actor, on.matrixId, "no-drill"), expected: READS },
  "drills changeDrills": {
    call: (actor, on) => changeDrills(actor, on.matrixId, drillFormSchema.parse(drill()), NOW),
    expected: EDITS,
  },
  "live-stream liveLines": { call: (actor, on) => firstLine(actor, on.matrixId), expected: READS },
  "presence bePresent": {
    call: (actor, on) => bePresent(actor, on.matrixId, { tab: crypto.randomUUID(), place: null, left: false }, NOW),
    expected: READS,
  },
  "visits keepVisit": { call: (actor, on) => keepVisit(actor, on.matrixId, { since: null }, NOW), expected: READS },
  "workshops listWorkshops": { call: (actor, on) => listWorkshops(actor, on.matrixId), expected: READS },
  "planning viewPlan": {
    call: (actor, on) => viewPlan(actor, on.matrixId, on.workshopId, NOW),
    expected: READS,
    before: prepared,
  },
  "workshops createWorkshop": {
    call: (actor, on) => createWorkshop(actor, on.matrixId, { title: "Workshop" }, NOW),
    expected: EDITS,
  },
  "joining enterWorkshop": {
    call: (actor, on) => enterWorkshop(actor, on.workshopId, null, NOW),
    expected: READS,
    // Who came in is in: others don't share this workshop.
    before: (on) => prepared(on),
  },
  "changing changeWorkshop": {
    call: (actor, on) => changeWorkshop(asMember(actor), on.workshopId, [{ type: "leave" }], NOW),
    expected: LEADS,
    before: prepared,
  },
  "inviting inviteToWorkshop": {
    call: (actor, on) =>
      inviteToWorkshop(actor, on.workshopId, { emails: `${crypto.randomUUID()}@people.example` }, NOW),
    expected: LEADS,
    before: prepared,
  },
  "viewing viewWorkshop": {
    call: (actor, on) => viewWorkshop(asMember(actor), on.workshopId, "participant", NOW),
    expected: READS,
    before: prepared,
  },
  "viewing viewWorkshop, projector": {
    call: (actor, on) => viewWorkshop(asMember(actor), on.workshopId, "projector", NOW),
    expected: LEADS,
    before: prepared,
  },
  "viewing viewMinutes": {
    call: (actor, on) => viewMinutes(asMember(actor), on.workshopId),
    expected: READS,
    before: prepared,
  },
  "minutes-files exportMinutes": {
    call: (actor, on) => exportMinutes(asMember(actor), on.workshopId, { format: "docx", paper: "A4" }, NOW),
    expected: READS,
    before: prepared,
  },
  "workshops reasonFromWorkshops": {
    call: (actor, on) => reasonFromWorkshops(actor, on.matrixId),
    expected: OWNS,
  },
  "workshop-stream workshopLines": {
    call: (actor, on) => firstWorkshopLine(actor, on.workshopId),
    expected: READS,
    before: prepared,
  },
  "week-cover coverOfWeek": {
    call: (actor, on) => coverOfWeek(actor, on.matrixId, { path: "", day: "2027-01-09", timeZone: "UTC" }, NOW),
    expected: READS,
  },
  "cover-facts coverFacts": { call: (actor, on) => coverFacts(actor, on.matrixId, NOW), expected: READS },
  // There is no rota, so whoever may edit is told so.
  "people changePeople, cover": {
    call: (actor, on) =>
      changePeople(
        actor,
        on.matrixId,
        {
          intent: "cover",
          roleId: "it-lead",
          overrides: [{ from: "2026-12-24", to: "2026-12-24", personIds: [on.personId] }],
        },
        NOW,
      ),
    expected: level("not-found", "forbidden", "invalid", "invalid", "invalid", "invalid", "forbidden"),
  },
  "people changePeople, unverify": {
    call: (actor, on) => changePeople(actor, on.matrixId, { intent: "unverify", id: on.personId, was: null }, NOW),
    expected: EDITS,
  },
  "scenario-answers scenarioAnswer": {
    call: (actor, on) =>
      scenarioAnswer(actor, on.matrixId, {
        scenario: { id: "ransomware" },
        day: "2027-01-09",
        time: "02:10",
        timeZone: "UTC",
        awayId: null,
      }),
    expected: READS,
  },
  "right-now callsFromNow": { call: (actor, on) => callsFromNow(actor, on.matrixId, NOW), expected: READS },
  "call-cards callCards": {
    call: (actor, on) => callCards(actor, on.matrixId, { pathId: null, ofDraft: false }, NOW),
    expected: READS,
  },
  // The matrix has no path, which whoever may download cards is told.
  "call-cards exportCallCards": {
    call: (actor, on) => exportCallCards(actor, on.matrixId, { pathId: null, ofDraft: false, size: "A4" }, NOW),
    expected: level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "not-found"),
  },
  "people changePeople, away": {
    call: (actor, on) =>
      changePeople(
        actor,
        on.matrixId,
        { intent: "away", id: crypto.randomUUID(), personId: on.personId, ...ownDay(), note: "" },
        NOW,
      ),
    expected: EDITS,
  },
  "people changePeople, rota": {
    call: (actor, on) =>
      changePeople(
        actor,
        on.matrixId,
        { intent: "rota", roleId: "it-lead", revision: null, rota: rotaOfOne(on.personId) },
        NOW,
      ),
    before: ({ matrixId }) => write((tx) => tx.rota.deleteMany({ where: { matrixId } })),
    expected: EDITS,
  },
  "people changePeople": { call: (actor, on) => changePeople(actor, on.matrixId, person(), NOW), expected: EDITS },
  "record listRecord": { call: (actor, on) => listRecord(actor, on.matrixId, null), expected: OWNS },
  "record exportRecord": { call: (actor, on) => exportRecord(actor, on.matrixId, "csv"), expected: OWNS },
  "versions previewVersion": { call: (actor, on) => previewVersion(actor, on.matrixId, NOW), expected: OWNS },
  "versions publishVersion": {
    call: (actor, on) => publishVersion(actor, on.matrixId, publication(0), NOW),
    expected: OWNS,
  },
  "stamping exportStamp": { call: (actor, on) => exportStamp(actor, on.matrixId, 1), expected: READS, before: stamped },
  "comparisons loadSnapshot": {
    call: (actor, on) => loadSnapshot(actor, on.matrixId, 1),
    expected: READS,
    before: published,
  },
  "comparisons compareVersions": {
    call: (actor, on) => compareVersions(actor, on.matrixId, { from: null, to: null }),
    expected: READS,
  },
  "versions listVersions": {
    call: (actor, on) => listVersions(actor, on.matrixId),
    expected: READS,
    before: published,
  },
  "signing-view loadSigning": {
    call: (actor, on) => loadSigning(actor, on.matrixId, 1, NOW),
    expected: READS,
    before: sent,
  },
  "signing-core signingFor": {
    call: (actor, on) => write((tx) => signingFor(tx, actor, on.matrixId, 1, "publish")),
    expected: OWNS,
    before: published,
  },
  "signing-page loadSigningPage": {
    call: (actor, on) => loadSigningPage(actor, on.matrixId, 1, NOW),
    expected: SIGNS,
    before: sent,
  },
  "signatures signVersion": {
    call: async (actor, on) => signVersion(actor, on.matrixId, 1, await signature(on, actor), caller, NOW),
    expected: SIGNS,
    before: confirmed,
  },
  "signing-requests changeSigning": {
    call: (actor, on) => changeSigning(actor, on.matrixId, 1, { intent: "withdraw", reason: "No" }, NOW),
    expected: OWNS,
    before: published,
  },
  "signing-requests sendForSigning": {
    call: (actor, on) =>
      sendForSigning(
        actor,
        on.matrixId,
        1,
        {
          order: "together",
          message: "",
          due: "",
          signatories: [
            { partyId: "client", name: "A", title: "", email: "a@a.example" },
            { partyId: "provider", name: "B", title: "", email: "b@b.example" },
          ],
        },
        NOW,
      ),
    expected: OWNS,
    before: async (on) => {
      await published(on);
      await holdRoles(on.matrixId, on.engagementId, { "it-lead": "client", "it-team": "client" });
    },
  },
  "signing-requests remindSignatory": {
    call: async (actor, on) => remindSignatory(actor, on.matrixId, 1, await asked(on, "client"), NOW),
    expected: OWNS,
    before: sent,
  },
  "signing-requests nameSignatory": {
    call: (actor, on) => nameSignatory(actor, on.matrixId, 1, { name: "A", title: "", email: "a@a.example" }, NOW),
    expected: OWNS,
    before: sent,
  },
  "signing-requests confirmSignatory": {
    call: async (actor, on) => confirmSignatory(actor, on.matrixId, 1, await asked(on, "provider"), NOW),
    expected: level("not-found", "forbidden", "forbidden", "forbidden", "forbidden", "ok", "forbidden"),
    before: sent,
  },
  "signing-requests replaceSignatory": {
    call: async (actor, on) =>
      replaceSignatory(
        actor,
        on.matrixId,
        1,
        { signatoryId: await asked(on, "client"), name: "A", title: "", email: "a@a.example" },
        NOW,
      ),
    expected: OWN_PEOPLE,
    before: sent,
  },
  "signing-requests removeSignatory": {
    call: async (actor, on) => removeSignatory(actor, on.matrixId, 1, await asked(on, "client"), NOW),
    expected: level("not-found", "forbidden", "forbidden", "forbidden", "conflict", "forbidden", "forbidden"),
    before: sent,
  },
  "signing-requests withdrawVersion": {
    call: (actor, on) => withdrawVersion(actor, on.matrixId, 1, "No", NOW),
    expected: OWNS,
    before: published,
  },
  "signing-codes showSigningCode": {
    call: async (actor, on) => showSigningCode(actor, on.matrixId, 1, await asked(on, "client"), NOW),
    expected: level("not-found", "forbidden", "forbidden", "forbidden", "conflict", "forbidden", "forbidden"),
    before: sent,
  },
  "papers statePaper": {
    call: async (actor, on) =>
      statePaper(actor, on.matrixId, 1, { signatoryIds: [await asked(on, "client")], signedOn: TODAY }, PAPER, NOW),
    expected: OWNS,
    before: sent,
  },
  "papers answerPaper": {
    call: async (actor, on) =>
      answerPaper(actor, on.matrixId, 1, { intent: "confirm-paper", signatoryId: await asked(on, "client") }, NOW),
    expected: level("not-found", "forbidden", "forbidden", "forbidden", "forbidden", "ok", "forbidden"),
    before: stated,
  },
  "papers paperFile": {
    call: async (actor, on) =>
      paperFile(
        actor,
        on.matrixId,
        1,
        (await read.paperFile.findFirst({ where: { version: { matrixId: on.matrixId } } }))?.id ?? "",
      ),
    expected: level("not-found", "ok", "ok", "ok", "ok", "ok", "forbidden"),
    before: stated,
  },
  "starting-paths offeredPaths": {
    call: (actor, on) => offeredPaths(actor, on.matrixId),
    expected: READS,
  },
  "versions versionInForce": {
    call: (actor, on) => versionInForce(actor, on.matrixId, null, new Date("2026-11-25T09:00:00Z")),
    expected: READS,
  },
  "versions loadVersion": {
    call: (actor, on) => loadVersion(actor, on.matrixId, 1),
    expected: READS,
    before: published,
  },
};

/** Exported functions that no actor asks for, with why. A function in neither table fails the test. */
/** Opens a stream, and closes it after its first line. */
async function firstLine(actor: Actor, matrixId: string): Promise<void> {
  const closed = new AbortController();
  const lines = liveLines({
    actor,
    positions: new Map([[matrixId, 0]]),
    actorNow: async () => actor,
    closed: closed.signal,
  });
  await lines.next();
  closed.abort();
  await lines.return();
}

async function firstWorkshopLine(actor: Actor, workshopId: string): Promise<void> {
  const closed = new AbortController();
  const lines = workshopLines({
    entrant: asMember(actor),
    workshopId,
    looking: "participant",
    actorNow: async () => actor,
    closed: closed.signal,
  });
  await lines.next();
  closed.abort();
  await lines.return();
}

const NOT_FOR_ACTORS: Record<string, string> = {
  "joining lookThroughDoor": "the digits or the link's secret are the permission: workshops.test.ts",
  "joining joinWorkshop": "the digits or the link's secret are the permission: workshops.test.ts",
  "joining recordAdmitted": "called by changing, which has asked",
  "minutes-files minutesByMail": "called for a mail to those who took part: workshop-minutes.test.ts",
  "viewing shownTo": "called by viewing and workshop-stream, which have asked",
  door: "makes and hashes secrets",
  entrant: "finds out who takes part",
  session: "called by the services of workshops, which have asked",
  settled: "called by changing, which has asked",
  "workshop-end": "called by changing, which has asked",
  timer: "run by the server",
  "shared-runs": "called by streams, which have asked",
  "stream-loop": "sends what those have asked for that it is given",
  "matrix-editing storeAgreedStep": "called by settled, which has asked both hosts",
  "matrix-editing retried": "runs what it is given",
  "account-mail": "writes the messages of the services below",
  "auth-answer": "reads what better-auth answers",
  "change-account changeAccount": "only ever the actor's own account: own-account.test.ts",
  "delete-account": "only ever the actor's own account: own-account.test.ts",
  directories: "before anybody is signed in: they prove who asks",
  "directory-rules": "judges what a directory says",
  "forget-account": "called by the deletion of one's own account",
  "own-account": "only ever the actor's own account: own-account.test.ts",
  "own-data": "only ever the actor's own account: own-account.test.ts",
  passwords: "only ever the actor's own, or the link's secret is the permission",
  "second-factor": "only ever the actor's own, or before anybody is signed in",
  "session-method": "reads one value",
  sessions: "only ever the actor's own sessions: own-account.test.ts",
  "sign-in-links": "the link's secret is the permission",
  "invitations invitedAddress": "the link's secret is the permission",
  accounts: "before anybody is signed in: they prove who asks",
  actor: "finds out who asks",
  news: "wakes the streams of those who have asked",
  "presence keepPresence": "keeps what other processes announce",
  "presence presentOn": "called by streams, whose readers have asked",
  "presence hasOpen": "called by visits, about the actor alone",
  "visits sinceLastVisit": "only ever the actor's own visit, which goes with their access: visits.test.ts",
  "visits prolongVisit": "called after presence, which has asked; only ever the actor's own",
  attempts: "counts tries",
  "address-proof": "called by what a link in a mail carries out",
  recovery: "whoever has the database, from the command line: recovery.test.ts",
  auth: "the library behind accounts",
  sealing: "holds the installation's own key",
  "signing-facts": "called by what exports a version",
  "common-passwords": "reads one list",
  refusals: "tells what others have refused",
  "stamping stampAgreed": "run by the server",
  upkeep: "run by the server",
  freezing: "run by the server, and by exports, which have asked",
  "pack-writing": "called by exports and freezing, which have asked",
  "drafts changeCountSince": "compares two values",
  holdings: "called by people, which has asked",
  absences: "called by people, which has asked",
  "scenario-answers offeredScenarios": "reads what the library offers to everybody",
  "rotas saveRota": "called by people, which has asked",
  "rotas removeRota": "called by people, which has asked",
  "rotas refuseStrangers": "called by people and rota-import, which have asked",
  covering: "called by people, which has asked",
  "cover-facts coverFactsOf": "called by services that have asked",
  "calendars openFeed": "the address's secret is the permission",
  "people-request": "called by people, which has asked",
  "drills drillsSince": "called by versions, which has asked",
  health: "open to whoever runs the server",
  verification: "open to everybody: what it tells of a version is for whoever holds its file",
  "invitations findInvitation": "the link's secret is the permission",
  "invitations acceptWithNewAccount": "the link's secret is the permission",
  "invitation-sending": "called by invitations and organisation-people, which have asked",
  "member-rules": "called by members and organisation-clients, which have asked",
  "wording ownWordingOf": "told of the organisation that its caller looked up for the actor",
  "organisation-access organisationOf": "only ever the actor's own",
  "organisation-access clientsOf": "says what to look for",
  "organisation-access clientNames": "called by services that have asked",
  "link-secret": "makes and hashes secrets",
  "password-hash": "hashes and compares what it is given",
  "links openSharedLink": "the link's secret is the permission",
  "signing-after": "called by the services of signing, which have asked",
  "exports versionForSignatory": "called by signing-links, whose secret and code are the permission",
  "exports logExport": "called by services that write files, which have asked",
  "signing-codes newCode": "makes a secret",
  "signing-codes hashOfCode": "hashes a secret",
  "signing-codes passesCodeOn": "judges values",
  "signing-codes whoHasCode": "called by signing-links, whose secret is the permission",
  "signing-core signingOf": "called by the services of signing, which have asked",
  "signing-core signingLocked": "called by the services of signing, which have asked",
  "signing-core applyEvent": "called by the services of signing, which have asked",
  "signing-core logSigning": "called by the services of signing, which have asked",
  "signing-core partyOf": "reads one value",
  "signing-core sideOfParty": "reads one value",
  "signing-core otherParty": "reads one value",
  "signing-core proposedIn": "reads one value",
  "signing-core namedAlone": "reads one value",
  "signing-core openWarnings": "reads one value",
  "signing-core speaksFor": "writes one value",
  "signing-core signatoryOf": "reads one value",
  "signing-core ownSignatory": "reads one value",
  "signing-links": "the link's secret and the code are the permission: signing.test.ts",
  "signing-mail": "writes the messages of signing",
  "signing-page signingPage": "called by the services of signing, which have asked",
  "signing-reminders": "run by the server",
  "told-status": "called by the services of exports, freezing and links, which have asked",
  "sign-readiness": "called by the services of drafts, versions and signing, which have asked",
  "signatures checkSignForm": "checks a value",
  "signatures sign": "called by signVersion and signByLink, which have asked",
  "signatures decline": "called by signVersion and signByLink, which have asked",
  "links proveLink": "the link's secret is the permission",
  library: "the same for everybody",
  "mail-sending": "run by the server",
  mailer: "run by the server",
  "matrix-access accessOf": "reads one value",
};

type Case = {
  method: "GET" | "POST";
  path: string;
  form?: (on: Ground) => Record<string, string>;
  json?: unknown;
  expected: Expected;
  out: number | string;
  before?: (on: Ground) => Promise<unknown>;
};
const get = (path: string, expected: Expected, more: Partial<Case> = {}): Case => ({
  method: "GET",
  path,
  expected,
  out: "/sign-in",
  ...more,
});
const post = (path: string, form: NonNullable<Case["form"]>, expected: Expected, more: Partial<Case> = {}): Case => ({
  method: "POST",
  path,
  form,
  expected,
  out: "/sign-in",
  ...more,
});

/** Every loader and action, by route module; `out` is what somebody signed out is answered: a status, or where they are led. */
const ROUTES: Record<string, Case[]> = {
  "routes/home.tsx loader": [get("/", ANYBODY)],
  "routes/health.ts loader": [get("/health", ANYBODY, { out: 200 })],
  "routes/engagements/new.tsx loader": [get("/engagements/new", ANYBODY)],
  "routes/engagements/new.tsx action": [
    post("/engagements/new", () => ({ clientName: "A", providerName: "B", preset: "blank", side: "client" }), ANYBODY),
  ],
  "routes/engagements/sample.ts loader": [get("/engagements/sample", ANYBODY, { out: 302 })],
  "routes/engagements/sample.ts action": [post("/engagements/sample", () => ({}), ANYBODY)],
  "routes/matrix/layout.tsx loader": [get("/matrices/:matrixId/board", READS)],
  "routes/matrix/index.ts loader": [get("/matrices/:matrixId", ANYBODY, { out: 302 })],
  "routes/matrix/matrices.tsx loader": [get("/matrices/:matrixId/matrices", READS)],
  "routes/matrix/matrices.tsx action": [
    post("/matrices/:matrixId/matrices", () => ({ intent: "create", title: "Second", start: "blank" }), OWNS),
    post(
      "/matrices/:matrixId/matrices",
      ({ matrixId }) => ({ intent: "keep-preset", name: matrixId, meaning: "" }),
      KEEPS,
    ),
  ],
  "routes/matrix/versions/publish.tsx loader": [get("/matrices/:matrixId/publish", OWNS)],
  "routes/matrix/versions/publish.tsx action": [
    post(
      "/matrices/:matrixId/publish",
      () => ({ ...publication(0), revision: "0", effectiveDate: "", reviewDate: "" }),
      OWNS,
    ),
  ],
  "routes/matrix/activity.tsx loader": [get("/matrices/:matrixId/activity", READS)],
  "routes/matrix/access.tsx loader": [get("/matrices/:matrixId/access", READS)],
  "routes/matrix/access.tsx action": [
    post(
      "/matrices/:matrixId/access",
      () => ({ intent: "invite", email: "new@people.example", side: "client", permission: "viewer" }),
      OWN_PEOPLE,
    ),
    post("/matrices/:matrixId/access", ({ memberId }) => ({ intent: "remove", userId: memberId }), OWN_PEOPLE),
    post("/matrices/:matrixId/access", ({ memberId }) => ({ intent: "end-sessions", userId: memberId }), OWN_PEOPLE),
    post("/matrices/:matrixId/access", () => ({ ...link }), OWNS),
  ],
  "routes/matrix/wording.tsx loader": [get("/matrices/:matrixId/wording", READS)],
  "routes/matrix/wording.tsx action": [
    post("/matrices/:matrixId/wording", () => ({ intent: "keep-wording" }), KEEPS_NOTHING),
  ],
  "routes/matrix/escalation/communication.tsx loader": [get("/matrices/:matrixId/communication", READS)],
  "routes/matrix/escalation/authority.tsx loader": [get("/matrices/:matrixId/authority", READS)],
  "routes/matrix/people.tsx loader": [
    get("/matrices/:matrixId/people", READS),
    get("/matrices/:matrixId/people?rota=it-lead", READS),
  ],
  "routes/matrix/people.tsx action": [
    post(
      "/matrices/:matrixId/people",
      () => ({ intent: "add", id: crypto.randomUUID(), side: "client", name: "Priya Nair" }),
      EDITS,
    ),
    post(
      "/matrices/:matrixId/people",
      ({ personId }) => ({ intent: "away", id: crypto.randomUUID(), personId, ...ownDay() }),
      EDITS,
    ),
  ],
  "routes/matrix/holders.ts loader": [
    get(
      "/matrices/:matrixId/holders",
      level("invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid"),
      { out: 405 },
    ),
  ],
  "routes/matrix/holders.ts action": [
    post(
      "/matrices/:matrixId/holders",
      ({ personId }) => ({ intent: "hold", roleId: "it-lead", personId, since: "2026-11-25" }),
      EDITS,
      { out: 401 },
    ),
  ],
  "routes/matrix/reopened.ts loader": [get("/matrices/:matrixId/reopened?duty=duty-1", READS, { out: 401 })],
  "routes/matrix/record.tsx loader": [get("/matrices/:matrixId/record", OWNS)],
  "routes/matrix/export-people.ts loader": [get("/matrices/:matrixId/people/file", OWNS)],
  "routes/matrix/export-record.ts loader": [get("/matrices/:matrixId/record/csv", OWNS)],
  "routes/matrix/versions/versions.tsx loader": [get("/matrices/:matrixId/versions", READS)],
  "routes/matrix/versions/version.tsx loader": [get("/matrices/:matrixId/versions/1", READS, { before: published })],
  "routes/matrix/versions/version.tsx action": [
    post("/matrices/:matrixId/versions/1", () => ({ intent: "withdraw", reason: "No" }), OWNS, { before: published }),
  ],
  "routes/matrix/versions/sign.tsx loader": [get("/matrices/:matrixId/versions/1/sign", SIGNS, { before: sent })],
  "routes/matrix/versions/sign.tsx action": [
    post("/matrices/:matrixId/versions/1/sign", () => ({ intent: "decline", reason: "No" }), SIGNS, {
      before: confirmed,
    }),
  ],
  "routes/matrix/versions/paper.ts loader": [get("/matrices/:matrixId/versions/1/paper", NOBODY, { out: 405 })],
  // A file without who signed it: who may is told what is missing. With one, signing.test.ts.
  "routes/matrix/versions/paper.ts action": [
    post("/matrices/:matrixId/versions/1/paper", () => ({ signedOn: TODAY }), NOBODY),
  ],
  "routes/matrix/versions/paper-file.ts loader": [
    get(
      "/matrices/:matrixId/versions/1/papers/none",
      level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "forbidden"),
      { before: stated },
    ),
  ],
  "routes/sign-link.tsx loader": [
    get(
      "/sign/made-up",
      level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "not-found"),
      { out: 404 },
    ),
  ],
  "routes/sign-link-pdf.ts loader": [
    get(
      "/sign/made-up/pdf",
      level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "not-found"),
      { out: 404 },
    ),
  ],
  "routes/sign-link.tsx action": [
    post(
      "/sign/made-up",
      () => ({ intent: "decline", reason: "No" }),
      level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "not-found"),
      { out: 404 },
    ),
  ],
  "routes/matrix/versions/compare.tsx loader": [
    get("/matrices/:matrixId/compare?from=1&to=draft", READS, { before: published }),
  ],
  "routes/matrix/commands.ts loader": [
    get(
      "/matrices/:matrixId/commands",
      level("invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid"),
      { out: 405 },
    ),
  ],
  "routes/matrix/commands.ts action": [
    { method: "POST", path: "/matrices/:matrixId/commands", json: edit("Another wording"), expected: EDITS, out: 401 },
  ],
  "routes/matrix/escalation/escalation.tsx loader": [get("/matrices/:matrixId/escalation", READS)],
  "routes/matrix/escalation/drills.tsx loader": [
    get("/matrices/:matrixId/escalation/drills", READS),
    get("/matrices/:matrixId/escalation/drills?edit=no-drill", READS),
  ],
  "routes/matrix/escalation/drills.tsx action": [post("/matrices/:matrixId/escalation/drills", drill, EDITS)],
  "routes/matrix/escalation/scenario.ts loader": [
    get("/matrices/:matrixId/scenario?scenario=ransomware&day=2027-01-09&time=02%3A10&zone=UTC", READS, { out: 401 }),
  ],
  "routes/matrix/escalation/cover.ts loader": [
    get("/matrices/:matrixId/cover?day=2027-01-09&zone=UTC", READS, { out: 401 }),
  ],
  "routes/matrix/escalation/cover-facts.ts loader": [get("/matrices/:matrixId/cover/facts", READS, { out: 401 })],
  "routes/calendar.ts loader": [
    get(
      "/calendars/made-up.ics",
      level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "not-found"),
      { out: 404 },
    ),
  ],
  "routes/matrix/escalation/calendars.ts loader": [
    get("/matrices/:matrixId/calendars", READS),
    get("/matrices/:matrixId/calendars?person=:personId", READS),
  ],
  "routes/matrix/escalation/calendars.ts action": [
    { method: "POST", path: "/matrices/:matrixId/calendars", json: conversationsAsked, expected: READS, out: 401 },
  ],
  "routes/matrix/escalation/holidays.ts loader": [get("/matrices/:matrixId/holidays", EDITS, { out: 401 })],
  "routes/matrix/escalation/rota-import.ts loader": [get("/matrices/:matrixId/rota-import", NOBODY, { out: 405 })],
  // An import of nothing: who may is told that the rota says all of that already. With turns, rota-import.test.ts.
  "routes/matrix/escalation/rota-import.ts action": [
    {
      method: "POST",
      path: "/matrices/:matrixId/rota-import",
      json: { intent: "import", roleId: "it-lead", revision: null, timeZone: "UTC", turns: [] },
      expected: level("not-found", "forbidden", "invalid", "invalid", "invalid", "invalid", "forbidden"),
      out: 401,
    },
  ],
  "routes/matrix/escalation/right-now.ts loader": [get("/matrices/:matrixId/right-now", READS, { out: 401 })],
  "routes/matrix/escalation/call-card.tsx loader": [get("/matrices/:matrixId/call-card", READS)],
  "routes/matrix/escalation/call-card-file.ts loader": [
    get(
      "/matrices/:matrixId/call-card/pdf",
      level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "not-found"),
    ),
  ],
  "routes/matrix/workshops/workshops.tsx loader": [get("/matrices/:matrixId/workshops", READS)],
  "routes/matrix/workshops/workshops.tsx action": [
    post("/matrices/:matrixId/workshops", () => ({ title: "Workshop" }), EDITS),
  ],
  "routes/matrix/workshops/plan.tsx loader": [
    get("/matrices/:matrixId/workshops/:workshopId", READS, { before: prepared }),
  ],
  "routes/workshop/join.tsx loader": [get("/join", ANYBODY, { out: 200 })],
  "routes/workshop/join.tsx action": [
    post(
      "/join",
      () => ({ code: "no digits" }),
      level("invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid"),
      { out: 422 },
    ),
  ],
  "routes/workshop/workshop.tsx loader": [get("/workshop/:workshopId", READS, { out: 404, before: prepared })],
  "routes/workshop/projector.tsx loader": [
    get("/workshop/:workshopId/projector", LEADS, { out: 404, before: prepared }),
  ],
  "routes/workshop/enter.ts loader": [get("/workshop/:workshopId/enter", NOBODY, { out: 405 })],
  "routes/workshop/enter.ts action": [
    post("/workshop/:workshopId/enter", () => ({}), READS, { out: 401, before: prepared }),
  ],
  "routes/workshop/asked.ts loader": [get("/workshop/:workshopId/asked", NOBODY, { out: 405 })],
  "routes/workshop/asked.ts action": [
    {
      method: "POST",
      path: "/workshop/:workshopId/asked",
      json: { asked: [{ type: "leave" }] },
      expected: LEADS,
      out: 404,
      before: prepared,
    },
  ],
  "routes/workshop/invitations.ts loader": [get("/workshop/:workshopId/invitations", NOBODY, { out: 405 })],
  "routes/workshop/invitations.ts action": [
    post("/workshop/:workshopId/invitations", () => ({ emails: `${crypto.randomUUID()}@people.example` }), LEADS, {
      out: 401,
      before: prepared,
    }),
  ],
  "routes/workshop/minutes.tsx loader": [get("/workshop/:workshopId/minutes", READS, { out: 404, before: prepared })],
  "routes/workshop/minutes-file.ts loader": [
    get("/workshop/:workshopId/minutes/docx", READS, { out: 404, before: prepared }),
  ],
  "routes/workshop/live.ts loader": [
    get("/workshop/:workshopId/live?protocol=1", READS, { out: 404, before: prepared }),
  ],
  "routes/workshop/live.ts action": [post("/workshop/:workshopId/live", () => ({}), NOBODY, { out: 405 })],
  "routes/live.ts loader": [get("/live?protocol=1&at=:matrixId.0", READS, { out: 401 })],
  "routes/live.ts action": [
    post("/live", () => ({}), level("invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid"), {
      out: 405,
    }),
  ],
  "routes/matrix/live/visit.ts loader": [
    get(
      "/matrices/:matrixId/visit",
      level("invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid"),
      { out: 405 },
    ),
  ],
  "routes/matrix/live/visit.ts action": [
    { method: "POST", path: "/matrices/:matrixId/visit", json: { since: null }, expected: READS, out: 401 },
  ],
  "routes/matrix/live/presence.ts loader": [
    get(
      "/matrices/:matrixId/presence",
      level("invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid"),
      { out: 405 },
    ),
  ],
  "routes/matrix/live/presence.ts action": [
    {
      method: "POST",
      path: "/matrices/:matrixId/presence",
      json: { tab: "3f0e8c1a-6d0b-4a55-9d38-0d6a8f6b1c11", place: null, left: false },
      expected: READS,
      out: 401,
    },
  ],
  "routes/matrix/history.ts loader": [get("/matrices/:matrixId/history?duty=duty-1", READS, { out: 401 })],
  "routes/matrix/draft.ts loader": [get("/matrices/:matrixId/draft?since=-1", READS, { out: 401 })],
  "routes/matrix/export.ts loader": [
    get("/matrices/:matrixId/export/md", READS),
    get("/matrices/:matrixId/export/terraform", READS),
  ],
  "routes/matrix/versions/time-stamp.ts loader": [
    get("/matrices/:matrixId/versions/1/time-stamp", READS, { before: stamped }),
  ],
  "routes/matrix/versions/snapshot.ts loader": [
    get("/matrices/:matrixId/versions/1/snapshot", READS, { before: published, out: 401 }),
  ],
  "routes/matrix/versions/export-version.ts loader": [
    get("/matrices/:matrixId/versions/1/export/md", READS, { before: published }),
    get("/matrices/:matrixId/versions/1/export/on-call", READS, { before: published }),
  ],
  "routes/library.ts loader": [get("/library", ANYBODY, { out: 401 })],
  "routes/account/set-up.tsx loader": [get("/set-up", ANYBODY, { out: 302 })],
  "routes/account/set-up.tsx action": [
    post(
      "/set-up",
      () => ({ name: "Late", email: "late@people.example", password: "four quiet words here", side: "client" }),
      level("conflict", "conflict", "conflict", "conflict", "conflict", "conflict", "conflict"),
      { out: 409 },
    ),
  ],
  "routes/account/sign-in.tsx loader": [get("/sign-in", ANYBODY, { out: 200 })],
  "routes/account/sign-in.tsx action": [
    post(
      "/sign-in",
      () => ({ email: `${crypto.randomUUID()}@people.example`, password: "wrong" }),
      level("invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid"),
      { out: 422 },
    ),
  ],
  "routes/account/by-mail.tsx loader": [get("/sign-in/by-mail", ANYBODY, { out: 200 })],
  "routes/account/by-mail.tsx action": [
    post("/sign-in/by-mail", () => ({ email: `${crypto.randomUUID()}@people.example` }), ANYBODY, { out: 200 }),
  ],
  "routes/account/open-link.tsx loader": [get("/sign-in/link?token=made-up", ANYBODY, { out: 200 })],
  "routes/account/open-link.tsx action": [post("/sign-in/link", () => ({ token: "made-up" }), NOBODY, { out: 422 })],
  "routes/account/second-factor.tsx loader": [get("/sign-in/second-factor", ANYBODY, { out: 302 })],
  "routes/account/second-factor.tsx action": [
    post("/sign-in/second-factor", () => ({ code: "123456" }), ANYBODY, { out: 422 }),
  ],
  "routes/account/directory.ts loader": [
    get(
      "/sign-in/directory?with=none",
      level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "not-found"),
      { out: 404 },
    ),
  ],
  "routes/account/refused.tsx loader": [
    get(
      "/sign-in/refused",
      level("forbidden", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden"),
      { out: 403 },
    ),
  ],
  "routes/account/auth-callback.ts loader": [
    get(
      "/auth/callback/none",
      level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "not-found"),
      { out: 404 },
    ),
  ],
  "routes/account/forgot-password.tsx loader": [get("/forgot-password", ANYBODY, { out: 200 })],
  "routes/account/forgot-password.tsx action": [
    post("/forgot-password", () => ({ email: `${crypto.randomUUID()}@people.example` }), ANYBODY, { out: 200 }),
  ],
  "routes/account/reset-password.tsx loader": [get("/reset-password?token=made-up", ANYBODY, { out: 200 })],
  "routes/account/reset-password.tsx action": [
    post("/reset-password", () => ({ token: "made-up", password: "four other quiet words" }), NOBODY, { out: 422 }),
  ],
  "routes/organisation.tsx loader": [
    get("/organisation", ANYBODY),
    get("/organisation?show=people", ANYBODY),
    get("/organisation?show=presets", ANYBODY),
  ],
  "routes/organisation.tsx action": [
    post(
      "/organisation",
      () => ({ intent: "set-up", name: "Another" }),
      level("ok", "ok", "ok", "ok", "ok", "conflict", "ok"),
    ),
    post("/organisation", ({ colleagueId }) => ({ intent: "remove", userId: colleagueId }), ORGANISES),
    post(
      "/organisation",
      ({ colleagueId, engagementId }) => ({ intent: "access", userId: colleagueId, engagementId, permission: "owner" }),
      ORGANISES,
    ),
    post("/organisation", () => ({ intent: "drop-wording" }), ORGANISES),
    post("/organisation", ({ presetId }) => ({ intent: "delete-preset", presetId }), ORGANISES),
  ],
  "routes/account/account.tsx loader": [get("/account", ANYBODY)],
  "routes/account/account.tsx action": [post("/account", () => ({ intent: "name", name: "Another name" }), ANYBODY)],
  "routes/account/two-factor.tsx loader": [get("/account/two-factor", ANYBODY)],
  "routes/account/two-factor.tsx action": [
    post("/account/two-factor", () => ({ intent: "begin", current: "not the password" }), NOBODY),
  ],
  "routes/account/confirm-email.tsx loader": [get("/account/confirm-email?token=made-up", ANYBODY, { out: 200 })],
  "routes/account/confirm-email.tsx action": [
    post("/account/confirm-email", () => ({ token: "made-up" }), NOBODY, { out: 422 }),
  ],
  "routes/account/own-data.ts loader": [get("/account/data", ANYBODY)],
  "routes/account/sign-out.ts loader": [get("/sign-out", ANYBODY, { out: 302 })],
  "routes/invitation.tsx loader": [
    get("/invitations/:token", ANYBODY, { out: 200 }),
    get("/invitations/:orgToken", ANYBODY, { out: 200, before: organisationAfresh() }),
  ],
  "routes/invitation.tsx action": [
    post(
      "/invitations/:token",
      () => ({}),
      level("ok", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden"),
      { out: 422 },
    ),
    post(
      "/invitations/:orgToken",
      () => ({}),
      level("ok", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden", "forbidden"),
      { out: 422, before: organisationAfresh() },
    ),
  ],
  "routes/verify.tsx loader": [get("/verify", ANYBODY, { out: 200 })],
  // Without a file there is nothing to check, whoever asks.
  "routes/verify.tsx action": [post("/verify", () => ({}), NOBODY, { out: 422 })],
  "routes/shared.tsx loader": [get("/shared/:linkToken", ANYBODY, { out: 200 })],
  "routes/shared.tsx action": [post("/shared/:linkToken", () => ({ password: "" }), ANYBODY, { out: 302 })],
  "routes/not-found.tsx loader": [
    get("/nowhere", level("not-found", "not-found", "not-found", "not-found", "not-found", "not-found", "not-found"), {
      out: 404,
    }),
  ],
  // Signing out ends the session that the others of this table are signed in with: tested below.
  "routes/account/sign-out.ts action": [],
};

type RouteModule = { loader?: (args: LoaderFunctionArgs) => unknown; action?: (args: ActionFunctionArgs) => unknown };
const modules = import.meta.glob<RouteModule>("../../app/routes/**/*.{ts,tsx}");
const services = import.meta.glob<Record<string, unknown>>("../../app/services/**/*.server.ts");

function flat(entries: readonly RouteConfigEntry[]): RouteConfigEntry[] {
  return entries.flatMap((entry) => [entry, ...flat(entry.children ?? [])]);
}

const OUTCOMES: Record<number, Outcome> = {
  401: "signed-out",
  403: "forbidden",
  404: "not-found",
  405: "invalid",
  409: "conflict",
  422: "invalid",
};

function tokenOf(path: string, on: Ground): string {
  return path.includes(":linkToken") ? on.linkToken : path.includes(":orgToken") ? on.orgToken : on.token;
}

async function answer(
  module: string,
  { method, path, form, json }: Case,
  on: Ground,
  cookie: string,
): Promise<Response> {
  const [file = "", kind] = module.split(" ");
  const { loader, action } = (await modules[`../../app/${file}`]?.()) ?? {};
  const address = path.replace(/:(\w+)/g, (_, name: keyof Ground) => on[name]);
  const [pathname = ""] = address.split("?");
  const values: string[] = pathname.split("/");
  const params: Record<string, string> = {
    matrixId: on.matrixId,
    workshopId: on.workshopId,
    ...(path.startsWith("/join") ? {} : { token: tokenOf(path, on) }),
    directory: "none",
    paperId: "none",
    number: "1",
    format: values.at(-1) ?? "",
  };
  const body = json ? JSON.stringify(json) : form ? new URLSearchParams(form(on)) : undefined;
  const headers = new Headers({ cookie, ...(json ? { "Content-Type": "application/json" } : {}) });
  const args = {
    request: new Request(`http://localhost${address}`, { method, headers, body }),
    params,
    context: { address: crypto.randomUUID(), nonce: "n" },
  } as unknown as LoaderFunctionArgs;
  try {
    return (await (kind === "action" ? action?.(args) : loader?.(args))) as Response;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}

const REFUSED: readonly (Outcome | undefined)[] = ["not-found", "forbidden", "signed-out"];

async function groundWith(before?: (on: Ground) => Promise<unknown>): Promise<Ground> {
  const on = await anEngagementOfAll(NOW);
  await before?.(on);
  return on;
}

const untouched = new Map<unknown, Promise<Ground>>();

/** The engagement of all that only read or are refused: nobody changes it, so every case that begins alike shares it. */
function untouchedGround(before?: (on: Ground) => Promise<unknown>): Promise<Ground> {
  const kept = untouched.get(before) ?? groundWith(before);
  untouched.set(before, kept);
  return kept;
}

/** Gives each of them an engagement to meet: the shared one where they only read or are refused, one of their own where they change it. */
const groundFor = (onlyRead: boolean, before?: (on: Ground) => Promise<unknown>) => (expected?: Outcome) =>
  onlyRead || REFUSED.includes(expected) ? untouchedGround(before) : groundWith(before);

const outcomeOf = ({ status }: Response): Outcome | number => (status < 400 ? "ok" : (OUTCOMES[status] ?? status));

beforeAll(async () => {
  const { owner } = await everybody();
  await write((tx) => tx.installation.create({ data: { id: "here", ownerId: owner.userId, createdAt: NOW } }));
});

describe("services", () => {
  it("are all in the table", async () => {
    const known = new Set(Object.keys(SERVICES).map((key) => key.split(" ").slice(0, 2).join(" ")));
    const missing: string[] = [];
    const files = Object.keys(services).map((file) => path.basename(file, ".server.ts"));
    expect([...known].filter((key) => !files.includes(key.split(" ")[0] ?? ""))).toEqual([]);
    for (const [file, load] of Object.entries(services)) {
      const name = /([\w-]+)\.server\.ts$/.exec(file)?.[1] ?? "";
      for (const [exported, value] of Object.entries(await load())) {
        const key = `${name} ${exported}`;
        if (typeof value === "function" && !known.has(key) && !(key in NOT_FOR_ACTORS) && !(name in NOT_FOR_ACTORS))
          missing.push(key);
      }
    }
    expect(missing).toEqual([]);
  });

  for (const [name, { call, expected, before }] of Object.entries(SERVICES)) {
    it(`${name} answers everybody as the table says`, async () => {
      const people = await everybody();
      const seen: Partial<Record<Who, Outcome>> = {};
      const ground = groundFor(expected === READS, before);
      for (const who of EVERYBODY) {
        const on = await ground(expected[who]);
        seen[who] = await call(people[who], on).then(
          () => "ok" as const,
          (error: unknown) => {
            if (error instanceof AppError) return error.code as Outcome;
            throw error;
          },
        );
      }
      expect(seen).toEqual(expected);
    });
  }
});

describe("routes", () => {
  it("are all in the table", async () => {
    const files = flat(routeConfig).map(({ file }) => file);
    const missing: string[] = [];
    for (const file of files) {
      const module = await modules[`../../app/${file}`]?.();
      for (const kind of ["loader", "action"] as const)
        if (module?.[kind] && !(`${file} ${kind}` in ROUTES)) missing.push(`${file} ${kind}`);
    }
    expect(missing).toEqual([]);
  });

  for (const [module, cases] of Object.entries(ROUTES)) {
    for (const [i, one] of cases.entries()) {
      it(`${module}${cases.length > 1 ? `, case ${i + 1},` : ""} answers everybody as the table says`, async () => {
        const people = await everybody();
        const seen: Partial<Record<Who, Outcome | number>> = {};
        const ground = groundFor(one.method === "GET", one.before);
        for (const who of EVERYBODY)
          seen[who] = outcomeOf(await answer(module, one, await ground(one.expected[who]), people[who].cookie));
        const on = await ground("signed-out");
        const out = await answer(module, one, on, "");
        const ended = await answer(module, one, on, "demarc.session_token=made-up.signature");
        // Who was let through a read-only link is let through nothing else.
        const linked = await answer(module, one, on, (await linkCookie.write([on.linkId])).split(";", 1)[0] ?? "");
        expect(seen).toEqual(one.expected);
        for (const response of [out, ended, linked]) {
          if (typeof one.out === "number") expect(response.status).toBe(one.out);
          else expect([response.status, response.headers.get("Location")?.split("?")[0]]).toEqual([302, one.out]);
        }
      });
    }
  }
});

describe("not yours and not there", () => {
  const asked = Object.entries(ROUTES).flatMap(([module, cases]) =>
    cases.flatMap((one) =>
      /:(matrix|workshop)Id/.test(one.path) && one.expected.stranger === "not-found" ? [{ module, one }] : [],
    ),
  );

  it.each(asked)("$module: the same status, body, headers and statements for both", async ({ module, one }) => {
    const { stranger } = await everybody();
    const on = await untouchedGround(one.before);
    const told = async (ground: Ground) => {
      let response = new Response();
      const statements = await countingStatements(
        async () => (response = await answer(module, one, ground, stranger.cookie)),
      );
      return { status: response.status, body: await response.text(), headers: [...response.headers], statements };
    };
    const [notYours, notThere] = [
      await told(on),
      await told({ ...on, matrixId: crypto.randomUUID(), workshopId: crypto.randomUUID() }),
    ];
    expect(notYours.statements.length).toBeGreaterThan(0);
    expect(notYours).toEqual(notThere);
  });

  const theirs: Record<string, (on: Ground) => OrganisationForm> = {
    "a client": ({ engagementId, colleagueId }) => ({
      intent: "access",
      engagementId,
      userId: colleagueId,
      permission: "owner",
    }),
    "somebody's permission": ({ colleagueId }) => ({ intent: "change", userId: colleagueId, permission: "owner" }),
    "somebody to remove": ({ colleagueId }) => ({ intent: "remove", userId: colleagueId }),
    "an invitation": ({ orgInviteId }) => ({ intent: "revoke", invitationId: orgInviteId }),
    "a preset to rename": ({ presetId }) => ({ intent: "edit-preset", presetId, name: "Mine", meaning: "" }),
    "a preset to delete": ({ presetId }) => ({ intent: "delete-preset", presetId }),
  };

  it.each(Object.entries(theirs))(
    "%s of another organisation: the same answer and statements for both",
    async (_, form) => {
      const { stranger } = await everybody();
      const on = await anEngagementOfAll(NOW);
      await setUpOrganisation(stranger, "Another", NOW);
      const told = async (ground: Ground) => {
        let said: unknown = null;
        const statements = await countingStatements(
          async () =>
            (said = await changeOrganisation(stranger, form(ground), NOW).catch(({ code, message }: AppError) => ({
              code,
              message,
            }))),
        );
        return { said, statements };
      };
      const made = () => crypto.randomUUID();
      const [notYours, notThere] = [
        await told(on),
        await told({ ...on, engagementId: made(), colleagueId: made(), orgInviteId: made(), presetId: made() }),
      ];
      expect(notYours).toMatchObject({ said: { code: "conflict" } });
      expect(notYours).toEqual(notThere);
    },
  );
});

describe("nobody speaks for the other party", () => {
  const mark = async (who: Who, partyId: string, state: "agreed" | "disputed") => {
    const people = await everybody();
    const on = await anEngagementOfAll(NOW);
    const { matrix } = await loadDraft(people.owner, on.matrixId, NOW);
    const duty = matrix.duties[0];
    if (!duty) throw new Error("There is no duty.");
    const commands = [
      {
        type: "duty.mark" as const,
        dutyId: duty.id,
        partyId,
        state,
        position: state === "disputed" ? "We see it otherwise." : "",
        terms: termsHash(matrix, duty),
      },
    ];
    const { rejected } = await runCommands(
      people[who],
      on.matrixId,
      { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] },
      NOW,
    );
    return rejected.map(({ rejection }) => rejection.code);
  };

  it("a side marks for itself alone", async () => {
    expect(await mark("editor", "client", "agreed")).toEqual([]);
    expect(await mark("editor", "provider", "agreed")).toEqual(["not-your-mark"]);
    expect(await mark("other owner", "provider", "disputed")).toEqual([]);
    expect(await mark("other owner", "client", "disputed")).toEqual(["not-your-mark"]);
  });

  it("an undo that would forge a mark is refused, and one that brings back what the same step took away is not", async () => {
    const people = await everybody();
    const on = await anEngagementOfAll(NOW);
    const run = (who: Who, ...commands: Parameters<typeof runCommands>[2]["steps"][number]["commands"]) =>
      runCommands(people[who], on.matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);
    const draft = async () => (await loadDraft(people.owner, on.matrixId, NOW)).matrix.duties[0];
    const duty = await draft();
    if (!duty) throw new Error("There is no duty.");
    const terms = termsHash((await loadDraft(people.owner, on.matrixId, NOW)).matrix, duty);
    const forged = { state: "agreed" as const, terms, position: "" };
    const forge = await run("editor", {
      type: "diff.apply",
      diff: {
        fields: {},
        duties: {
          added: [],
          removed: [],
          changed: [{ id: duty.id, fields: { "marks/provider": { before: null, after: forged } } }],
          placedBefore: [],
          placedAfter: [],
        },
      },
    });
    expect(forge.rejected.map(({ rejection }) => rejection.code)).toEqual(["not-your-mark"]);
    // A duty that was deleted comes back with a mark it never had.
    await run("editor", { type: "duty.copy", dutyId: duty.id, copyId: "duty-2" });
    const copy = (await loadDraft(people.owner, on.matrixId, NOW)).matrix.duties.find(({ id }) => id === "duty-2");
    await run("editor", { type: "duty.delete", dutyId: "duty-2" });
    const smuggled = { ...duty, ...copy, marks: { provider: forged } };
    const smuggle = await run("editor", {
      type: "diff.apply",
      diff: {
        fields: {},
        duties: {
          added: [smuggled],
          removed: [],
          changed: [],
          placedBefore: [],
          placedAfter: [{ id: "duty-2", after: duty.id }],
        },
      },
    });
    expect(smuggle.rejected.map(({ rejection }) => rejection.code)).toEqual(["not-your-mark"]);

    expect(
      (
        await run("other owner", {
          type: "duty.mark",
          dutyId: duty.id,
          partyId: "provider",
          state: "agreed",
          position: "",
          terms,
        })
      ).rejected,
    ).toEqual([]);
    const marked = await draft();
    expect((await run("editor", { type: "duty.delete", dutyId: duty.id })).rejected).toEqual([]);
    const back = await run("editor", {
      type: "diff.apply",
      diff: {
        fields: {},
        duties: {
          added: marked ? [marked] : [],
          removed: [],
          changed: [],
          placedBefore: [],
          placedAfter: [{ id: duty.id, after: null }],
        },
      },
    });
    expect(back.rejected).toEqual([]);
    expect(await draft()).toEqual(marked);
  });

  it("nobody settles a dispute alone, whoever they say has ruled", async () => {
    const people = await everybody();
    const on = await anEngagementOfAll(NOW);
    const run = (who: Who, ...commands: Parameters<typeof runCommands>[2]["steps"][number]["commands"]) =>
      runCommands(people[who], on.matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);
    const settled = async () => {
      const { matrix } = await loadDraft(people.owner, on.matrixId, NOW);
      return matrix.duties.map((duty) => agreementOf(matrix, duty));
    };
    const { matrix } = await loadDraft(people.owner, on.matrixId, NOW);
    const [duty] = matrix.duties;
    if (!duty) throw new Error("There is no duty.");
    const terms = termsHash(matrix, duty);
    await run("other owner", {
      type: "duty.mark",
      dutyId: duty.id,
      partyId: "provider",
      state: "disputed",
      position: "We see it otherwise.",
      terms,
    });
    const ruling = { what: "The provider pays.", by: "Mira", on: "2026-11-25", why: "It is cheaper.", terms };
    await run(
      "editor",
      { type: "matrix.settings", set: { ruler: "Mira" } },
      { type: "duty.rule", dutyId: duty.id, ruling },
      { type: "duty.confirm", dutyId: duty.id, partyId: "client", terms },
    );
    expect(
      (await run("editor", { type: "duty.confirm", dutyId: duty.id, partyId: "provider", terms })).rejected.map(
        ({ rejection }) => rejection.code,
      ),
    ).toEqual(["not-your-mark"]);
    expect(await settled()).toEqual(["disputed"]);
    await run("other owner", { type: "duty.confirm", dutyId: duty.id, partyId: "provider", terms });
    expect(await settled()).toEqual(["agreed"]);
    // Both have confirmed it; a diff that keeps that under other words is refused.
    const stands = { ...ruling, confirmed: ["client", "provider"] };
    const forged = {
      fields: {},
      duties: {
        added: [],
        removed: [],
        changed: [
          {
            id: duty.id,
            fields: { ruling: { before: stands, after: { ...stands, what: "The provider pays twice." } } },
          },
        ],
        placedBefore: [],
        placedAfter: [],
      },
    };
    expect(
      (await run("editor", { type: "diff.apply", diff: forged })).rejected.map(({ rejection }) => rejection.code),
    ).toEqual(["not-your-mark"]);
  });

  it("a warning is accepted in the name of whoever does it, on the day they do", async () => {
    const people = await everybody();
    const on = await anEngagementOfAll(NOW);
    const run = (who: Who, ...commands: Parameters<typeof runCommands>[2]["steps"][number]["commands"]) =>
      runCommands(people[who], on.matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);
    const key = "vague-duty.duty-1";
    const accepted = async () => (await loadDraft(people.owner, on.matrixId, NOW)).matrix.accepted[key];
    const acceptance = { reason: "It is known.", by: "The board", on: "2019-01-01", about: "0".repeat(32) };
    const today = NOW.toISOString().slice(0, 10);
    expect((await run("editor", { type: "finding.accept", key, acceptance })).rejected).toEqual([]);
    const given = await accepted();
    expect(given).toEqual({ ...acceptance, by: people.editor.name, on: today, partyId: "client" });
    // Another one of that side takes it back, and their undo brings it back as it was; nothing else comes in a name that isn't one's own.
    const to = (before: typeof given | null, after: typeof given | null) => ({
      type: "diff.apply" as const,
      diff: { fields: { [`accepted/${key}`]: { before: before ?? null, after: after ?? null } } },
    });
    await run("owner", { type: "finding.accept", key, acceptance: null });
    expect(
      (await run("owner", to(null, { ...acceptance, by: "The board" }))).rejected.map(
        ({ rejection }) => rejection.code,
      ),
    ).toEqual(["not-your-name"]);
    expect((await run("owner", to(null, given))).rejected).toEqual([]);
    expect(await accepted()).toEqual(given);
    // Where it is latest, at UTC+14, this day has begun, which at most hours is tomorrow's in UTC.
    const near = new Date(NOW.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
    await run("owner", { type: "finding.accept", key, acceptance: { ...acceptance, on: near } });
    expect(await accepted()).toMatchObject({ by: people.owner.name, on: near });
  });

  it("only the client accepts a warning on a reserved duty", async () => {
    const people = await everybody();
    const on = await anEngagementOfAll(NOW);
    const run = (who: Who, ...commands: Parameters<typeof runCommands>[2]["steps"][number]["commands"]) =>
      runCommands(people[who], on.matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);
    await run("owner", { type: "duty.edit", dutyId: "duty-1", set: { reserved: true } });
    const accept = {
      type: "finding.accept" as const,
      key: "vague-duty.duty-1",
      acceptance: { reason: "It is known.", by: "Maya", on: "2026-11-25", about: "0".repeat(32) },
    };
    expect((await run("other owner", accept)).rejected.map(({ rejection }) => rejection.code)).toEqual([
      "client-accepts",
    ]);
    expect((await run("editor", accept)).rejected).toEqual([]);
  });
});
