import { agreementOf, isActive, partiesWithOpenDispute, riskPartyOf, termsHash } from "../agreement/agreement";
import type { MatrixCommand } from "../editing/commands";
import { confirmDeclining } from "../editing/confirm-declining";
import { holdersOf, lettersOf } from "../matrix/letters";
import type { Duty } from "../matrix/shapes";
import { indexOf, partiesHolding, partyOfRole, type Target } from "../matrix/owner";
import { dayWords } from "../day-words";
import { BLOCKER_SENTENCES, type BlockerCode } from "./blocker-words";
import { dutyBlockers } from "./duty-blockers";
import type { DutyContext, Finding, Fix, WarningCode } from "./finding";

const WHY: Record<BlockerCode, string> = {
  empty: "Each side thinks the other has it until something goes wrong.",
  "only-informed": "Everybody hears of it and nobody acts.",
  "no-answer": "Without one answerer nobody decides when opinions differ.",
  "several-answer": "Two who answer wait for each other, or contradict each other.",
  "third-party-answers": "A third party hasn't signed this agreement, so nobody is bound.",
  "no-doer": "Somebody answers for work that nobody does.",
  "shared-without-boundary": "Work two sides share without a line between them is done twice or not at all.",
  "unknown-letter": "The letters are defined in what is signed, and this one isn't.",
  disputed: "What one side disputes can't be signed as agreed by both.",
  "declining-unconfirmed": "A duty that nobody does is a risk, and nobody puts a risk on the other side alone.",
  "deleted-disputed": "A dispute doesn't end because what it is about was deleted.",
};

const dutyTitle = (sentence: string) => sentence.slice(0, sentence.indexOf(".") + 1);

/** The findings about one duty. The rules look only at the duty and at the context that all duties share. */
export function findInDuty(context: DutyContext, duty: Duty): Finding[] {
  const blockers = dutyBlockers(context, duty).map((code): Finding => ({
    key: `${code}.${duty.id}`,
    rule: code,
    severity: "blocker",
    dutyIds: [duty.id],
    roleIds: [],
    title: dutyTitle(BLOCKER_SENTENCES[code]),
    why: WHY[code],
    fixes: blockerFixes(context, duty, code),
    about: "",
    accepted: null,
  }));
  const warnings = isActive(duty) && duty.standing?.kind !== "parked" ? letterWarnings(context, duty) : [];
  return [...blockers, ...disputeWarnings(context, duty), ...warnings, ...datedWarnings(context, duty)];
}

function blockerFixes(context: DutyContext, duty: Duty, code: BlockerCode): Fix[] {
  const { client, provider, party } = indexOf(context);
  const sides = [client, provider].filter((side) => side !== null);
  const assign = (lens: "does" | "answers", to: Target): MatrixCommand[] => [
    { type: "duty.assign", dutyId: duty.id, lens, to },
  ];
  const answerers = sides.map((side): Fix => ({
    label: `${side.name} answers`,
    commands: assign("answers", { partyId: side.id }),
  }));
  switch (code) {
    case "empty":
    case "only-informed":
      return sides.map((side) => ({
        label: `Give to ${side.name}`,
        commands: [...assign("does", { partyId: side.id })],
      }));
    case "no-answer": {
      // The party that does the work is offered first, unless accountability stays with the client.
      const doing = partiesHolding(context, duty, "R")[0];
      const first =
        duty.reserved || context.settings.accountability === "stays-with-client"
          ? client?.id
          : (doing?.engagedBy ?? doing?.id);
      return [...answerers].sort(
        (a, b) =>
          Number(b.label.startsWith(party.get(first ?? "")?.name ?? "\u0000")) -
          Number(a.label.startsWith(party.get(first ?? "")?.name ?? "\u0000")),
      );
    }
    case "several-answer":
      return holdersOf(duty, "A").flatMap((roleId): Fix[] => {
        const role = indexOf(context).role.get(roleId);
        if (!role || partyOfRole(context, roleId)?.kind === "third-party") return [];
        return [
          {
            label: `Only ${role.name} answers`,
            commands: [{ type: "duty.letters", dutyId: duty.id, roleId, letters: [...lettersOf(duty, roleId)] }],
          },
        ];
      });
    case "third-party-answers": {
      const holder = partyOfRole(context, holdersOf(duty, "A")[0] ?? "");
      const engager = party.get(holder?.engagedBy ?? "");
      return engager
        ? [{ label: `${engager.name} answers`, commands: assign("answers", { partyId: engager.id }) }]
        : answerers;
    }
    case "no-doer": {
      const roleId = holdersOf(duty, "A")[0] ?? "";
      const role = indexOf(context).role.get(roleId);
      const doesTooFix: Fix[] = role
        ? [
            {
              label: `${role.name} also does it`,
              commands: [{ type: "duty.letters", dutyId: duty.id, roleId, letters: ["A", "R"] }],
            },
          ]
        : [];
      return holdersOf(duty, "A").length === 1 && partyOfRole(context, roleId)?.kind !== "third-party"
        ? doesTooFix
        : sides.map((side) => ({ label: `${side.name} does it`, commands: assign("does", { partyId: side.id }) }));
    }
    case "shared-without-boundary":
      return [
        { label: "Write the boundary", write: "boundary" },
        ...sides.map((side): Fix => ({
          label: `Only ${side.name} does it`,
          commands: assign("does", { partyId: side.id }),
        })),
      ];
    case "unknown-letter":
      return [
        {
          label: "S becomes C",
          commands: [
            {
              type: "duty.cells",
              dutyId: duty.id,
              cells: Object.fromEntries(
                holdersOf(duty, "S").map((roleId) => [
                  roleId,
                  lettersOf(duty, roleId).map((letter) => (letter === "S" ? "C" : letter)),
                ]),
              ),
            },
          ],
        },
        { label: "Use RASCI", commands: [{ type: "matrix.scheme", scheme: "RASCI", supportBecomes: null }] },
      ];
    case "disputed":
      return [{ label: "Settle it", write: "agreement" }];
    case "declining-unconfirmed": {
      const bearing = riskPartyOf(context, duty);
      const applies: Fix = {
        label: "It applies",
        commands: [{ type: "duty.edit", dutyId: duty.id, set: { standing: null } }],
      };
      return bearing
        ? [
            {
              label: `${bearing.name} confirms`,
              partyId: bearing.id,
              commands: [confirmDeclining(duty.id, bearing.id, termsHash(context, duty))],
            },
            applies,
          ]
        : [applies];
    }
    // `findInMatrix` reports deleted duties; an existing duty never has this blocker.
    case "deleted-disputed":
      return [];
  }
}

function warning(
  rule: WarningCode,
  duty: Duty,
  title: string,
  why: string,
  fixes: Fix[],
  about: readonly unknown[],
): Finding {
  return {
    key: `${rule}.${duty.id}`,
    rule,
    severity: "warning",
    dutyIds: [duty.id],
    roleIds: [],
    title,
    why,
    fixes,
    about: JSON.stringify(about),
    accepted: null,
  };
}

/** Asks a party that disputed a duty before a change whether the change settles the dispute. */
function disputeWarnings(context: DutyContext, duty: Duty): Finding[] {
  const parties = partiesWithOpenDispute(context, duty);
  if (parties.length === 0) return [];
  const names = parties.map(({ name }) => name).join(" and ");
  const about = parties.map(({ id }) => [id, duty.marks[id]?.terms]);
  return [
    warning(
      "dispute-reopened",
      duty,
      `${names} disputed it before it was changed, and ${parties.length > 1 ? "have" : "has"} not said whether that settles it.`,
      "A change answers a dispute only once the side that disputes says so.",
      [{ label: "Settle it", write: "agreement" }],
      about,
    ),
  ];
}

function letterWarnings(context: DutyContext, duty: Duty): Finding[] {
  const { client, role } = indexOf(context);
  const { manyDoers, manyAsked } = context.settings;
  const findings: Finding[] = [];
  const answering = holdersOf(duty, "A");
  const doing = holdersOf(duty, "R");
  const askedRoleIds = holdersOf(duty, "C");
  const owner = answering.length === 1 ? partyOfRole(context, answering[0] ?? "") : null;
  const names = (ids: readonly string[]) => ids.map((id) => role.get(id)?.name ?? "").join(", ");
  if (duty.reserved && client && owner && owner.kind === "provider") {
    const fixes: Fix[] = [
      {
        label: `${client.name} answers`,
        commands: [{ type: "duty.assign", dutyId: duty.id, lens: "answers", to: { partyId: client.id } }],
      },
    ];
    findings.push(
      warning(
        "reserved-outside-client",
        duty,
        `Reserved to ${client.name}, yet ${owner.name} answers for it.`,
        "Direction, priorities, budget and risk stay with the client unless it knowingly says otherwise; only the client accepts this.",
        fixes,
        [answering],
      ),
    );
  }
  if (doing.length > manyDoers)
    findings.push(
      warning(
        "many-doers",
        duty,
        `${doing.length} roles do it: ${names(doing)}.`,
        "Where many do it, nobody feels it is theirs; splitting the duty says who does which part.",
        [],
        [doing.sort()],
      ),
    );
  if (askedRoleIds.length > manyAsked)
    findings.push(
      warning(
        "many-asked",
        duty,
        `${askedRoleIds.length} roles must be asked: ${names(askedRoleIds)}.`,
        "Each one asked is one to wait for; some of them may only need to be told.",
        [informInsteadFix(duty, askedRoleIds)],
        [askedRoleIds.sort()],
      ),
    );
  const doers = partiesHolding(context, duty, "R");
  const isApart =
    owner !== null &&
    owner.kind !== "third-party" &&
    doers.length === 1 &&
    doers[0]?.kind !== "third-party" &&
    doers[0]?.id !== owner.id;
  if (isApart && !duty.reserved && duty.boundary === "" && context.settings.accountability !== "stays-with-client") {
    findings.push(
      warning(
        "apart-without-note",
        duty,
        `${doers[0]?.name ?? ""} does it and ${owner.name} answers for it, with no handover note.`,
        "Who answers learns of trouble last when nobody wrote down what is handed over and when.",
        [{ label: "Write the note", write: "boundary" }],
        [answering, doing],
      ),
    );
  }
  return findings;
}

function informInsteadFix(duty: Duty, roleIds: readonly string[]): Fix {
  return {
    label: "They are told instead",
    commands: [
      { type: "duty.cells", dutyId: duty.id, cells: Object.fromEntries(roleIds.map((roleId) => [roleId, ["I"]])) },
    ],
  };
}

function datedWarnings(context: DutyContext, duty: Duty): Finding[] {
  const { today } = context;
  const { standing, coverPeriod } = duty;
  const findings: Finding[] = [];
  if (standing?.kind === "not-applicable" && standing.reason === "") {
    findings.push(
      warning(
        "na-without-reason",
        duty,
        "Said not to apply, without a reason.",
        "A reader can't tell a duty that was considered from one that was overlooked.",
        [{ label: "Write the reason", write: "standing" }],
        [],
      ),
    );
  }
  if (standing?.kind === "parked" && standing.until < today && agreementOf(context, duty) === "parked") {
    findings.push(
      warning(
        "parked-overdue",
        duty,
        `Parked until ${dayWords(standing.until)}, which has passed${standing.owner.trim() === "" ? "." : `; ${standing.owner} takes it up.`}`,
        "What stays parked is forgotten.",
        [
          { label: "Take it up again", commands: [{ type: "duty.edit", dutyId: duty.id, set: { standing: null } }] },
          { label: "Choose another day", write: "standing" },
        ],
        [standing.until],
      ),
    );
  }
  if (standing?.kind === "parked" && standing.owner.trim() === "") {
    findings.push(
      warning(
        "parked-unowned",
        duty,
        `Parked until ${dayWords(standing.until)}, and nobody is named to take it up.`,
        "What is put off to a day and to nobody is forgotten.",
        [{ label: "Name who takes it up", write: "standing" }],
        [],
      ),
    );
  }
  if (standing?.kind === "declined" && standing.until < today) {
    findings.push(
      warning(
        "declined-expired",
        duty,
        `Declined until ${dayWords(standing.until)}, which has passed.`,
        `The risk was accepted by ${standing.riskOwner} for a time, not for good.`,
        [{ label: "Decide again", write: "standing" }],
        [standing.until],
      ),
    );
  }
  if (coverPeriod && coverPeriod.to < today) {
    findings.push(
      warning(
        "cover-overdue",
        duty,
        `The cover ended on ${dayWords(coverPeriod.to)}.`,
        "Work that was lent has gone back, and the entry still reads as if it hadn't.",
        [
          { label: "Remove the cover", commands: [{ type: "duty.edit", dutyId: duty.id, set: { coverPeriod: null } }] },
          { label: "Choose another day", write: "cover" },
        ],
        [coverPeriod.to],
      ),
    );
  }
  return findings;
}
